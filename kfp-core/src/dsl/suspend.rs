//! `Suspend`: the run waits, for a time or for a person.

use super::bind::bind;
use super::container::{FileOutput, FileOutputs, add_op};
use super::{
    Addable, Builder, Fixed, Handle, IntoText, Operation, OutputField, Outputs, Param, Plain, Returned, Scope, Struct,
    Target, Task,
};
use crate::diagnostic::Place;
use crate::graph::{self, Op, OpBody, Operand, Options, Output, OutputKind, Shape};
use std::marker::PhantomData;

/// A pause of the run, for a time or until a person resumes it, who may supply values. Argo's `suspend`.
///
/// Directly in a pipeline's body, it is a task that is added at once. Without a [`duration`](Task::duration) it waits until
/// somebody resumes it (`argo resume`, or the button of the user interface). `O` says what the person supplies: see
/// [`supplied_output`](Task::supplied_output) and [`supplied_outputs`](Task::supplied_outputs).
#[derive(Clone, Debug)]
pub struct Suspend<O = ()> {
    name: String,
    outputs: PhantomData<fn() -> O>,
}

impl Suspend {
    /// A pause, with the name of its task.
    pub fn new(name: impl Fixed<String>) -> Self {
        Self { name: name.fixed(), outputs: PhantomData }
    }
}

impl Suspend<FileOutput<bool>> {
    /// A question for a person: a condition for `if`, and its output says `true` or `false`.
    pub fn approval(name: impl Fixed<String>) -> Self {
        Self { name: name.fixed(), outputs: PhantomData }
    }
}

/// The operation of a [`Suspend`].
pub struct Pause<O = ()>(PhantomData<fn() -> O>);

impl<O: FileOutputs> Operation for Pause<O> {
    type Outputs<'s> = <O::Returned as Returned>::Fields<'s>;
    type Returned = O::Returned;

    fn target(_: &Builder) -> Target {
        unreachable!("each is an operation of its own")
    }

    fn outputs(node: Handle<'_>) -> Self::Outputs<'_> {
        O::Returned::fields(node, 0)
    }
}

impl<'s, O: FileOutputs> Addable<'s> for Suspend<O> {
    type Task = Task<'s, Pause<O>>;

    fn add(self, scope: &'s Scope<'_>, place: Place) -> Self::Task {
        let op = Op {
            name: self.name,
            description: None,
            place,
            inputs: Vec::new(),
            outputs: supplied(O::Returned::declare()),
            body: OpBody::Suspend(graph::Suspend::default()),
            options: Options::default(),
        };
        Task::new(add_op(scope, op, Vec::new(), place))
    }
}

fn supplied(fields: Vec<OutputField>) -> Vec<Output> {
    let output = |field: OutputField| Output {
        name: field.name.to_owned(),
        kind: OutputKind::Supplied {
            shape: field.shape,
            choices: field.choices.iter().map(|&choice| choice.to_owned()).collect(),
            default: None,
        },
    };
    fields.into_iter().map(output).collect()
}

impl<'s> Task<'s, Pause> {
    /// A value that the person supplies. For a unit enum or a `bool` it is one of its cases.
    pub fn supplied_output<T: Param>(self) -> Task<'s, Pause<FileOutput<T>>> {
        self.declare(supplied(Plain::<T>::declare()))
    }

    /// Values that the person supplies: the fields of a struct that derives [`Outputs`].
    pub fn supplied_outputs<O: Outputs>(self) -> Task<'s, Pause<O>> {
        self.declare(supplied(Struct::<O>::declare()))
    }
}

impl<'s, O: FileOutputs> Task<'s, Pause<O>> {
    /// How long it waits at most: `10m`, `1h30m`; a bare number is seconds. Argo's `suspend.duration`.
    pub fn duration(self, duration: impl IntoText<'s>) -> Self {
        let text = duration.into_text();
        self.edit_op(|op, extra| {
            if let OpBody::Suspend(pause) = &mut op.body {
                pause.duration = Some(bind(extra, text));
            }
        })
    }

    fn otherwise(self, text: impl Fn(usize) -> Option<String>) -> Self {
        self.edit_op(|op, _| {
            for (index, output) in op.outputs.iter_mut().enumerate() {
                if let OutputKind::Supplied { default, .. } = &mut output.kind {
                    *default = text(index);
                }
            }
        })
    }
}

impl<T: Param> Task<'_, Pause<FileOutput<T>>> {
    /// What the value is if nobody supplies one. Argo's `valueFrom.default`.
    pub fn supplied_default(self, value: impl super::IntoDefault<T>) -> Self {
        let text = Some(value.into_default());
        self.otherwise(|_| text.clone())
    }
}

impl<O: Outputs + Param> Task<'_, Pause<O>> {
    /// What the values are if nobody supplies them. Argo's `valueFrom.default`.
    pub fn supplied_defaults(self, values: &O) -> Self {
        let Operand::Literal(json) = super::input::literal(values) else { return self };
        let json: serde_json::Value = serde_json::from_str(&json).unwrap_or_default();
        let fields = O::declare();
        self.otherwise(|index| {
            let field = fields.get(index)?;
            let value = json.get(field.json)?;
            Some(match (&field.shape, value) {
                (Shape::Text, serde_json::Value::String(text)) => text.clone(),
                (_, value) => value.to_string(),
            })
        })
    }
}

//! `ContainerOp`: a pod, in a component's body or directly in a pipeline's.

use super::bind::bind;
use super::container_options::lay_over_pod;
use super::{
    Addable, Builder, ContainerOptions, Editor, Fixed, Handle, HasContainer, HasPod, IntoText, IntoTexts, Kube,
    Nothing, Operation, Outputs, Param, Plain, PodOptions, PodTask, Returned, Scope, Struct, Target, Task,
};
use crate::diagnostic::Place;
use crate::graph::kubernetes::Fields;
use crate::graph::{self, Container, Input, NodeKind, Op, OpBody, OpText, Operand, Options, Output, OutputKind, Shape};
use std::fmt;
use std::marker::PhantomData;

/// An input of a component in container form: a marker that stands for its text, or a plain value in a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arg<T> {
    text: String,
    wire: PhantomData<fn() -> T>,
}

impl<T> Arg<T> {
    /// The marker of an input.
    #[doc(hidden)]
    pub fn input(name: &str) -> Self {
        Self { text: OpText::marker(name), wire: PhantomData }
    }
}

impl<T: Param> From<T> for Arg<T> {
    fn from(value: T) -> Self {
        Self { text: super::text::constant(&value), wire: PhantomData }
    }
}

impl From<&str> for Arg<String> {
    fn from(value: &str) -> Self {
        Self::from(value.to_owned())
    }
}

/// The text of the input; while a pipeline is built, a marker that only an operation's text can hold.
impl<T> fmt::Display for Arg<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A pod. KFP's `ContainerOp`.
///
/// In a component, what its function returns; in a pipeline's body, a task that is added at once. `O` says which files
/// are outputs: see [`file_outputs`](Self::file_outputs).
#[derive(Clone, Debug)]
#[must_use = "outside of a pipeline it runs only where a component returns it: `-> ContainerOp`"]
pub struct ContainerOp<O = ()> {
    name: String,
    container: Container,
    /// The image, if it is a value of the pipeline that this is added to at once.
    image: Option<(Operand, Shape)>,
    options: Options,
    output_path: Option<&'static str>,
    outputs: PhantomData<fn() -> O>,
}

impl ContainerOp {
    /// A pod of this image, with the name of its task. The image may be a value of the pipeline, or an argument of the
    /// component.
    pub fn new<'s>(name: impl Fixed<String>, image: impl IntoText<'s>) -> Self {
        let (text, image) = match image.into_text() {
            Ok(text) => (text, None),
            Err(value) => (OpText::default(), Some(value)),
        };
        Self {
            name: name.fixed(),
            container: Container { image: text, ..Container::default() },
            image,
            options: Options::default(),
            output_path: None,
            outputs: PhantomData,
        }
    }

    /// Files that are outputs: the fields of a struct that derives [`Outputs`], each at `/tmp/outputs/NAME/data` or
    /// where `#[output(path = "..")]` says. KFP's `file_outputs`.
    pub fn file_outputs<O: Outputs>(self) -> ContainerOp<O> {
        self.with_outputs(None)
    }

    /// The only output, read from this file. KFP's `file_outputs` with one entry.
    pub fn file_output<T: Param>(self, path: &'static str) -> ContainerOp<FileOutput<T>> {
        self.with_outputs(Some(path))
    }

    fn with_outputs<O>(self, output_path: Option<&'static str>) -> ContainerOp<O> {
        let Self { name, container, image, options, .. } = self;
        ContainerOp { name, container, image, options, output_path, outputs: PhantomData }
    }
}

/// One output that travels by value.
pub struct FileOutput<T>(PhantomData<fn() -> T>);

/// What files of a pod are outputs: none, one, or the fields of a struct.
pub trait FileOutputs: 'static {
    /// The outputs as a whole.
    type Returned: Returned;
}

impl FileOutputs for () {
    type Returned = Nothing;
}

impl<T: Param> FileOutputs for FileOutput<T> {
    type Returned = Plain<T>;
}

impl<T: Outputs> FileOutputs for T {
    type Returned = Struct<T>;
}

/// The outputs of a pod that a type declares, as files.
pub(super) fn file_outputs<R: Returned>(path: Option<&'static str>) -> Vec<Output> {
    R::declare()
        .into_iter()
        .map(|field| {
            let default = || Output::default_path(field.name);
            let path = path.or(field.path).map_or_else(default, str::to_owned);
            let kind = match field.shape {
                Shape::Artifact(kind) => OutputKind::Artifact { kind, path },
                shape => OutputKind::File { shape, path },
            };
            Output { name: field.name.to_owned(), kind }
        })
        .collect()
}

impl<O: FileOutputs> ContainerOp<O> {
    /// The body, options and outputs.
    pub(super) fn into_parts(self) -> (OpBody, Options, Vec<Output>) {
        let outputs = file_outputs::<O::Returned>(self.output_path);
        (OpBody::Container(self.container), self.options, outputs)
    }
}

/// The operation of a [`ContainerOp`] in a pipeline's body.
pub struct Pod<O = ()>(PhantomData<fn() -> O>);

impl<O: FileOutputs> Operation for Pod<O> {
    type Outputs<'s> = <O::Returned as Returned>::Fields<'s>;
    type Returned = O::Returned;

    fn target(_: &Builder) -> Target {
        unreachable!("each is an operation of its own")
    }

    fn outputs(node: Handle<'_>) -> Self::Outputs<'_> {
        O::Returned::fields(node, 0)
    }
}

impl<O> PodTask for Pod<O> {}

impl<'s, O: FileOutputs> Addable<'s> for ContainerOp<O> {
    type Task = Task<'s, Pod<O>>;

    fn add(mut self, scope: &'s Scope<'_>, place: Place) -> Self::Task {
        let name = self.name.clone();
        let mut extra = Vec::new();
        if let Some(image) = self.image.take() {
            self.container.image = bind(&mut extra, Err(image));
        }
        let (body, options, outputs) = self.into_parts();
        let op = Op { name, description: None, place, inputs: Vec::new(), outputs, body, options };
        Task::new(add_op(scope, op, extra, place))
    }
}

/// Adds a task with an operation of its own.
pub(super) fn add_op<'s>(scope: &'s Scope<'_>, op: Op, extra: Vec<(Input, Operand)>, place: Place) -> Handle<'s> {
    let builder = scope.builder();
    let name = op.name.clone();
    let op = builder.edit(|graph| graph.ops(op));
    let task = graph::Task { op, args: Vec::new(), options: None, extra };
    let node = builder.node(scope.block(), name, place, NodeKind::Task(task));
    Handle { builder, node }
}

impl<'s> Task<'s, Pod> {
    /// Files that are outputs: the fields of a struct that derives [`Outputs`]. KFP's `file_outputs`.
    pub fn file_outputs<O: Outputs>(self) -> Task<'s, Pod<O>> {
        self.declare(file_outputs::<Struct<O>>(None))
    }

    /// The only output, read from this file. KFP's `file_outputs` with one entry.
    pub fn file_output<T: Param>(self, path: &'static str) -> Task<'s, Pod<FileOutput<T>>> {
        self.declare(file_outputs::<Plain<T>>(Some(path)))
    }
}

impl<'s, C: Operation> Task<'s, C> {
    /// Changes the operation of a task that has one of its own.
    pub(super) fn edit_op(self, change: impl FnOnce(&mut Op, &mut Vec<(Input, Operand)>)) -> Self {
        let handle = self.handle();
        handle.builder.edit(|graph| {
            let NodeKind::Task(task) = &mut graph.nodes[handle.node.0 as usize].kind else { return };
            change(&mut graph.ops[task.op.0 as usize], &mut task.extra);
        });
        self
    }

    /// Gives the operation of the task its outputs.
    pub(super) fn declare<N: Operation>(self, outputs: Vec<Output>) -> Task<'s, N> {
        Task::new(self.edit_op(|op, _| op.outputs.extend(outputs)).handle())
    }
}

/// What a [`ContainerOp`] says about its container, in a component and in a pipeline's body alike.
pub trait ContainerEdit<'s>: Sized {
    /// Changes the container.
    #[doc(hidden)]
    fn edit_container(self, change: impl FnOnce(&mut Container, &mut Vec<(Input, Operand)>)) -> Self;

    /// The command, in place of the image's entrypoint. Kubernetes' `command`.
    fn command(self, command: impl IntoTexts<'s>) -> Self {
        let texts = command.into_texts();
        self.edit_container(|container, extra| {
            container.command = texts.into_iter().map(|text| bind(extra, text)).collect();
        })
    }

    /// Adds one argument.
    #[doc(alias = "argument")]
    fn arg(self, argument: impl IntoText<'s>) -> Self {
        self.args([argument])
    }

    /// Adds arguments. KFP's `arguments`.
    #[doc(alias = "arguments")]
    fn args(self, arguments: impl IntoTexts<'s>) -> Self {
        let texts = arguments.into_texts();
        self.edit_container(|container, extra| {
            container.args.extend(texts.into_iter().map(|text| bind(extra, text)));
        })
    }

    /// Another image than the one that it was made with.
    fn image(self, image: impl IntoText<'s>) -> Self {
        let text = image.into_text();
        self.edit_container(|container, extra| container.image = bind(extra, text))
    }

    /// The text of a script: a file that the command gets as its last argument, so that the command is an interpreter. Argo's
    /// `script`; a component in Rust is one with `#[component(script)]`.
    ///
    /// ```
    /// use kfp_core::dsl::{ContainerEdit, ContainerOp};
    ///
    /// let op = ContainerOp::new("count", "python:3.13").command(["python"]).source("print(sum(range(10)))");
    /// # let _ = op;
    /// ```
    fn source(self, script: impl IntoText<'s>) -> Self {
        let text = script.into_text();
        self.edit_container(|container, extra| container.source = Some(bind(extra, text)))
    }

    /// The working directory. Kubernetes' `workingDir`.
    fn working_dir(self, folder: impl IntoText<'s>) -> Self {
        let text = folder.into_text();
        self.edit_container(|container, extra| container.working_dir = Some(bind(extra, text)))
    }
}

impl<'s, O: FileOutputs> ContainerEdit<'s> for Task<'s, Pod<O>> {
    fn edit_container(self, change: impl FnOnce(&mut Container, &mut Vec<(Input, Operand)>)) -> Self {
        self.edit_op(|op, extra| {
            if let OpBody::Container(container) = &mut op.body {
                change(container, extra);
            }
        })
    }
}

/// In a component there are no values of a pipeline, only arguments.
impl<O> ContainerEdit<'static> for ContainerOp<O> {
    fn edit_container(mut self, change: impl FnOnce(&mut Container, &mut Vec<(Input, Operand)>)) -> Self {
        change(&mut self.container, &mut Vec::new());
        self
    }
}

#[diagnostic::do_not_recommend]
impl<O> HasPod for ContainerOp<O> {}
#[diagnostic::do_not_recommend]
impl<O> HasContainer for ContainerOp<O> {}

impl<O> PodOptions<'static> for ContainerOp<O> {
    fn edit_options(mut self, change: impl FnOnce(&mut Editor<'_>)) -> Self {
        change(&mut Editor { options: &mut self.options, inputs: &[], extra: &mut Vec::new(), own: None });
        self
    }
}

impl<O> ContainerOptions<'static> for ContainerOp<O> {
    fn lay_over(self, fields: Kube<'static>) -> Self {
        lay_over_pod(self, fields)
    }

    fn container_fields(&self) -> Fields {
        self.options.container.clone()
    }
}

//! Pipelines: what `#[pipeline]` implements.

use super::input::{AsArtifact, IntoInput};
use super::{
    Builder, Component, Keywords, Operation, OutputField, Outputs, PipelineConf, Returned, Scope, Sole, Struct, Task,
    Value,
};
use crate::artifact::Artifact;
use crate::graph::{Operand, Shape, Source};
use std::marker::PhantomData;

/// A pipeline.
pub trait PipelineFn: Component {
    /// The package that declares it.
    const PACKAGE: &'static str;

    /// What it says about the whole of its run.
    fn conf() -> PipelineConf {
        PipelineConf::new()
    }

    /// Writes its body.
    fn build(scope: &Scope<'_>);
}

impl Scope<'_> {
    /// The outputs of the pipeline.
    pub fn returns<R: Returned>(&self, operands: Vec<Operand>) {
        let outputs = R::declare()
            .into_iter()
            .zip(operands)
            .map(|(OutputField { name, shape, .. }, operand)| (name.to_owned(), shape, operand))
            .collect();
        self.builder().edit(|graph| {
            let pipeline = graph[self.block()].pipeline;
            graph[pipeline].outputs = outputs;
        });
    }
}

/// What a pipeline's body may end in, by its declared return type.
#[diagnostic::on_unimplemented(
    message = "[KFP122] the body of this pipeline ends in `{Self}`, which is not what it declares",
    label = "end the body in what the type after `->` says: a value or a task, without `;`",
    note = "several outputs are the fields of a struct that derives `Outputs`, written at the end"
)]
pub trait IntoReturned<'s, R: Returned> {
    /// One operand for each declared output.
    #[doc(hidden)]
    fn into_operands(self) -> Vec<Operand>;
}

#[diagnostic::do_not_recommend]
impl<'s, T: super::Param, X: IntoInput<'s, T>> IntoReturned<'s, super::Plain<T>> for X {
    fn into_operands(self) -> Vec<Operand> {
        vec![self.into_operand()]
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, A: Artifact, T: Artifact + AsArtifact<A>> IntoReturned<'s, super::OneArtifact<A>> for Value<'a, T> {
    fn into_operands(self) -> Vec<Operand> {
        vec![self.operand()]
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, A: Artifact, C: Operation> IntoReturned<'s, super::OneArtifact<A>> for Task<'a, C>
where
    C::Returned: Sole<Output: Artifact + AsArtifact<A>>,
{
    fn into_operands(self) -> Vec<Operand> {
        vec![self.sole().operand()]
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T: Outputs, C: Operation<Returned = Struct<T>>> IntoReturned<'s, Struct<T>> for Task<'a, C> {
    fn into_operands(self) -> Vec<Operand> {
        let fields = T::declare().into_iter().enumerate();
        fields
            .map(|(index, field)| {
                let index = u32::try_from(index).unwrap_or(u32::MAX);
                self.handle().output::<()>(index, field.shape).operand()
            })
            .collect()
    }
}

/// The outputs of a pipeline that ends in `Scores { accuracy: task.output, .. }`.
#[derive(Debug)]
pub struct GivenOutputs<'s, T> {
    operands: Vec<Operand>,
    scope: PhantomData<&'s ()>,
    outputs: PhantomData<fn() -> T>,
}

/// None of the outputs yet.
pub fn no_outputs<'s, T: Keywords>() -> GivenOutputs<'s, T> {
    let operands = T::LIST.iter().map(|_| Operand::Literal(String::new())).collect();
    GivenOutputs { operands, scope: PhantomData, outputs: PhantomData }
}

impl<'s, T> GivenOutputs<'s, T> {
    /// Sets a field.
    pub(super) fn with<F, const KIND: u8>(mut self, index: usize, value: impl IntoField<'s, F, KIND>) -> Self {
        self.operands[index] = value.into_field();
        self
    }
}

impl<T: Outputs + super::Param> GivenOutputs<'_, T> {
    /// The struct as JSON.
    pub(super) fn into_json(self, builder: &Builder) -> Operand {
        let mut parts = Vec::new();
        for (at, (field, operand)) in T::declare().into_iter().zip(self.operands).enumerate() {
            let opening = if at == 0 { "{" } else { "," };
            parts.push(Operand::Literal(format!("{opening}{}:", serde_json::Value::from(field.json))));
            parts.push(Operand::Json(Box::new(operand), field.shape));
        }
        parts.push(Operand::Literal(if parts.is_empty() { "{}" } else { "}" }.to_owned()));
        Operand::Value(builder.value(Source::Text(parts), super::value::shape::<T>()))
    }
}

/// What a field of the declared outputs takes; the number is `ARTIFACT` of [`Probe`](super::Probe).
#[diagnostic::on_unimplemented(
    message = "[KFP122] this output is declared as `{T}`, but `{Self}` was given",
    label = "expected `{T}`, or a task output of that type"
)]
pub trait IntoField<'s, T, const KIND: u8> {
    /// The operand.
    #[doc(hidden)]
    fn into_field(self) -> Operand;
}

#[diagnostic::do_not_recommend]
impl<'s, T: super::Param, X: IntoInput<'s, T>> IntoField<'s, T, 0> for X {
    fn into_field(self) -> Operand {
        self.into_operand()
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, A: Artifact, T: Artifact + AsArtifact<A>> IntoField<'s, A, 2> for Value<'a, T> {
    fn into_field(self) -> Operand {
        self.operand()
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, A: Artifact, C: Operation> IntoField<'s, A, 2> for Task<'a, C>
where
    C::Returned: Sole<Output: Artifact + AsArtifact<A>>,
{
    fn into_field(self) -> Operand {
        self.sole().operand()
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T: Outputs> IntoReturned<'s, Struct<T>> for GivenOutputs<'a, T> {
    fn into_operands(self) -> Vec<Operand> {
        self.operands
    }
}

/// What the body of a pipeline without declared outputs may end in.
#[diagnostic::on_unimplemented(
    message = "[KFP123] this pipeline declares no output, but its body ends in `{Self}`",
    label = "end the body in `;`, or declare the output: `-> TYPE`"
)]
pub trait EndsInNothing: Sized {
    /// Drops it.
    #[doc(hidden)]
    fn end(self) {}
}

#[diagnostic::do_not_recommend]
impl EndsInNothing for () {}
#[diagnostic::do_not_recommend]
impl EndsInNothing for super::Group<'_> {}
#[diagnostic::do_not_recommend]
impl<C: Operation> EndsInNothing for Task<'_, C> {}

/// The shape of a parameter.
impl crate::graph::InputKind {
    /// The shape of what it takes.
    pub fn shape(&self) -> Shape {
        match self {
            Self::Parameter { shape, .. } => shape.clone(),
            Self::Artifact(kind) => Shape::Artifact(kind),
        }
    }
}

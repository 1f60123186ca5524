//! Outputs: a value, an artifact, or a struct of them.

use super::value::shape;
use super::{Builder, Handle, Operation, Param, Value};
use crate::artifact::Artifact;
use crate::graph::{Shape, Source, ValueId};
use crate::runtime::{Failure, Invocation};
use std::marker::PhantomData;

/// A struct whose fields are outputs of a task or pipeline, each by its name; derived.
///
/// The fields of a loop's item, and of any value that travels as JSON, are reachable by the same derive.
#[diagnostic::on_unimplemented(
    message = "[KFP109] the fields of `{Self}` are not known to pipelines",
    label = "derive `Outputs` for it"
)]
pub trait Outputs: Sized + 'static {
    /// The fields as values.
    type Fields<'s>: Copy;

    /// The outputs, in the order of the fields.
    #[doc(hidden)]
    fn declare() -> Vec<OutputField>;

    /// The fields as values.
    #[doc(hidden)]
    fn fields(from: FieldSource<'_>) -> Self::Fields<'_>;

    /// Writes every field to its output.
    #[doc(hidden)]
    fn write(&self, invocation: &mut Invocation) -> Result<(), Failure>;
}

/// One declared field.
#[derive(Clone, Debug)]
pub struct OutputField {
    /// The name.
    pub name: &'static str,
    /// The name in the JSON of the whole.
    pub json: &'static str,
    /// The shape.
    pub shape: Shape,
    /// The texts that it may be; none if it may be any.
    pub choices: &'static [&'static str],
    /// A file of the container (`#[output(path = "..")]`), or a JSONPath of the resource (`#[output(json_path = "..")]`).
    pub path: Option<&'static str>,
}

impl OutputField {
    /// A field of this type.
    pub fn of<T, const KIND: u8>(name: &'static str, json: &'static str) -> Self
    where
        Kind<KIND>: FieldKind<T>,
    {
        let (shape, choices) = (<Kind<KIND>>::shape(), <Kind<KIND>>::choices());
        Self { name, json, shape, choices, path: None }
    }

    /// Where it is found.
    pub fn at(self, path: &'static str) -> Self {
        Self { path: Some(path), ..self }
    }
}

/// Where the fields of a struct come from.
#[derive(Clone, Copy, Debug)]
pub struct FieldSource<'s> {
    builder: &'s Builder,
    from: From,
}

#[derive(Clone, Copy, Debug)]
enum From {
    Node { node: crate::graph::NodeId, first: u32 },
    Json(ValueId),
}

impl<'s> FieldSource<'s> {
    pub(super) fn node(handle: Handle<'s>, first: u32) -> Self {
        Self { builder: handle.builder, from: From::Node { node: handle.node, first } }
    }

    pub(super) fn json(builder: &'s Builder, value: ValueId) -> Self {
        Self { builder, from: From::Json(value) }
    }

    /// A field, by its index and its name in JSON.
    pub fn field<T, const KIND: u8>(self, index: u32, name: &str) -> Value<'s, T>
    where
        Kind<KIND>: FieldKind<T>,
    {
        let source = match self.from {
            From::Node { node, first } => Source::Output { node, index: first + index },
            From::Json(of) => Source::Field { of, name: name.to_owned() },
        };
        Value::new(self.builder, source, <Kind<KIND>>::shape())
    }
}

/// The texts that a value may be, if they are few.
fn choices<T: Param>() -> &'static [&'static str] {
    match shape::<T>() {
        Shape::Bool => &["false", "true"],
        _ => crate::wire::variants::<T>(),
    }
}

/// What an operation returns, as a whole.
pub trait Returned: 'static {
    /// The outputs as fields.
    type Fields<'s>: Copy;

    /// The outputs, in order.
    fn declare() -> Vec<OutputField> {
        Vec::new()
    }

    /// The outputs as fields, the first at this index of the node's outputs.
    fn fields(node: Handle<'_>, first: u32) -> Self::Fields<'_>;
}

/// Returned as a whole, and exactly one.
#[diagnostic::on_unimplemented(
    message = "[KFP110] this task has not exactly one output, so it cannot stand for its value",
    label = "name the output: `task.NAME`"
)]
pub trait Sole: Returned {
    /// Its type.
    type Output;

    /// Its shape.
    fn shape() -> Shape;

    /// It, as the first output of a node.
    fn value(node: Handle<'_>) -> Value<'_, Self::Output> {
        node.output(0, Self::shape())
    }
}

/// The type of an operation's only output.
pub type OutputValue<C> = <<C as Operation>::Returned as Sole>::Output;

/// No output.
#[derive(Debug)]
pub struct Nothing;

/// The fields of a task without outputs.
#[derive(Clone, Copy, Debug)]
pub struct NoFields;

impl Returned for Nothing {
    type Fields<'s> = NoFields;

    fn fields(_: Handle<'_>, _: u32) -> NoFields {
        NoFields
    }
}

/// Outputs that a macro has laid out itself; a task with several has to name one.
#[derive(Debug)]
pub struct Several;

impl Returned for Several {
    type Fields<'s> = NoFields;

    fn fields(_: Handle<'_>, _: u32) -> NoFields {
        NoFields
    }
}

/// One value: the output `output`.
pub struct Plain<T>(PhantomData<fn() -> T>);

/// One artifact: the output `output`, or a component's only `Output<A>`.
pub struct OneArtifact<A>(PhantomData<fn() -> A>);

/// A struct that derives [`Outputs`].
pub struct Struct<T>(PhantomData<fn() -> T>);

/// The field of a task with one returned value.
pub struct Single<'s, T> {
    /// The value.
    pub output: Value<'s, T>,
}

impl<T> Clone for Single<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Single<'_, T> {}

impl<T: Param> Returned for Plain<T> {
    type Fields<'s> = Single<'s, T>;

    fn declare() -> Vec<OutputField> {
        vec![OutputField { name: "output", json: "output", shape: shape::<T>(), choices: choices::<T>(), path: None }]
    }

    fn fields(node: Handle<'_>, first: u32) -> Single<'_, T> {
        Single { output: node.parameter(first) }
    }
}

impl<T: Param> Sole for Plain<T> {
    type Output = T;

    fn shape() -> Shape {
        shape::<T>()
    }
}

impl<A: Artifact> Returned for OneArtifact<A> {
    type Fields<'s> = Single<'s, A>;

    fn declare() -> Vec<OutputField> {
        vec![OutputField { name: "output", json: "output", shape: Shape::Artifact(A::TYPE), choices: &[], path: None }]
    }

    fn fields(node: Handle<'_>, first: u32) -> Single<'_, A> {
        Single { output: node.output(first, Shape::Artifact(A::TYPE)) }
    }
}

impl<A: Artifact> Sole for OneArtifact<A> {
    type Output = A;

    fn shape() -> Shape {
        Shape::Artifact(A::TYPE)
    }
}

impl<T: Outputs> Returned for Struct<T> {
    type Fields<'s> = T::Fields<'s>;

    fn declare() -> Vec<OutputField> {
        T::declare()
    }

    fn fields(node: Handle<'_>, first: u32) -> T::Fields<'_> {
        T::fields(FieldSource::node(node, first))
    }
}

/// Tells apart at compile time what a macro sees only as tokens: a value, a struct of outputs, an artifact.
///
/// `Probe::<T>::OUTPUTS` finds the inherent constant where `T: Outputs`, and the one of [`Otherwise`] where not. The sum
/// of all three is a [`Kind`].
pub struct Probe<T>(PhantomData<T>);

/// What [`Probe`] finds where it has no constant of its own.
pub trait Otherwise {
    /// No struct of outputs.
    const OUTPUTS: u8 = 0;
    /// No artifact.
    const ARTIFACT: u8 = 0;
    /// Nothing that travels by value.
    const PARAM: u8 = 0;
}

impl<T> Otherwise for Probe<T> {}

impl<T: Outputs> Probe<T> {
    /// A struct of outputs.
    pub const OUTPUTS: u8 = 1;
}

impl<T: Artifact> Probe<T> {
    /// An artifact.
    pub const ARTIFACT: u8 = 2;
}

impl<T: Param> Probe<T> {
    /// It travels by value.
    pub const PARAM: u8 = 4;
}

/// What [`Probe`] found, as a type.
pub struct Kind<const KIND: u8>;

/// What a type means as the return type of an operation.
pub trait Choose<T> {
    /// The outputs as a whole.
    type Returned: Returned;
}

macro_rules! choose {
    ($($kind:literal: <$type:ident: $bound:path> $returned:ty, $by_value:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$type: $bound> Choose<$type> for Kind<$kind> {
            type Returned = $returned;
        }

        impl<$type> Fit<$type> for Kind<$kind> {
            type ByValue = $by_value;
        }
    )*};
}

choose! {
    0: <T: Unchecked> Unfit<T>, T;
    1: <T: Outputs> Struct<T>, ();
    2: <A: Artifact> OneArtifact<A>, ();
    4: <T: Param> Plain<T>, T;
    5: <T: Outputs> Struct<T>, ();
    6: <A: Artifact> OneArtifact<A>, ();
}

/// A type that will not do: that it does not travel by value is said once, and nothing else is.
pub trait Unchecked: 'static {}

impl<T: 'static> Unchecked for T {}

/// What stands for a returned type that cannot travel.
pub struct Unfit<T>(PhantomData<fn() -> T>);

#[diagnostic::do_not_recommend]
impl<T: 'static> Returned for Unfit<T> {
    type Fields<'s> = Single<'s, T>;

    fn fields(node: Handle<'_>, first: u32) -> Single<'_, T> {
        Single { output: node.output(first, Shape::Json) }
    }
}

#[diagnostic::do_not_recommend]
impl<T: 'static> Sole for Unfit<T> {
    type Output = T;

    fn shape() -> Shape {
        Shape::Json
    }
}

#[diagnostic::do_not_recommend]
impl<T: 'static> Written for Unfit<T> {
    type Value = T;

    fn write(_: &T, _: &mut Invocation) -> Result<(), Failure> {
        Ok(())
    }
}

/// Which type has to travel by value if a component returns this one.
pub trait Fit<T> {
    /// It, or `()` for a struct of outputs and an artifact.
    type ByValue;
}

/// What a component can return.
#[diagnostic::on_unimplemented(
    message = "[KFP124] a component cannot return an artifact",
    label = "an artifact is a file: take an `Output<..>` and write it there"
)]
pub trait Written: Returned {
    /// The type that the function returns.
    type Value;

    /// Writes it to its outputs.
    fn write(value: &Self::Value, invocation: &mut Invocation) -> Result<(), Failure>;
}

#[diagnostic::do_not_recommend]
impl<T: Param> Written for Plain<T> {
    type Value = T;

    fn write(value: &T, invocation: &mut Invocation) -> Result<(), Failure> {
        invocation.returns("output", value)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Outputs> Written for Struct<T> {
    type Value = T;

    fn write(value: &T, invocation: &mut Invocation) -> Result<(), Failure> {
        value.write(invocation)
    }
}

/// What a type means as the type of a field of a struct of outputs: `ARTIFACT` of [`Probe`] tells.
pub trait FieldKind<T> {
    /// The shape of the field.
    fn shape() -> Shape;

    /// The texts that it may be; none if it may be any.
    fn choices() -> &'static [&'static str] {
        &[]
    }

    /// Writes it to the output of that name.
    fn write(value: &T, name: &str, invocation: &mut Invocation) -> Result<(), Failure>;
}

impl<T: Param> FieldKind<T> for Kind<0> {
    fn shape() -> Shape {
        shape::<T>()
    }

    fn choices() -> &'static [&'static str] {
        choices::<T>()
    }

    fn write(value: &T, name: &str, invocation: &mut Invocation) -> Result<(), Failure> {
        invocation.returns(name, value)
    }
}

/// Writes a field to the output of its name.
pub fn write_field<T, const KIND: u8>(value: &T, name: &str, invocation: &mut Invocation) -> Result<(), Failure>
where
    Kind<KIND>: FieldKind<T>,
{
    <Kind<KIND>>::write(value, name, invocation)
}

/// An artifact is an output of pipelines only; a component writes it to an `Output<A>`.
impl<A: Artifact> FieldKind<A> for Kind<2> {
    fn shape() -> Shape {
        Shape::Artifact(A::TYPE)
    }

    fn write(_: &A, _: &str, _: &mut Invocation) -> Result<(), Failure> {
        Ok(())
    }
}

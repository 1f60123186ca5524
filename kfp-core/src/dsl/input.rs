//! What a call takes: values, tasks, constants, lists of them, and declared defaults.

use super::value::shape;
use super::{Args, Keywords, Object, Operation, OutputValue, Param, Sole, Task, Value};
use crate::artifact::{Accepts, Artifact};
use crate::graph::{Operand, Shape};
use crate::wire;
use std::collections::BTreeMap;
use std::marker::PhantomData;

/// What an input of type `T` takes.
#[diagnostic::on_unimplemented(
    message = "[KFP104] this input takes `{T}`, but `{Self}` was passed",
    label = "expected `{T}`, or a parameter or task output of that type"
)]
pub trait IntoInput<'s, T, D = Required>: Sized {
    /// The operand.
    #[doc(hidden)]
    fn into_operand(self) -> Operand;

    /// The operand, none for the declared default.
    #[doc(hidden)]
    fn argument(self) -> Option<Operand> {
        Some(self.into_operand())
    }
}

/// Marks an input without a default.
#[derive(Debug)]
pub struct Required;

/// Marks an input with a default, which takes `_` as well.
#[derive(Debug)]
pub struct Optional;

/// The wire text of a constant. What cannot be written says so when the graph is checked.
pub(super) fn literal<T: Param>(value: &T) -> Operand {
    Operand::Literal(wire::to_text(value).unwrap_or_else(|error| format!("{error}")))
}

#[diagnostic::do_not_recommend]
impl<T: Param, D> IntoInput<'_, T, D> for T {
    fn into_operand(self) -> Operand {
        literal(&self)
    }
}

#[diagnostic::do_not_recommend]
impl<D> IntoInput<'_, String, D> for &str {
    fn into_operand(self) -> Operand {
        Operand::Literal(self.to_owned())
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T: Param, D> IntoInput<'s, T, D> for Value<'a, T> {
    fn into_operand(self) -> Operand {
        self.operand()
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T: Param, C: Operation, D> IntoInput<'s, T, D> for Task<'a, C>
where
    C::Returned: Sole<Output = T>,
{
    fn into_operand(self) -> Operand {
        self.sole().operand()
    }
}

/// `Option<T>` takes a `T`.
#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T: Param, D> IntoInput<'s, Option<T>, D> for Value<'a, T> {
    fn into_operand(self) -> Operand {
        Operand::Json(Box::new(self.operand()), self.shape())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param, D> IntoInput<'_, Option<T>, D> for T {
    fn into_operand(self) -> Operand {
        literal(&Some(self))
    }
}

#[diagnostic::do_not_recommend]
impl<D> IntoInput<'_, Option<String>, D> for &str {
    fn into_operand(self) -> Operand {
        literal(&Some(self.to_owned()))
    }
}

#[diagnostic::do_not_recommend]
impl<'s, T: Param, X: IntoInput<'s, T>, const N: usize, D> IntoInput<'s, Vec<T>, D> for [X; N] {
    fn into_operand(self) -> Operand {
        list::<T>(self.into_iter().map(IntoInput::into_operand))
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T: Param, D> IntoInput<'s, Vec<T>, D> for Vec<Value<'a, T>> {
    fn into_operand(self) -> Operand {
        list::<T>(self.into_iter().map(Value::operand))
    }
}

#[diagnostic::do_not_recommend]
impl<D> IntoInput<'_, Vec<String>, D> for Vec<&str> {
    fn into_operand(self) -> Operand {
        list::<String>(self.into_iter().map(|text| Operand::Literal(text.to_owned())))
    }
}

pub(super) fn list<T: Param>(elements: impl Iterator<Item = Operand>) -> Operand {
    let shape = shape::<T>();
    Operand::List(elements.map(|element| (element, shape.clone())).collect())
}

/// What an `Input<A>` takes: an `Output<A>` of a task, or a value or constant that becomes a raw artifact.
#[diagnostic::on_unimplemented(
    message = "[KFP105] this input takes a file of type `{A}`, but `{Self}` was passed",
    label = "expected an `Output<{A}>` of a task: `task.NAME`"
)]
pub trait IntoFile<'s, A, D = Required>: Sized {
    /// The operand, none for what is left out.
    #[doc(hidden)]
    fn argument(self) -> Option<Operand>;
}

/// A type whose values an `Input<A>` takes: an `A`, or what becomes a raw artifact.
#[diagnostic::on_unimplemented(
    message = "[KFP105] this input takes a file of type `{A}`, but a `{Self}` was passed",
    label = "expected an `Output<{A}>` of a task"
)]
pub trait AsArtifact<A> {}

macro_rules! raw {
    ($($scalar:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<A: Artifact> AsArtifact<A> for $scalar {}

        #[diagnostic::do_not_recommend]
        impl<A: Artifact, D> IntoFile<'_, A, D> for $scalar {
            fn argument(self) -> Option<Operand> {
                Some(literal(&self))
            }
        }
    )*};
}

raw!(String, bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64);

#[diagnostic::do_not_recommend]
impl<A: Artifact, T: Param> AsArtifact<A> for Vec<T> {}

#[diagnostic::do_not_recommend]
impl<A: Artifact> AsArtifact<A> for serde_json::Value {}

#[diagnostic::do_not_recommend]
impl<A: Artifact> AsArtifact<A> for Object {}

#[diagnostic::do_not_recommend]
impl<A: Artifact, T: Param> AsArtifact<A> for BTreeMap<String, T> {}

#[diagnostic::do_not_recommend]
impl<A: Artifact, T: Param, D> IntoFile<'_, A, D> for Vec<T> {
    fn argument(self) -> Option<Operand> {
        Some(literal(&self))
    }
}

#[diagnostic::do_not_recommend]
impl<A: Artifact, D> IntoFile<'_, A, D> for serde_json::Value {
    fn argument(self) -> Option<Operand> {
        Some(literal(&self))
    }
}

/// Types of artifact are told apart by their names, as KFP does it.
#[diagnostic::do_not_recommend]
impl<A: Artifact<Takes: Accepts<T::Name>>, T: Artifact> AsArtifact<A> for T {}

#[diagnostic::do_not_recommend]
impl<A: Artifact, D> IntoFile<'_, A, D> for &str {
    fn argument(self) -> Option<Operand> {
        Some(Operand::Literal(self.to_owned()))
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, A: Artifact, T: AsArtifact<A>, D> IntoFile<'s, A, D> for Value<'a, T> {
    fn argument(self) -> Option<Operand> {
        Some(self.operand())
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, A: Artifact, C: Operation, D> IntoFile<'s, A, D> for Task<'a, C>
where
    C::Returned: Sole<Output: AsArtifact<A>>,
{
    fn argument(self) -> Option<Operand> {
        Some(self.sole().operand())
    }
}

impl<'s, C: Operation> Task<'s, C>
where
    C::Returned: Sole,
{
    /// Its only output.
    pub(super) fn sole(self) -> Value<'s, OutputValue<C>> {
        <C::Returned as Sole>::value(self.handle())
    }
}

/// `_`: the declared default.
#[derive(Clone, Copy, Debug)]
pub struct Omitted;

/// A component or pipeline whose input of this number, from 0, has a default: `_` stands for it.
#[diagnostic::on_unimplemented(
    message = "[KFP106] `_` stands for the declared default, but this input declares none",
    label = "write a value here, or `#[default(..)]` on the input"
)]
pub trait DeclaresDefault<const INPUT: usize> {
    /// `_`
    #[doc(hidden)]
    fn omitted() -> Omitted {
        Omitted
    }
}

#[diagnostic::do_not_recommend]
impl<A, D> IntoFile<'_, A, D> for Omitted {
    fn argument(self) -> Option<Operand> {
        None
    }
}

#[diagnostic::do_not_recommend]
impl<T, D> IntoInput<'_, T, D> for Omitted {
    fn into_operand(self) -> Operand {
        Operand::Literal(String::new())
    }

    fn argument(self) -> Option<Operand> {
        None
    }
}

fn constant_list(operand: &Operand) -> String {
    match operand {
        Operand::Literal(text) => text.clone(),
        Operand::List(elements) => {
            let elements: Vec<String> = elements
                .iter()
                .map(|(element, shape)| {
                    let text = constant_list(element);
                    if *shape == Shape::Text { serde_json::Value::String(text).to_string() } else { text }
                })
                .collect();
            format!("[{}]", elements.join(","))
        }
        Operand::Placeholder(placeholder) => placeholder.tags(),
        Operand::Value(_) | Operand::Json(..) | Operand::Location(_) => unreachable!("a default is a constant"),
    }
}

/// What `#[default(..)]` takes.
#[diagnostic::on_unimplemented(
    message = "[KFP107] the default of this input is no `{T}`",
    label = "expected `{T}`, found `{Self}`"
)]
pub trait IntoDefault<T> {
    /// Its text.
    #[doc(hidden)]
    fn into_default(self) -> String;
}

#[diagnostic::do_not_recommend]
impl<T, X: IntoInput<'static, T>> IntoDefault<T> for X {
    fn into_default(self) -> String {
        constant_list(&self.into_operand())
    }
}

/// The arguments of a call, in the order of the inputs; a place without one takes the default.
#[derive(Debug)]
pub struct ArgList<'s>(Args, PhantomData<&'s ()>);

impl ArgList<'_> {
    /// No argument for any input.
    pub fn of<C: Keywords>() -> Self {
        Self(vec![None; C::LIST.len()], PhantomData)
    }

    pub(super) fn with(mut self, index: usize, argument: Option<Operand>) -> Self {
        self.0[index] = argument;
        self
    }
}

impl<'s> ArgList<'s> {
    /// The call.
    pub fn call<C>(self) -> Call<'s, C> {
        Call { args: self.0, operation: PhantomData }
    }
}

/// A call that is not a task yet.
#[derive(Debug)]
pub struct Call<'s, C> {
    args: Args,
    operation: PhantomData<(&'s (), C)>,
}

impl<C> Call<'_, C> {
    /// With all arguments, in order.
    pub fn of<const N: usize>(args: [Option<Operand>; N]) -> Self {
        Self { args: args.into(), operation: PhantomData }
    }

    pub(super) fn into_args(self) -> Args {
        self.args
    }
}

//! Conditions: what the head of an `if` becomes.

use super::{IntoInput, Operation, Sole, Task, Value};
use crate::graph::{self, Comparison, Operand, Shape};
use std::marker::PhantomData;

/// A condition over values of the scopes in `'s`.
#[derive(Debug)]
pub struct Condition<'s>(pub(super) graph::Condition, pub(super) PhantomData<&'s ()>);

/// What `if` takes.
#[diagnostic::on_unimplemented(
    message = "[KFP114] a pipeline `if` is decided when the pipeline runs, and a `{Self}` is no condition on its values",
    label = "expected a comparison such as `x == 1`, or a `bool` parameter or task output",
    note = "for an `if` that is decided while the pipeline is built, write `#[host] if`"
)]
pub trait IntoCondition<'s> {
    /// The condition.
    #[doc(hidden)]
    fn into_condition(self) -> Condition<'s>;
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's> IntoCondition<'s> for Condition<'a> {
    fn into_condition(self) -> Condition<'s> {
        Condition(self.0, PhantomData)
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's> IntoCondition<'s> for Value<'a, bool> {
    fn into_condition(self) -> Condition<'s> {
        Condition(graph::Condition::Holds(self.id()), PhantomData)
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, C: Operation> IntoCondition<'s> for Task<'a, C>
where
    C::Returned: Sole<Output = bool>,
{
    fn into_condition(self) -> Condition<'s> {
        Condition(graph::Condition::Holds(self.sole().id()), PhantomData)
    }
}

/// What can be compared: a value, or a task with one output.
#[diagnostic::on_unimplemented(
    message = "[KFP115] a pipeline condition cannot compare a `{Self}`",
    label = "one side must be a parameter or an output of a task that travels by value: `task.NAME`",
    note = "for an `if` that is decided while the pipeline is built, write `#[host] if`"
)]
pub trait IntoOperand<'s>: Sized {
    /// The type of the value.
    type Type;

    /// The value, and its shape.
    #[doc(hidden)]
    fn into_side(self) -> (Operand, Shape);

    /// The same, as the side that says of which type the other has to be.
    #[doc(hidden)]
    fn into_left(self) -> Left<'s, Self::Type> {
        let (operand, shape) = self.into_side();
        Left(operand, shape, PhantomData)
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T> IntoOperand<'s> for Value<'a, T> {
    type Type = T;

    fn into_side(self) -> (Operand, Shape) {
        (self.operand(), self.shape())
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, C: Operation> IntoOperand<'s> for Task<'a, C>
where
    C::Returned: Sole,
{
    type Type = <C::Returned as Sole>::Output;

    fn into_side(self) -> (Operand, Shape) {
        (self.sole().operand(), C::Returned::shape())
    }
}

/// What a value of type `T` can be compared with.
#[diagnostic::on_unimplemented(
    message = "[KFP126] this compares a value of type `{T}` with `{Self}`",
    label = "expected a constant, a parameter or a task output of type `{T}`"
)]
pub trait Comparable<'s, T>: Sized {
    /// The other side.
    #[doc(hidden)]
    fn into_other_side(self) -> Operand;

    /// The same, with the type that it fits.
    #[doc(hidden)]
    fn into_right(self) -> Right<'s, T> {
        Right(self.into_other_side(), PhantomData)
    }
}

#[diagnostic::do_not_recommend]
impl<'s, T, X: IntoInput<'s, T>> Comparable<'s, T> for X {
    fn into_other_side(self) -> Operand {
        self.into_operand()
    }
}

/// The left side of a comparison.
#[derive(Debug)]
pub struct Left<'s, T>(Operand, Shape, PhantomData<fn(&'s ()) -> T>);

/// The right side of a comparison with a value of type `T`.
#[derive(Debug)]
pub struct Right<'s, T>(Operand, PhantomData<fn(&'s ()) -> T>);

/// `left == right` and the like, by the type of the left side.
pub fn compare<'s, T>(left: Left<'s, T>, comparison: Comparison, right: Right<'s, T>) -> Condition<'s> {
    let condition = graph::Condition::Compare { left: left.0, comparison, right: right.0, shape: left.1 };
    Condition(condition, PhantomData)
}

/// `!`
pub fn not(condition: Condition<'_>) -> Condition<'_> {
    Condition(graph::Condition::Not(Box::new(condition.0)), PhantomData)
}

/// `&&`
pub fn and<'s>(left: Condition<'s>, right: Condition<'s>) -> Condition<'s> {
    Condition(graph::Condition::And(Box::new(left.0), Box::new(right.0)), PhantomData)
}

/// `||`
pub fn or<'s>(left: Condition<'s>, right: Condition<'s>) -> Condition<'s> {
    Condition(graph::Condition::Or(Box::new(left.0), Box::new(right.0)), PhantomData)
}

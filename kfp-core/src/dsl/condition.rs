//! Conditions: what the head of an `if` becomes.

use super::value::shape;
use super::{IntoInput, Operation, Param, Sole, Task, Value};
use crate::graph::{self, Comparison, Operand};
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
    label = "one side must be a parameter or a task output",
    note = "for an `if` that is decided while the pipeline is built, write `#[host] if`"
)]
pub trait IntoOperand<'s> {
    /// The type of the value.
    type Type;

    /// The value.
    #[doc(hidden)]
    fn into_side(self) -> Operand;
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T> IntoOperand<'s> for Value<'a, T> {
    type Type = T;

    fn into_side(self) -> Operand {
        self.operand()
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, C: Operation> IntoOperand<'s> for Task<'a, C>
where
    C::Returned: Sole,
{
    type Type = <C::Returned as Sole>::Output;

    fn into_side(self) -> Operand {
        self.sole().operand()
    }
}

/// What a value of type `T` can be compared with.
#[diagnostic::on_unimplemented(
    message = "[KFP126] this compares a value of type `{T}` with `{Self}`",
    label = "expected a constant, a parameter or a task output of type `{T}`"
)]
pub trait Comparable<'s, T> {
    /// The other side.
    #[doc(hidden)]
    fn into_other_side(self) -> Operand;
}

#[diagnostic::do_not_recommend]
impl<'s, T, X: IntoInput<'s, T>> Comparable<'s, T> for X {
    fn into_other_side(self) -> Operand {
        self.into_operand()
    }
}

/// `left == right` and the like, by the type of the left side.
pub fn compare<'s, L, R>(left: L, comparison: Comparison, right: R) -> Condition<'s>
where
    L: IntoOperand<'s>,
    L::Type: Param,
    R: Comparable<'s, L::Type>,
{
    let condition = graph::Condition::Compare {
        left: left.into_side(),
        comparison,
        right: right.into_other_side(),
        shape: shape::<L::Type>(),
    };
    Condition(condition, PhantomData)
}

/// The condition of an `if`.
pub fn condition<'s>(condition: impl IntoCondition<'s>) -> Condition<'s> {
    condition.into_condition()
}

/// `!`
pub fn not<'s>(condition: impl IntoCondition<'s>) -> Condition<'s> {
    Condition(graph::Condition::Not(Box::new(condition.into_condition().0)), PhantomData)
}

/// `&&`
pub fn and<'s>(left: impl IntoCondition<'s>, right: impl IntoCondition<'s>) -> Condition<'s> {
    both(graph::Condition::And, left, right)
}

/// `||`
pub fn or<'s>(left: impl IntoCondition<'s>, right: impl IntoCondition<'s>) -> Condition<'s> {
    both(graph::Condition::Or, left, right)
}

fn both<'s>(
    join: fn(Box<graph::Condition>, Box<graph::Condition>) -> graph::Condition,
    left: impl IntoCondition<'s>,
    right: impl IntoCondition<'s>,
) -> Condition<'s> {
    let (left, right) = (left.into_condition().0, right.into_condition().0);
    Condition(join(Box::new(left), Box::new(right)), PhantomData)
}

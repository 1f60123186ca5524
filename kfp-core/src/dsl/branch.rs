//! `if` and `match`.

use super::input::literal;
use super::value::shape;
use super::{Condition, Group, Guarded, Handle, Nothing, OneArtifact, Operation, Param, Plain, Scope, Task, Value};
use crate::diagnostic::Place;
use crate::graph::{Arm, Branch, NodeKind, Operand, Part, Shape};
use std::any::TypeId;
use std::marker::PhantomData;

/// An `if` while its arms are being built.
#[derive(Debug)]
pub struct Branches<'s> {
    scope: &'s Scope<'s>,
    handle: Handle<'s>,
}

impl<'s> Branches<'s> {
    pub(super) fn new(scope: &'s Scope<'_>, place: Place) -> Self {
        let kind = NodeKind::Branch(Branch { arms: Vec::new(), output: None });
        let node = scope.builder().node(scope.block(), String::new(), place, kind);
        Self { scope, handle: Handle { builder: scope.builder(), node } }
    }

    /// Names it.
    pub fn named(&self, name: &str) {
        self.handle.named(name);
    }

    /// Opens the arm of a condition.
    #[track_caller]
    pub fn when(&self, condition: Condition<'s>) -> Scope<'s> {
        let place = Place::caller();
        let Condition(condition, _) = condition;
        let node = self.handle.node;
        self.handle.builder.edit(|graph| {
            let NodeKind::Branch(branch) = &graph[node].kind else { return };
            let index = u32::try_from(branch.arms.len()).unwrap_or(u32::MAX);
            graph.places.entry(Part::Arm(node, index)).or_insert(place);
        });
        self.arm(Some(condition))
    }

    /// Opens the last arm.
    pub fn otherwise(&self) -> Scope<'s> {
        self.arm(None)
    }

    fn arm(&self, condition: Option<crate::graph::Condition>) -> Scope<'s> {
        let builder = self.scope.builder();
        let block = builder.block(self.scope.block());
        self.edit(|branch| branch.arms.push(Arm { condition, block, result: None }));
        Scope::new(builder, block)
    }

    fn edit<T>(&self, change: impl FnOnce(&mut Branch) -> T) -> T {
        self.handle.builder.edit(|graph| match &mut graph[self.handle.node].kind {
            NodeKind::Branch(branch) => change(branch),
            _ => unreachable!("entered as a branch"),
        })
    }

    /// Ends it without a value.
    pub fn group(self) -> Group<'s> {
        Group(self.handle)
    }

    fn merge<E: BranchEnd>(self, arm: usize, end: E) -> Merged<'s, E::Out<'s>, E::Type> {
        let output = end.end();
        let shape = output.as_ref().map(|(_, shape)| shape.clone());
        self.edit(|branch| {
            branch.arms[arm].result = output.map(|(operand, _)| operand);
            branch.output.clone_from(&shape);
        });
        let out = E::out(self.handle, shape);
        Merged { branches: self, out, of: PhantomData }
    }
}

/// An `if` whose arms so far agree on a type.
#[derive(Debug)]
pub struct Merged<'s, O, T> {
    branches: Branches<'s>,
    out: O,
    of: PhantomData<fn() -> T>,
}

impl<O, T> Merged<'_, O, T> {
    /// What the whole gives.
    pub fn end(self) -> O {
        self.out
    }
}

/// The value of another arm, with its index. A function, which rustc names without parameters.
#[doc(hidden)]
pub fn branches_agree<O, T>(merged: Merged<'_, O, T>, arm: usize, end: impl ArmOf<T>) -> Merged<'_, O, T> {
    let result = end.into_result();
    merged.branches.edit(|branch| branch.arms[arm].result = result);
    merged
}

/// What can stand at the end of a branch, a loop's body or a block.
#[diagnostic::on_unimplemented(
    message = "[KFP111] a pipeline block cannot end in `{Self}`",
    label = "end it in a task, an output or a constant, or in `;`"
)]
pub trait BranchEnd {
    /// The type of the value.
    type Type;
    /// What the whole `if` gives.
    type Out<'s>;

    /// The value, if it is one.
    #[doc(hidden)]
    fn end(self) -> Option<(Operand, Shape)>;

    /// What the whole `if` gives.
    #[doc(hidden)]
    fn out(handle: Handle<'_>, shape: Option<Shape>) -> Self::Out<'_>;

    /// Ends an `if` with a value in every arm; this is the one that says of which type, with its index.
    #[doc(hidden)]
    fn merge(self, branches: Branches<'_>, arm: usize) -> Merged<'_, Self::Out<'_>, Self::Type>
    where
        Self: Sized,
    {
        branches.merge(arm, self)
    }

    /// Ends a block with handlers or limits.
    #[doc(hidden)]
    fn end_block(self, block: Guarded<'_>) -> Self::Out<'_>
    where
        Self: Sized,
    {
        block.end(self)
    }
}

/// What agrees with the other branches on a type.
#[diagnostic::on_unimplemented(
    message = "[KFP112] the branches give different types: another gives `{T}`, this one `{Self}`",
    label = "expected a value of type `{T}`"
)]
pub trait ArmOf<T>: Sized {
    /// The value, if it is one.
    #[doc(hidden)]
    fn into_result(self) -> Option<Operand>;
}

/// A constant, or nothing in every arm.
#[diagnostic::do_not_recommend]
impl<T: Param> ArmOf<T> for T {
    fn into_result(self) -> Option<Operand> {
        let nothing = TypeId::of::<T>() == TypeId::of::<()>();
        (!nothing).then(|| literal(&self))
    }
}

#[diagnostic::do_not_recommend]
impl ArmOf<String> for &str {
    fn into_result(self) -> Option<Operand> {
        Some(Operand::Literal(self.to_owned()))
    }
}

#[diagnostic::do_not_recommend]
impl ArmOf<()> for Group<'_> {
    fn into_result(self) -> Option<Operand> {
        None
    }
}

#[diagnostic::do_not_recommend]
impl<T> ArmOf<T> for Value<'_, T> {
    fn into_result(self) -> Option<Operand> {
        Some(self.operand())
    }
}

#[diagnostic::do_not_recommend]
impl<T, C: Operation> ArmOf<T> for Task<'_, C>
where
    C::Returned: TaskEnd<Type = T>,
{
    fn into_result(self) -> Option<Operand> {
        self.end().map(|(operand, _)| operand)
    }
}

/// What may stand at the end of an `if` without `else`.
#[diagnostic::on_unimplemented(
    message = "[KFP113] an `if` without `else` gives no value, but its branch ends in `{Self}`",
    label = "end it in `;`, or add an `else` that gives a value too"
)]
pub trait WithoutValue: Sized {
    /// What the `if` is then. Of the trait, so that nothing follows where it is not implemented.
    type Whole<'s>;

    /// Ends the `if`; its arm gives no value.
    #[doc(hidden)]
    fn end_only(self, branches: Branches<'_>) -> Self::Whole<'_>;
}

#[diagnostic::do_not_recommend]
impl WithoutValue for () {
    type Whole<'s> = Group<'s>;

    fn end_only(self, branches: Branches<'_>) -> Group<'_> {
        branches.group()
    }
}
#[diagnostic::do_not_recommend]
impl WithoutValue for Group<'_> {
    type Whole<'s> = Group<'s>;

    fn end_only(self, branches: Branches<'_>) -> Group<'_> {
        branches.group()
    }
}
#[diagnostic::do_not_recommend]
impl<C: Operation> WithoutValue for Task<'_, C> {
    type Whole<'s> = Group<'s>;

    fn end_only(self, branches: Branches<'_>) -> Group<'_> {
        branches.group()
    }
}

macro_rules! no_value {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl BranchEnd for $type {
            type Type = ();
            type Out<'s> = Group<'s>;

            fn end(self) -> Option<(Operand, Shape)> {
                None
            }

            fn out(handle: Handle<'_>, _: Option<Shape>) -> Group<'_> {
                Group(handle)
            }
        }
    )*};
}

no_value!((), Group<'_>);

#[diagnostic::do_not_recommend]
impl<T> BranchEnd for Value<'_, T> {
    type Type = T;
    type Out<'s> = Value<'s, T>;

    fn end(self) -> Option<(Operand, Shape)> {
        Some((self.operand(), self.shape()))
    }

    fn out(handle: Handle<'_>, shape: Option<Shape>) -> Value<'_, T> {
        handle.output(0, shape.unwrap_or(Shape::Json))
    }
}

macro_rules! constant {
    ($($type:ty => $wire:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl BranchEnd for $type {
            type Type = $wire;
            type Out<'s> = Value<'s, $wire>;

            fn end(self) -> Option<(Operand, Shape)> {
                Some((literal(&<$wire>::from(self)), shape::<$wire>()))
            }

            fn out(handle: Handle<'_>, _: Option<Shape>) -> Value<'_, $wire> {
                handle.parameter(0)
            }
        }
    )*};
}

// One type of whole and one of other numbers, so that constants are inferred.
constant!(&str => String, String => String, bool => bool, f64 => f64, i64 => i64);

/// How a task ends a branch: by its only output, or without a value if it has none.
#[diagnostic::on_unimplemented(
    message = "[KFP110] this task has several outputs, so a branch cannot end in it",
    label = "name the output: `task.NAME`"
)]
pub trait TaskEnd {
    /// The type of the value.
    type Type;
    /// What the whole `if` gives.
    type Out<'s>;

    /// The shape of the value, if there is one.
    #[doc(hidden)]
    fn shape() -> Option<Shape>;

    /// What the whole `if` gives.
    #[doc(hidden)]
    fn out(handle: Handle<'_>) -> Self::Out<'_>;
}

#[diagnostic::do_not_recommend]
impl TaskEnd for Nothing {
    type Type = ();
    type Out<'s> = Group<'s>;

    fn shape() -> Option<Shape> {
        None
    }

    fn out(handle: Handle<'_>) -> Group<'_> {
        Group(handle)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param> TaskEnd for Plain<T> {
    type Type = T;
    type Out<'s> = Value<'s, T>;

    fn shape() -> Option<Shape> {
        Some(shape::<T>())
    }

    fn out(handle: Handle<'_>) -> Value<'_, T> {
        handle.parameter(0)
    }
}

#[diagnostic::do_not_recommend]
impl<A: crate::artifact::Artifact> TaskEnd for OneArtifact<A> {
    type Type = A;
    type Out<'s> = Value<'s, A>;

    fn shape() -> Option<Shape> {
        Some(Shape::Artifact(A::TYPE))
    }

    fn out(handle: Handle<'_>) -> Value<'_, A> {
        handle.output(0, Shape::Artifact(A::TYPE))
    }
}

impl<C: Operation> BranchEnd for Task<'_, C>
where
    C::Returned: TaskEnd,
{
    type Type = <C::Returned as TaskEnd>::Type;
    type Out<'s> = <C::Returned as TaskEnd>::Out<'s>;

    fn end(self) -> Option<(Operand, Shape)> {
        let shape = <C::Returned as TaskEnd>::shape()?;
        Some((self.handle().output::<()>(0, shape.clone()).operand(), shape))
    }

    fn out(handle: Handle<'_>, _: Option<Shape>) -> Self::Out<'_> {
        <C::Returned as TaskEnd>::out(handle)
    }
}

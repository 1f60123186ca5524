//! Tasks: what a call adds, with its outputs as fields.

use super::{Addable, Builder, Call, Handle, Returned, Scope, Target};
use crate::diagnostic::Place;
use crate::graph::{Node, Operand};
use std::ops::Deref;

/// The arguments of a call, in the order of the inputs; none takes the declared default.
pub type Args = Vec<Option<Operand>>;

/// What can be called in a pipeline: a component, or a pipeline.
pub trait Operation: 'static + Sized {
    /// The outputs of its task, as fields.
    type Outputs<'s>: Copy;
    /// What its outputs are as a whole.
    type Returned: Returned;

    /// Enters it into the graph, or finds it there.
    fn target(builder: &Builder) -> Target;

    /// What a call with these arguments runs, and what is passed to that: of an imported component, which inputs are
    /// given decides on its command line.
    fn instance(builder: &Builder, args: Args, _: Place) -> (Target, Args) {
        (Self::target(builder), args)
    }

    /// The outputs of a task of it.
    fn outputs(node: Handle<'_>) -> Self::Outputs<'_>;
}

/// What runs as one pod or resource, so that it has pod options.
#[diagnostic::on_unimplemented(
    message = "[KFP102] `{Self}` is no pod of its own, so it has no pod options",
    label = "set them on the tasks inside of it"
)]
pub trait PodTask {}

/// A task of a pipeline: KFP's `ContainerOp` or `ResourceOp` as a call gives it, or a nested pipeline.
///
/// Its outputs are fields: `task.output`, or the names of a struct that derives [`Outputs`](super::Outputs), and those of the
/// component's `Output<..>`s. A task with one output can be passed where that output is wanted.
pub struct Task<'s, C: Operation> {
    handle: Handle<'s>,
    /// Not called as in KFP: rustc would say of `task.outputs` that it is private.
    given: C::Outputs<'s>,
}

impl<C: Operation> Clone for Task<'_, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C: Operation> Copy for Task<'_, C> {}

impl<'s, C: Operation> Deref for Task<'s, C> {
    type Target = C::Outputs<'s>;

    fn deref(&self) -> &C::Outputs<'s> {
        &self.given
    }
}

impl<'s, C: Operation> Task<'s, C> {
    pub(super) fn new(handle: Handle<'s>) -> Self {
        Self { handle, given: C::outputs(handle) }
    }

    pub(super) fn handle(&self) -> Handle<'s> {
        self.handle
    }

    pub(super) fn edit(self, change: impl FnOnce(&mut Node)) -> Self {
        self.handle.builder.edit(|graph| change(&mut graph[self.handle.node]));
        self
    }

    /// Waits for another task or group without taking a value from it. KFP's `.after(op)`.
    ///
    /// In the body of a pipeline `.after(a, b)` waits for both.
    pub fn after<'a: 's>(self, other: impl Dependency<'a>) -> Self {
        self.handle.wait_for(other);
        self
    }
}

impl Handle<'_> {
    pub(super) fn wait_for<'a>(self, other: impl Dependency<'a>) {
        let node = other.handle().node;
        self.builder.edit(|graph| graph[self.node].after.push(node));
    }
}

impl<'s, 'a: 's, C: Operation> Addable<'s> for Call<'a, C> {
    type Task = Task<'s, C>;

    fn add(self, scope: &'s Scope<'_>, place: Place) -> Task<'s, C> {
        let builder = scope.builder();
        let (target, args) = C::instance(builder, self.into_args(), place);
        Task::new(Handle { builder, node: builder.call(scope.block(), target, args, place) })
    }
}

/// A `for`, `if` or block without a value: it can wait for others, and others for it. KFP's `OpsGroup`.
#[derive(Clone, Copy, Debug)]
pub struct Group<'s>(pub(super) Handle<'s>);

impl<'s> Group<'s> {
    /// Waits for a task or a group. KFP's `.after(op)`.
    pub fn after<'a: 's>(self, other: impl Dependency<'a>) -> Self {
        self.0.wait_for(other);
        self
    }
}

/// What `.after` takes.
#[diagnostic::on_unimplemented(
    message = "[KFP103] `.after` takes a task, or a `for`, `if` or block, not `{Self}`",
    label = "pass the task itself, not a value of it; of several, one by one: `.after(a).after(b)`"
)]
pub trait Dependency<'a> {
    /// The node that is waited for.
    #[doc(hidden)]
    fn handle(&self) -> Handle<'a>;
}

#[diagnostic::do_not_recommend]
impl<'a, C: Operation> Dependency<'a> for Task<'a, C> {
    fn handle(&self) -> Handle<'a> {
        self.handle
    }
}

#[diagnostic::do_not_recommend]
impl<'a> Dependency<'a> for Group<'a> {
    fn handle(&self) -> Handle<'a> {
        self.0
    }
}

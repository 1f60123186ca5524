//! Daemons: services that run beside the other tasks of their block.

use super::{Dependency, Handle, HasContainer, HasPod, Operation, PodOptions, Task, Value};
use crate::graph::{Shape, Source};

/// A task that goes on in the background, and what the others know of it: what [`Task::daemon`] gives. Argo's `daemon`.
pub struct Daemon<'s, C: Operation>(Task<'s, C>);

impl<C: Operation> Clone for Daemon<'_, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C: Operation> Copy for Daemon<'_, C> {}

impl<'s, C: Operation> Task<'s, C>
where
    Self: PodOptions<'s> + HasPod + HasContainer,
{
    /// Makes it a service for the other tasks of its block: what takes its address, or waits for it, starts as soon as its
    /// container is ready, and it is ended when the rest of the block has ended. Options come before. Argo's `daemon`.
    ///
    /// A readiness probe says when it is ready; without one it counts as ready once its program has started. It has no
    /// outputs: what it writes is gone when it ends. Retries start it again from Argo 3.7.
    pub fn daemon(self) -> Daemon<'s, C> {
        Daemon(self.edit_options(|editor| editor.options.argo.daemon = true))
    }
}

impl<'s, C: Operation> Daemon<'s, C> {
    /// The address of its pod, such as `10.1.2.3`: in the block that it stands in, and in all blocks and pipelines inside of
    /// that. Argo's `tasks.NAME.ip`.
    pub fn address(self) -> Value<'s, String> {
        let Handle { builder, node } = self.0.handle();
        Value::new(builder, Source::Address(node), Shape::Text)
    }

    /// Waits for another task or group without taking a value from it. KFP's `.after(op)`.
    pub fn after<'a: 's>(self, other: impl Dependency<'a>) -> Self {
        Self(self.0.after(other))
    }
}

#[diagnostic::do_not_recommend]
impl<'a, C: Operation> Dependency<'a> for Daemon<'a, C> {
    fn handle(&self) -> Handle<'a> {
        self.0.handle()
    }
}

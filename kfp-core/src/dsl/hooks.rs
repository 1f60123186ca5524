//! Hooks: what runs when a task has ended.

use super::{Ended, Handle, Operation, Scope, Task};
use crate::graph::{Hook, Trigger};

impl<'s, C: Operation> Task<'s, C> {
    /// Opens a hook: `.on_success(|task| ..)`, `.on_failure(|end| ..)`, `.on_error(|end| ..)`, `.on_exit(|end| ..)`.
    #[doc(hidden)]
    pub fn hook(&self, on: Trigger) -> Scope<'s> {
        let Handle { builder, node } = self.handle();
        let block = builder.block(builder.read(|graph| graph[node].block));
        builder.edit(|graph| graph[node].ending.hooks.push(Hook { on, block }));
        Scope::new(builder, block)
    }

    /// The task itself, in a hook that runs when it has succeeded.
    #[doc(hidden)]
    pub fn within<'h>(&self, scope: &'h Scope<'_>) -> Task<'h, C> {
        Task::new(Handle { builder: scope.builder(), node: self.handle().node })
    }

    /// How it ended, in a hook.
    #[doc(hidden)]
    pub fn ended<'h>(&self, scope: &'h Scope<'_>) -> Ended<'h> {
        Ended::of(Handle { builder: scope.builder(), node: self.handle().node })
    }
}

//! Exit handlers.

use super::text::BoundText;
use super::{BranchEnd, Builder, Handle, Retry, Scope, Value, bind};
use crate::diagnostic::Place;
use crate::graph::{self, NodeKind, Shape, Source};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Map;

/// What the exit handler of a pipeline knows of the run.
#[derive(Clone, Copy)]
pub struct Run<'s> {
    /// `Succeeded`, `Failed` or `Error`. Argo's `workflow.status`.
    pub status: Value<'s, String>,
    /// What failed. Argo's `workflow.failures`.
    pub failures: Value<'s, Vec<Failure>>,
}

/// What the exit handler of a block knows of it.
#[derive(Clone, Copy)]
pub struct RunEnd<'s> {
    /// `Succeeded`, `Failed`, `Error`, `Skipped` or `Omitted`.
    pub status: Value<'s, String>,
}

/// A task that failed, as Argo's `workflow.failures` lists it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// The task's name as Argo shows it.
    pub display_name: String,
    /// Why.
    pub message: String,
    /// The template that it ran.
    pub template_name: String,
    /// `Failed` or `Error`.
    pub phase: String,
    /// Its pod.
    pub pod_name: String,
    /// When, as RFC 3339.
    pub finished_at: String,
}

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { display_name, message, template_name, phase, pod_name, finished_at } = self;
        serializer.collect_map([
            ("displayName", display_name),
            ("message", message),
            ("templateName", template_name),
            ("phase", phase),
            ("podName", pod_name),
            ("finishedAt", finished_at),
        ])
    }
}

impl<'de> Deserialize<'de> for Failure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::deserialize(deserializer)?;
        let mut text = |name: &str| match fields.remove(name) {
            None => Ok(String::new()),
            Some(text) => {
                String::deserialize(text).map_err(|error| D::Error::custom(format_args!("`{name}`: {error}")))
            }
        };
        Ok(Self {
            display_name: text("displayName")?,
            message: text("message")?,
            template_name: text("templateName")?,
            phase: text("phase")?,
            pod_name: text("podName")?,
            finished_at: text("finishedAt")?,
        })
    }
}

pub(super) fn run(builder: &Builder) -> Run<'_> {
    Run {
        status: Value::new(builder, Source::Status(None), Shape::Text),
        failures: Value::new(builder, Source::Failures, Shape::Json),
    }
}

/// An exit handler of a pipeline while it is being built.
#[derive(Debug)]
pub struct ExitHandler<'s> {
    scope: Scope<'s>,
    on: graph::Trigger,
}

impl<'s> ExitHandler<'s> {
    pub(super) fn new(scope: Scope<'s>, on: graph::Trigger) -> Self {
        Self { scope, on }
    }

    /// Where its tasks go. Argo calls the handler however the run has ended, so that it has to ask.
    #[track_caller]
    pub fn scope(&self) -> Scope<'_> {
        use graph::{Comparison, Operand, Trigger};
        let (comparison, status) = match self.on {
            Trigger::Exit => return Scope::new(self.scope.builder(), self.scope.block()),
            Trigger::Success => (Comparison::Eq, "Succeeded"),
            Trigger::Failure => (Comparison::Ne, "Succeeded"),
            Trigger::Error => (Comparison::Eq, "Error"),
        };
        let condition = graph::Condition::Compare {
            left: self.scope.run().status.operand(),
            comparison,
            right: Operand::Literal(status.to_owned()),
            shape: Shape::Text,
        };
        self.scope.branch().when(super::Condition(condition, std::marker::PhantomData))
    }
}

/// A block with exit handlers while it is being built.
#[derive(Debug)]
pub struct Guarded<'s> {
    scope: &'s Scope<'s>,
    handle: Handle<'s>,
    body: graph::BlockId,
}

impl<'s> Guarded<'s> {
    pub(super) fn new(scope: &'s Scope<'_>, place: Place) -> Self {
        let builder = scope.builder();
        let body = builder.block(scope.block());
        let kind = NodeKind::Guard(graph::Guard::new(body));
        let node = builder.node(scope.block(), String::new(), place, kind);
        Self { scope, handle: Handle { builder, node }, body }
    }

    /// The block.
    pub fn body(&self) -> Scope<'s> {
        Scope::new(self.handle.builder, self.body)
    }

    /// Names it.
    pub fn named(&self, name: &str) {
        self.handle.named(name);
    }

    /// At most so many of its tasks at once.
    pub fn parallel(&self, limit: u32) {
        self.edit(|guard| guard.parallelism = Some(limit));
    }

    /// Whether nothing new starts once a task has failed.
    pub fn fail_fast(&self, fail_fast: bool) {
        self.edit(|guard| guard.fail_fast = Some(fail_fast));
    }

    /// Tries all of it again when it fails.
    pub fn retry(&self, retry: Retry<'s>) {
        self.edit(|guard| guard.retry = Some(retry.0.bind(|value| bind::input(&[], &mut guard.extra, value))));
    }

    /// Runs only while nothing else holds the lock of this name.
    pub fn mutex(&self, name: BoundText) {
        self.edit(|guard| {
            let name = bind::bind(&mut guard.extra, name);
            guard.mutexes.push(graph::Mutex { name, namespace: None });
        });
    }

    /// Opens a handler.
    pub fn handler(&self, on: graph::Trigger) -> Scope<'s> {
        let block = self.handle.builder.block(self.scope.block());
        self.edit(|guard| guard.handlers.push(graph::Hook { on, block }));
        Scope::new(self.handle.builder, block)
    }

    /// How the block ended, in a handler.
    pub fn run<'h>(&self, handler: &'h Scope<'_>) -> RunEnd<'h> {
        RunEnd { status: Value::new(handler.builder(), Source::Status(Some(self.handle.node)), Shape::Text) }
    }

    pub(super) fn end<E: BranchEnd>(self, end: E) -> E::Out<'s> {
        let output = end.end().map(|(operand, shape)| (shape, operand));
        let shape = output.as_ref().map(|(shape, _)| shape.clone());
        self.edit(|guard| guard.output = output);
        E::out(self.handle, shape)
    }

    /// Ends it without a value.
    pub fn group(self) -> super::Group<'s> {
        super::Group(self.handle)
    }

    fn edit(&self, change: impl FnOnce(&mut graph::Guard)) {
        self.handle.builder.edit(|graph| {
            if let NodeKind::Guard(guard) = &mut graph[self.handle.node].kind {
                change(guard);
            }
        });
    }
}

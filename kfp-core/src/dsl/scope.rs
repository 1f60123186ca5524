//! The hidden variable that a pipeline's body is written on.

use super::exit::ExitHandler;
use super::{Branches, Builder, Guarded, Run, Value, exit, value};
use crate::artifact::Artifact;
use crate::diagnostic::{Allowed, Place};
use crate::graph::Trigger;
use crate::graph::{BlockId, NodeId, Operand, Part, Shape, Source};

/// A block in which tasks are added; its borrow brands every value made in it.
#[derive(Debug)]
pub struct Scope<'g> {
    builder: &'g Builder,
    block: BlockId,
}

/// A node, and the graph that it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Handle<'s> {
    pub(super) builder: &'s Builder,
    pub(super) node: NodeId,
}

impl Handle<'_> {
    /// Names a group: its tasks and templates are called after it.
    pub(super) fn named(&self, name: &str) {
        self.builder.edit(|graph| name.clone_into(&mut graph[self.node].name));
    }
}

/// What can be added to a block.
pub trait Addable<'s> {
    /// What adding it gives.
    type Task;

    /// Adds it.
    fn add(self, scope: &'s Scope<'_>, place: Place) -> Self::Task;
}

/// Adds a task.
#[track_caller]
pub fn add<'s, C: Addable<'s>>(scope: &'s Scope<'_>, call: C) -> C::Task {
    call.add(scope, Place::caller())
}

impl<'g> Scope<'g> {
    pub(super) fn new(builder: &'g Builder, block: BlockId) -> Self {
        Self { builder, block }
    }

    pub(super) fn builder(&self) -> &'g Builder {
        self.builder
    }

    pub(super) fn block(&self) -> BlockId {
        self.block
    }

    /// A parameter of the pipeline, by its index.
    #[track_caller]
    pub fn param<T>(&self, index: u32) -> Value<'_, T> {
        let place = Place::caller();
        let (pipeline, shape) = self.builder.edit(|graph| {
            let pipeline = graph[self.block].pipeline;
            graph.places.entry(Part::Param(pipeline, index)).or_insert(place);
            (pipeline, graph[pipeline].params[index as usize].kind.shape())
        });
        Value::new(self.builder, Source::Param { pipeline, index }, shape)
    }

    /// Says which warnings are meant where.
    pub fn allow(&self, allowed: &[Allowed]) {
        self.builder.allow(allowed);
    }

    /// Opens `if` or `match`.
    #[track_caller]
    pub fn branch(&self) -> Branches<'_> {
        Branches::new(self, Place::caller())
    }

    /// Opens a block with exit handlers.
    #[track_caller]
    pub fn guard(&self) -> Guarded<'_> {
        Guarded::new(self, Place::caller())
    }

    /// Opens an exit handler of the pipeline, for some of the ends that its run can have.
    pub fn exit_handler(&self, on: Trigger) -> ExitHandler<'_> {
        let block = self.builder.edit(|graph| {
            let pipeline = graph[self.block].pipeline;
            let block = graph.blocks(crate::graph::Block { pipeline, parent: None, nodes: Vec::new() });
            graph[pipeline].exit_handlers.push(block);
            block
        });
        ExitHandler::new(Scope::new(self.builder, block), on)
    }

    /// The state of the run, in an exit handler of the pipeline.
    pub fn run(&self) -> Run<'_> {
        exit::run(self.builder)
    }

    /// A struct with values in its fields: its JSON.
    pub fn structured<T: super::Outputs + super::Param>(&self, given: super::GivenOutputs<'_, T>) -> Value<'_, T> {
        let Operand::Value(json) = given.into_json(self.builder) else { unreachable!("it is a text with values") };
        Value::of(self.builder, json)
    }

    /// Text with values in it.
    pub fn text(&self, segments: Vec<super::Segment<'_>>) -> Value<'_, String> {
        let operands: Vec<Operand> = segments.into_iter().flat_map(super::Segment::into_operands).collect();
        Value::new(self.builder, Source::Text(operands), Shape::Text)
    }
}

impl<'s> Handle<'s> {
    /// An output of the node.
    pub(super) fn output<T>(self, index: u32, shape: Shape) -> Value<'s, T> {
        Value::new(self.builder, Source::Output { node: self.node, index }, shape)
    }

    /// The text of an output that is a file.
    pub fn content<T: value::Param>(self, index: u32) -> Value<'s, T> {
        let file = self.output::<()>(index, Shape::Artifact(""));
        Value::new(self.builder, Source::Content(file.id()), value::shape::<T>())
    }

    /// An output that is an artifact.
    pub fn artifact<A: Artifact>(self, index: u32) -> Value<'s, A> {
        self.output(index, Shape::Artifact(A::TYPE))
    }

    /// The same, of a type that travels by value.
    pub fn parameter<T: value::Param>(self, index: u32) -> Value<'s, T> {
        self.output(index, value::shape::<T>())
    }
}

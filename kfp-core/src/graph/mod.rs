//! The untyped DAG model: what is left of a pipeline when the types have done their work.
//!
//! A [`Graph`] owns flat lists of pipelines, blocks, nodes, operations and values; they refer to each other by index.
//! The typed surface writes it, every back end reads it.

mod argo_options;
mod condition;
mod conf;
mod contents;
mod ending;
mod files;
mod kind;
pub mod kubernetes;
mod location;
mod mark;
mod metric;
mod op;
mod options;
mod placeholder;
mod reads;
mod suspend;
mod value;

pub use argo_options::{ArgoOptions, Limit, Memoize, Mutex, Semaphore};
pub use condition::{Comparison, Condition};
pub use conf::{ArgoVersion, ArtifactRepository, Conf, DataVolume, PodConf, PodGc, ROOT_PARAMETER_NAME, Ttl};
pub(crate) use contents::Contents;
pub use ending::{Ending, Hook, Trigger};
pub use files::{Archive, Kept, Placed, Stored};
pub use kind::{Cron, ManifestKind};
pub use location::Location;
pub use metric::{Measure, Metric, MetricKind, MetricText};
pub use op::{
    Container, ContainerSet, Header, Http, Input, InputKind, Op, OpBody, OpText, Output, OutputKind, Resource,
    ResourceAction, TemplateRef, TextPart,
};
pub(crate) use op::{as_of_run, of_run};
pub use options::Options;
pub(crate) use options::set;
pub use placeholder::Placeholder;
pub(crate) use reads::Reads;
pub use suspend::Suspend;
pub use value::{Choice, Operand, Shape, Source, Value};

use crate::diagnostic::{Allowed, Diagnostic, Place};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

macro_rules! index {
    ($(#[$doc:meta] $name:ident => $list:ident: $item:ty;)*) => {$(
        #[$doc]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(pub u32);

        impl std::ops::Index<$name> for Graph {
            type Output = $item;
            fn index(&self, id: $name) -> &$item {
                &self.$list[id.0 as usize]
            }
        }

        impl std::ops::IndexMut<$name> for Graph {
            fn index_mut(&mut self, id: $name) -> &mut $item {
                &mut self.$list[id.0 as usize]
            }
        }

        impl Graph {
            #[doc = concat!("Adds to `", stringify!($list), "`.")]
            pub fn $list(&mut self, item: $item) -> $name {
                let id = u32::try_from(self.$list.len()).expect("fewer than 2^32 items");
                self.$list.push(item);
                $name(id)
            }
        }
    )*};
}

index! {
    /// A pipeline of the graph.
    PipelineId => pipelines: Pipeline;
    /// A block of a pipeline.
    BlockId => blocks: Block;
    /// A node of a block.
    NodeId => nodes: Node;
    /// An operation that tasks run.
    OpId => ops: Op;
    /// A value that exists when the pipeline runs.
    ValueId => values: Value;
}

/// A pipeline with all the pipelines that it calls.
#[derive(Clone, Default, Debug)]
pub struct Graph {
    /// The main pipeline first, then those that it calls, each once.
    pub pipelines: Vec<Pipeline>,
    /// All blocks.
    pub blocks: Vec<Block>,
    /// All nodes.
    pub nodes: Vec<Node>,
    /// All operations: a component once, a `ContainerOp` or `ResourceOp` in a body once each.
    pub ops: Vec<Op>,
    /// All values.
    pub values: Vec<Value>,
    /// What was found wrong while the graph was built.
    pub diagnostics: Vec<Diagnostic>,
    /// Where parts were written that have no place of their own; not those of graphs made by hand.
    pub places: BTreeMap<Part, Place>,
    /// Parameters of the main pipeline that op transformers have asked for.
    pub asked: BTreeSet<String>,
    /// Which warnings are meant where.
    pub allowed: Vec<Allowed>,
}

/// A part of a graph that has no place of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Part {
    /// A parameter of a pipeline, by its index.
    Param(PipelineId, u32),
    /// The condition of an arm, by its index.
    Arm(NodeId, u32),
}

impl Graph {
    /// What a task says of its pod, over what its operation says.
    pub fn options<'g>(&'g self, task: &'g Task) -> Cow<'g, Options> {
        let options = &self[task.op].options;
        match &task.options {
            Some(over) => Cow::Owned(options.overlaid(over)),
            None => Cow::Borrowed(options),
        }
    }

    /// Where a part was written, if that is known.
    pub fn place_of(&self, part: Part) -> Option<Place> {
        self.places.get(&part).copied()
    }
}

/// A pipeline: the entrypoint, or a DAG that other pipelines call.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// Its name as the user wrote it: the function's name, or `name = ".."`.
    pub name: String,
    /// Its description.
    pub description: Option<String>,
    /// Its function.
    pub place: Place,
    /// Its parameters, in the order of the signature.
    pub params: Vec<Input>,
    /// Its declared outputs: name and the value it has at the end of the body.
    pub outputs: Vec<(String, Shape, Operand)>,
    /// Its body.
    pub body: BlockId,
    /// Its own exit handlers, each a block that may read [`Source::Status`] with no node and [`Source::Failures`].
    pub exit_handlers: Vec<BlockId>,
    /// What it says about the whole of its run.
    pub conf: Conf,
}

impl Graph {
    /// The oldest Argo that the manifest is for.
    pub fn argo(&self) -> ArgoVersion {
        self.pipelines.first().map_or_else(ArgoVersion::default, |main| main.conf.argo)
    }
}

/// A list of nodes: a body, an arm of a condition, the body of a loop, a handler. A DAG template, if it has nodes.
#[derive(Clone, Debug)]
pub struct Block {
    /// The pipeline that it belongs to.
    pub pipeline: PipelineId,
    /// The block around it; none for a pipeline's body and its exit handlers.
    pub parent: Option<BlockId>,
    /// Its nodes, in the order in which they were written.
    pub nodes: Vec<NodeId>,
}

/// One thing in a block.
#[derive(Clone, Debug)]
pub struct Node {
    /// The name as the user wrote it (a component's name, a `ContainerOp`'s, `#[name(..)]` of a group); not unique, empty for
    /// a group without one.
    pub name: String,
    /// The block that it stands in.
    pub block: BlockId,
    /// Where it was written.
    pub place: Place,
    /// What it waits for besides what its values ask for: nodes of its own block or of blocks around it, or deeper ones.
    pub after: Vec<NodeId>,
    /// What is asked of its end; plain for all but tasks and calls.
    pub ending: Ending,
    /// What it is.
    pub kind: NodeKind,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum NodeKind {
    /// A pod or a resource.
    Task(Task),
    /// A nested pipeline.
    Call(Call),
    /// `if`, `else if`, `else`, or `match`.
    Branch(Branch),
    /// `for`.
    Loop(Loop),
    /// A block with exit handlers.
    Guard(Guard),
}

/// A pod or a resource.
#[derive(Clone, Debug)]
pub struct Task {
    /// What it runs.
    pub op: OpId,
    /// The arguments, one for each input of the operation, in its order; `None` takes the declared default.
    pub args: Vec<Option<Operand>>,
    /// What `set_*` and `add_*` said on this task, over what the operation says.
    pub options: Option<Box<Options>>,
    /// Inputs that the options' texts refer to, besides those of the operation, each with its value.
    pub extra: Vec<(Input, Operand)>,
}

/// A call of a pipeline.
#[derive(Clone, Debug)]
pub struct Call {
    /// The pipeline.
    pub pipeline: PipelineId,
    /// The arguments, one for each parameter, in its order; `None` takes the declared default.
    pub args: Vec<Option<Operand>>,
}

/// Arms of which at most one runs: the first whose condition holds.
#[derive(Clone, Debug)]
pub struct Branch {
    /// The arms, in order; only the last may have no condition.
    pub arms: Vec<Arm>,
    /// The shape of the value that it gives (output 0 of the node), if it gives one; then its last arm has no condition
    /// and every arm has a `result`.
    pub output: Option<Shape>,
}

/// One arm.
#[derive(Clone, Debug)]
pub struct Arm {
    /// When it runs (if no earlier arm does); `None` is `else`.
    pub condition: Option<Condition>,
    /// What it runs.
    pub block: BlockId,
    /// The value that it gives.
    pub result: Option<Operand>,
}

/// `for`: the body once for each item, in parallel.
#[derive(Clone, Debug)]
pub struct Loop {
    /// The items: a value whose text is a JSON list, or [`Operand::List`].
    pub items: Operand,
    /// The shape of one item.
    pub item: Shape,
    /// At most so many at once.
    pub parallelism: Option<u32>,
    /// Whether no round starts once one has failed.
    pub fail_fast: bool,
    /// The body.
    pub body: BlockId,
    /// The value of one round and its shape, if the loop collects: output 0 of the node, a JSON list.
    pub collects: Option<(Shape, Operand)>,
}

/// A block with handlers, which run when it has ended, or with limits of its own. A failed block still fails what it is in.
#[derive(Clone, Debug)]
pub struct Guard {
    /// The block.
    pub body: BlockId,
    /// Its handlers, whose blocks may read [`Source::Status`] of this node.
    pub handlers: Vec<Hook>,
    /// At most so many of its tasks at once.
    pub parallelism: Option<u32>,
    /// Whether nothing new starts once a task has failed; Argo's default is that nothing does.
    pub fail_fast: Option<bool>,
    /// How often all of it is tried again, as Argo's `retryStrategy`.
    pub retry: Option<serde_json::Value>,
    /// Locks that it holds while it runs.
    pub mutexes: Vec<Mutex>,
    /// What the texts of its retries and locks refer to, each with its value.
    pub extra: Vec<(Input, Operand)>,
    /// The value that the block gives, if any: output 0 of the node.
    pub output: Option<(Shape, Operand)>,
}

impl Guard {
    /// One that says nothing of itself yet.
    pub fn new(body: BlockId) -> Self {
        Self {
            body,
            handlers: Vec::new(),
            parallelism: None,
            fail_fast: None,
            retry: None,
            mutexes: Vec::new(),
            extra: Vec::new(),
            output: None,
        }
    }
}

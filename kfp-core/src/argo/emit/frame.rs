//! A DAG template while it is written: what comes in from outside, and what has been asked for.

use super::naming::Unique;
use super::text::Reference;
use crate::graph::{BlockId, Graph, InputKind, NodeId, NodeKind, OutputKind, PipelineId, Shape};
use crate::hash::HashMap;

/// A value that has a name of its own in the manifest: all others are made of these.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Atom {
    /// A parameter of the pipeline.
    Param(PipelineId, u32),
    /// An output of a node.
    Output(NodeId, u32),
    /// The text of an output that is a file.
    Content(NodeId, u32),
    /// The text of a parameter that is a file.
    ParamContent(PipelineId, u32),
    /// The item of a loop.
    Item(NodeId),
    /// A number or a boolean in the item of a loop. (Text is taken out of the item by an expression, since Argo hands it
    /// over with its JSON escapes.)
    ItemField(NodeId, String),
    /// How the body of a guard ended, or a task.
    Status(NodeId),
    /// The exit code of a task.
    ExitCode(NodeId),
    /// The address of a daemon.
    Address(NodeId),
    /// How the body of a called pipeline ended.
    RunStatus(PipelineId),
}

/// The nodes of a block that something takes values from.
pub(super) type Uses = Vec<NodeId>;

/// An input of a DAG template.
#[derive(Clone, Debug)]
pub(super) struct FrameInput {
    /// What comes in.
    pub(super) atom: Atom,
    /// Its name.
    pub(super) name: String,
    /// Whether it is an artifact.
    pub(super) is_artifact: bool,
    /// Whether it may be missing: an artifact of a task that may have failed.
    pub(super) is_optional: bool,
}

/// A DAG template while it is written.
#[derive(Debug)]
pub(super) struct Frame {
    /// The block whose nodes are its tasks; none for a template that only wraps others.
    pub(super) block: Option<BlockId>,
    /// What comes in, in the order in which it was asked for.
    pub(super) inputs: Vec<FrameInput>,
    /// Whether it is a template of the run itself: the body or an exit handler of the main pipeline.
    pub(super) of_run: bool,
    known: HashMap<Atom, usize>,
    names: Unique,
}

impl Frame {
    /// A template without inputs yet.
    pub(super) fn new(block: Option<BlockId>) -> Self {
        Self { block, inputs: Vec::new(), of_run: false, known: HashMap::default(), names: Unique::default() }
    }

    /// The same for a template of the run itself.
    pub(super) fn of_run() -> Self {
        Self { of_run: true, ..Self::new(None) }
    }

    /// What an input is called in the template, if it is one.
    pub(super) fn input(&self, atom: &Atom) -> Option<Reference> {
        let input = &self.inputs[*self.known.get(atom)?];
        let kind = if input.is_artifact { "artifacts" } else { "parameters" };
        Some(Reference::new(["inputs", kind, &input.name]))
    }

    /// Makes it an input.
    pub(super) fn add(&mut self, atom: Atom, wanted: &str, is_artifact: bool) {
        let name = self.names.take(wanted);
        self.known.insert(atom.clone(), self.inputs.len());
        self.inputs.push(FrameInput { atom, name, is_artifact, is_optional: false });
    }

    /// The same for one that may be missing.
    pub(super) fn add_optional(&mut self, atom: Atom, wanted: &str, is_artifact: bool) {
        self.add(atom, wanted, is_artifact);
        self.inputs.iter_mut().next_back().into_iter().for_each(|input| input.is_optional = is_artifact);
    }
}

/// Whether it is passed as a file.
pub(super) fn is_artifact(graph: &Graph, atom: &Atom) -> bool {
    let is_artifact = |shape: &Shape| matches!(shape, Shape::Artifact(_));
    match atom {
        Atom::Param(pipeline, index) => {
            matches!(graph[*pipeline].params[*index as usize].kind, InputKind::Artifact(_))
        }
        Atom::Output(node, index) => match &graph[*node].kind {
            NodeKind::Task(task) => {
                matches!(graph[task.op].outputs[*index as usize].kind, OutputKind::Artifact { .. })
            }
            NodeKind::Call(call) => is_artifact(&graph[call.pipeline].outputs[*index as usize].1),
            NodeKind::Branch(branch) => branch.output.as_ref().is_some_and(is_artifact),
            NodeKind::Guard(guard) => guard.output.as_ref().is_some_and(|(shape, _)| is_artifact(shape)),
            NodeKind::Loop(_) => false,
        },
        Atom::Content(..)
        | Atom::ParamContent(..)
        | Atom::Item(_)
        | Atom::ItemField(..)
        | Atom::Status(_)
        | Atom::ExitCode(_)
        | Atom::Address(_)
        | Atom::RunStatus(_) => false,
    }
}

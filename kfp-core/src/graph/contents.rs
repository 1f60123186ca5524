//! Files whose text somebody reads. Who writes them, or passes them on, gives their texts as parameters as well; of all
//! others that would be a waste, or more than a parameter can hold.

use super::{Graph, NodeId, NodeKind, Operand, PipelineId, Reads, Source, ValueId};
use crate::hash::{HashMap, HashSet};
use std::collections::BTreeSet;

/// The files whose texts are read, followed to where they come from.
#[derive(Debug)]
pub(crate) struct Contents<'g> {
    graph: &'g Graph,
    /// The outputs of nodes.
    nodes: HashMap<NodeId, BTreeSet<u32>>,
    /// The outputs of called pipelines.
    outputs: HashSet<(PipelineId, u32)>,
    /// The parameters of called pipelines.
    params: HashSet<(PipelineId, u32)>,
    /// Whether one of them comes out of a store, so that no task knows its text.
    pub(crate) is_stored: bool,
}

impl<'g> Contents<'g> {
    /// None yet.
    pub(crate) fn none(graph: &'g Graph) -> Self {
        Self {
            graph,
            nodes: HashMap::default(),
            outputs: HashSet::default(),
            params: HashSet::default(),
            is_stored: false,
        }
    }

    /// All of a graph.
    pub(crate) fn of(graph: &'g Graph) -> Self {
        let mut contents = Self::none(graph);
        if !graph.values.iter().any(|value| matches!(value.source, Source::Content(_))) {
            return contents;
        }
        let mut reads = Reads::of_texts(graph);
        graph.nodes.iter().for_each(|node| reads.node(node));
        graph.pipelines.iter().flat_map(|pipeline| &pipeline.outputs).for_each(|(_, _, output)| reads.operand(output));
        for value in reads.values {
            if let Source::Content(of) = graph[value].source {
                contents.read(of);
            }
        }
        contents
    }

    /// Whose text is read of what a node gives.
    pub(crate) fn of_node(&self, node: NodeId) -> BTreeSet<u32> {
        self.nodes.get(&node).cloned().unwrap_or_default()
    }

    /// Whether the text of an output of a pipeline is read.
    pub(crate) fn of_output(&self, pipeline: PipelineId, index: u32) -> bool {
        self.outputs.contains(&(pipeline, index))
    }

    /// Whether the text of a parameter of a pipeline is read.
    pub(crate) fn of_param(&self, pipeline: PipelineId, index: u32) -> bool {
        self.params.contains(&(pipeline, index))
    }

    /// The text of this file is read.
    pub(crate) fn read(&mut self, file: ValueId) {
        let graph = self.graph;
        match &graph[file].source {
            Source::Output { node, index } if self.nodes.entry(*node).or_default().insert(*index) => {
                self.output(*node, *index);
            }
            Source::Param { pipeline, index } if self.params.insert((*pipeline, *index)) => {
                self.calls(*pipeline, *index);
            }
            Source::Choice(choice) => {
                self.operand(&choice.then);
                self.operand(&choice.otherwise);
            }
            _ => {}
        }
    }

    fn output(&mut self, node: NodeId, index: u32) {
        let graph = self.graph;
        match &graph[node].kind {
            NodeKind::Task(_) | NodeKind::Loop(_) => {}
            NodeKind::Call(call) => {
                self.outputs.insert((call.pipeline, index));
                graph[call.pipeline].outputs.get(index as usize).into_iter().for_each(|(_, _, of)| self.operand(of));
            }
            NodeKind::Branch(branch) => branch.arms.iter().flat_map(|arm| &arm.result).for_each(|of| self.operand(of)),
            NodeKind::Guard(guard) => guard.output.iter().for_each(|(_, of)| self.operand(of)),
        }
    }

    fn calls(&mut self, pipeline: PipelineId, index: u32) {
        for node in &self.graph.nodes {
            if let NodeKind::Call(call) = &node.kind
                && call.pipeline == pipeline
            {
                call.args.get(index as usize).into_iter().flatten().for_each(|arg| self.operand(arg));
            }
        }
    }

    fn operand(&mut self, operand: &Operand) {
        match operand {
            Operand::Value(file) => self.read(*file),
            Operand::Location(_) => self.is_stored = true,
            _ => {}
        }
    }
}

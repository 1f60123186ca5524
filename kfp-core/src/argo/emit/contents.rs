//! Files whose text somebody reads. Their tasks give them as parameters as well; of all others that would be a waste, or
//! more than a parameter can hold.

use crate::graph::{Graph, NodeId, Reads, Source};
use std::collections::{BTreeSet, HashMap};

/// For each task its outputs that are read.
pub(super) fn contents(graph: &Graph) -> HashMap<NodeId, BTreeSet<u32>> {
    let mut contents = HashMap::<_, BTreeSet<_>>::new();
    if !graph.values.iter().any(|value| matches!(value.source, Source::Content(_))) {
        return contents;
    }
    let mut reads = Reads::of_texts(graph);
    graph.nodes.iter().for_each(|node| reads.node(node));
    graph.pipelines.iter().flat_map(|pipeline| &pipeline.outputs).for_each(|(_, _, output)| reads.operand(output));
    for value in reads.values {
        if let Source::Content(of) = graph[value].source
            && let Source::Output { node, index } = graph[of].source
        {
            contents.entry(node).or_default().insert(index);
        }
    }
    contents
}

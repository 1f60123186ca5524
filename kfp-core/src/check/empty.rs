//! Pipelines and loops in which nothing runs.

use super::{EMPTY, nodes};
use crate::argo::emit::layout::emitted;
use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, NodeId, NodeKind};

/// Finds pipelines without tasks, and loops that collect without a task.
pub(super) fn check(graph: &Graph, owners: &[Option<NodeId>], found: &mut Vec<Diagnostic>) {
    let emitted = emitted(graph, owners);
    for pipeline in &graph.pipelines {
        if !graph[pipeline.body].nodes.iter().any(|node| emitted[node.0 as usize]) {
            let message = format!("the pipeline `{}` has no task", pipeline.name);
            found.push(Diagnostic::error(EMPTY, pipeline.place, message).help("call a component in its body"));
        }
    }
    for (id, node) in nodes(graph) {
        if let NodeKind::Loop(each) = &node.kind
            && each.collects.is_some()
            && !emitted[id.0 as usize]
        {
            let message = "this `for` collects values, and there is no task in it";
            let help = "call a component in its body, or put `#[host]` before the `for`";
            found.push(Diagnostic::error(EMPTY, node.place, message).help(help));
        }
    }
}

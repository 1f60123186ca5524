//! Pipelines and loops in which nothing runs.

use super::{EMPTY, nodes};
use crate::argo::emit::layout::Layout;
use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, NodeKind};

/// Finds pipelines without tasks, and loops that collect without a task.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let layout = Layout::new(graph);
    for pipeline in &graph.pipelines {
        if !layout.has_tasks(graph, pipeline.body) {
            let message = format!("the pipeline `{}` has no task", pipeline.name);
            found.push(Diagnostic::error(EMPTY, pipeline.place, message).help("call a component in its body"));
        }
    }
    for (id, node) in nodes(graph) {
        if let NodeKind::Loop(each) = &node.kind
            && each.collects.is_some()
            && !layout.is_emitted(id)
        {
            let message = "this `for` collects values, and there is no task in it";
            let help = "call a component in its body, or put `#[host]` before the `for`";
            found.push(Diagnostic::error(EMPTY, node.place, message).help(help));
        }
    }
}

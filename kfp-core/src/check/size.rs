//! What Argo's own definitions limit.

use super::SIZE;
use crate::argo::emit::layout::Layout;
use crate::diagnostic::Diagnostic;
use crate::graph::Graph;

/// The most tasks that a DAG has under the default definitions of Argo 4.
const TASKS: usize = 200;

/// Warns of blocks with more tasks than Argo 4 accepts by default.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let layout = Layout::new(graph);
    for block in &graph.blocks {
        let tasks =
            block.nodes.iter().map(|node| layout.tasks[node.0 as usize].iter().filter(|t| !t.is_empty()).count());
        let tasks: usize = tasks.sum();
        if tasks > TASKS {
            let name = &graph[block.pipeline].name;
            let message = format!(
                "a block of `{name}` has {tasks} tasks, and Argo 4 accepts {TASKS} unless it is set up otherwise"
            );
            let place = block.nodes.get(TASKS).map_or(graph[block.pipeline].place, |node| graph[*node].place);
            let help = "use a `for` without `#[host]`, or put some of them into a pipeline of their own";
            found.push(Diagnostic::warning(SIZE, place, message).help(help));
        }
    }
}

//! Pipelines that call themselves.

use super::{HANDLERS, NO_EFFECT, RECURSION, nodes};
use crate::argo::emit::layout::owners;
use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, NodeId, NodeKind, PipelineId};

/// What a called pipeline says for its own tasks, and what no run is needed for.
const OWN: &[&str] = &["parallelism", "fail_fast", "argo", "node_selector", "tolerations", "affinity"];

/// A call: from which pipeline to which, and whether it happens always.
struct Edge {
    node: NodeId,
    from: PipelineId,
    to: PipelineId,
    always: bool,
}

/// Finds pipelines that call themselves whatever happens, and options that calling takes away.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let edges = calls(graph);
    let mut said: Vec<PipelineId> = Vec::new();
    let mut around: Vec<&Edge> =
        edges.iter().filter(|edge| edge.always && reaches(&edges, edge.to, edge.from)).collect();
    // All calls on the way around are one mistake, said of the same one whichever pipeline is compiled.
    around.sort_by_key(|edge| graph[edge.node].place);
    for edge in around {
        if !said.iter().any(|other| *other == edge.from || reaches(&edges, *other, edge.from)) {
            said.push(edge.from);
            let name = &graph[edge.from].name;
            let message = format!("`{name}` calls itself without a condition, so it would never end");
            let help = "put the call into an `if`";
            found.push(Diagnostic::error(RECURSION, graph[edge.node].place, message).help(help));
        }
    }
    called_main(graph, &edges, found);
    without_effect(graph, &edges, found);
}

fn calls(graph: &Graph) -> Vec<Edge> {
    let owners = owners(graph);
    let conditional = |node: NodeId| {
        let around = |node: &NodeId| owners[graph[*node].block.0 as usize];
        std::iter::successors(around(&node), around)
            .any(|outer| matches!(graph[outer].kind, NodeKind::Branch(_) | NodeKind::Loop(_)))
    };
    nodes(graph)
        .filter_map(|(id, node)| match &node.kind {
            NodeKind::Call(call) => {
                Some(Edge { node: id, from: graph[node.block].pipeline, to: call.pipeline, always: !conditional(id) })
            }
            _ => None,
        })
        .collect()
}

/// Whether one pipeline always ends up in the other.
fn reaches(edges: &[Edge], from: PipelineId, to: PipelineId) -> bool {
    let mut seen = vec![from];
    let mut open = vec![from];
    while let Some(pipeline) = open.pop() {
        if pipeline == to {
            return true;
        }
        for edge in edges.iter().filter(|edge| edge.always && edge.from == pipeline) {
            if !seen.contains(&edge.to) {
                seen.push(edge.to);
                open.push(edge.to);
            }
        }
    }
    false
}

fn called_main(graph: &Graph, edges: &[Edge], found: &mut Vec<Diagnostic>) {
    let main = PipelineId(0);
    let Some(edge) = edges.iter().find(|edge| edge.to == main) else { return };
    if !graph[main].exit_handlers.is_empty() {
        let message = format!("`{}` has an exit handler and is called again in its own run", graph[main].name);
        let help = "put what repeats into a pipeline of its own, without the handler, and call that";
        found.push(
            Diagnostic::error(HANDLERS, graph[edge.node].place, message)
                .related(graph[main].place, "the handler would have to run once for each call and once for the run")
                .help(help),
        );
    }
}

fn without_effect(graph: &Graph, edges: &[Edge], found: &mut Vec<Diagnostic>) {
    let mut warned = Vec::new();
    for edge in edges.iter().filter(|edge| edge.to != PipelineId(0)) {
        let pipeline = &graph[edge.to];
        // A called pipeline has limits and places of its own, and what is meant for several is no mistake.
        let said = pipeline.conf.said.iter().map(|(option, _)| *option);
        for option in said.filter(|option| !OWN.contains(option)) {
            if !warned.contains(&(edge.to, option)) {
                warned.push((edge.to, option));
                let message = format!("`{option}` of `{}` has no effect where it is called by another", pipeline.name);
                let warning = Diagnostic::warning(NO_EFFECT, graph[edge.node].place, message);
                found.push(warning.help("Argo has it for a whole run only: set it on the main pipeline, or on tasks"));
            }
        }
    }
}

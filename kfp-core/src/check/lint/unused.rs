//! Outputs and parameters that nobody uses.

use super::{OUTPUT, PARAMETER, nodes, pods, warn};
use crate::diagnostic::Diagnostic;
use crate::graph::{
    Graph, InputKind, MetricText, NodeKind, OpBody, OutputKind, Part, PipelineId, Reads, Source, ValueId,
};
use crate::hash::HashSet;

/// Warns of tasks that compute values which nobody takes, and of parameters that change nothing.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let used = used(graph);
    outputs(graph, &used, found);
    parameters(graph, &used, found);
}

/// A task is there for its effect if it gives a file, which is kept, or if it is never cached; if it gives values only
/// and nobody takes any, its work is lost.
fn outputs(graph: &Graph, used: &HashSet<ValueId>, found: &mut Vec<Diagnostic>) {
    let taken: HashSet<_> = used
        .iter()
        .filter_map(|value| match graph[*value].source {
            Source::Output { node, .. } => Some(node),
            _ => None,
        })
        .chain(graph.nodes.iter().flat_map(|node| node.after.iter().copied()))
        .collect();
    for ((id, _), pod) in nodes(graph).filter(|(_, node)| matches!(node.kind, NodeKind::Task(_))).zip(pods(graph)) {
        let is_container = matches!(pod.op.body, OpBody::Container(_));
        let outputs = &pod.op.outputs;
        let values_only = outputs.iter().all(|output| matches!(output.kind, OutputKind::File { .. }));
        if is_container
            && values_only
            && !outputs.is_empty()
            && pod.options.caching != Some(false)
            && !taken.contains(&id)
            && !pod.options.argo.metrics.iter().any(|metric| matches!(metric.value, MetricText::Output(_)))
        {
            let names: Vec<String> = outputs.iter().map(|output| format!("`{}`", output.name)).collect();
            let message = format!("nobody takes {} of `{}`", names.join(", "), pod.node.name);
            let help = "pass it on, give it out of the pipeline, or drop it on purpose: `let _ = ..`";
            // Said where it is called, and allowed there or where it is declared.
            let warning = Diagnostic::warning(OUTPUT, pod.node.place, message).help(help);
            found.push(warning.related(pod.op.place, format!("`{}` gives it", pod.op.name)));
        }
    }
}

fn parameters(graph: &Graph, used: &HashSet<ValueId>, found: &mut Vec<Diagnostic>) {
    let taken: HashSet<_> = used
        .iter()
        .filter_map(|value| match graph[*value].source {
            Source::Param { pipeline, index } => Some((pipeline, index)),
            _ => None,
        })
        .collect();
    for (part, place) in &graph.places {
        let Part::Param(pipeline, index) = *part else { continue };
        let Some(param) = graph[pipeline].params.get(index as usize) else { continue };
        let is_asked = pipeline == PipelineId(0) && graph.asked.contains(&param.name);
        if matches!(param.kind, InputKind::Parameter { .. }) && !is_asked && !taken.contains(&(pipeline, index)) {
            let message = format!("no task depends on the parameter `{}`", param.name);
            let help = "use it, or remove it: whoever starts a run would set it without effect";
            warn(found, PARAMETER, *place, message, help);
        }
    }
}

/// Every value that something in the graph reads.
fn used(graph: &Graph) -> HashSet<ValueId> {
    let mut reads = Reads::new(graph);
    graph.nodes.iter().for_each(|node| reads.node(node));
    graph.pipelines.iter().flat_map(|pipeline| &pipeline.outputs).for_each(|(_, _, output)| reads.operand(output));
    reads.values.into_iter().collect()
}

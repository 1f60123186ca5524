//! What a pod asks for and may not use.

use super::{REQUEST, nodes};
use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, NodeKind, Options};
use kfp_grammar::quantity;

/// Finds requests above their limits, which Kubernetes refuses when the pod is made.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for (_, node) in nodes(graph) {
        let NodeKind::Task(task) = &node.kind else { continue };
        let op = &graph[task.op];
        let options = task.options.as_ref().map_or_else(|| op.options.clone(), |over| op.options.overlaid(over));
        for (name, request, limit) in above(&options) {
            let message = format!("`{}` requests {request} of `{name}`, and its limit is {limit}", node.name);
            let error = Diagnostic::error(REQUEST, node.place, message).help("raise the limit or lower the request");
            found.push(error);
        }
    }
}

fn above(options: &Options) -> Vec<(&str, String, String)> {
    let mut found = Vec::new();
    for (name, request) in &options.requests {
        let limit = options.limits.iter().find(|(limited, _)| limited == name);
        let Some((request, limit)) = request.literal().zip(limit.and_then(|(_, limit)| limit.literal())) else {
            continue;
        };
        if let (Ok(asked), Ok(most)) = (quantity::parse(&request), quantity::parse(&limit))
            && asked > most
        {
            found.push((name.as_str(), request, limit));
        }
    }
    found
}

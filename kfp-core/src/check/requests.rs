//! What a pod asks for and may not use.

use super::{REQUEST, constant, containers, nodes};
use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, NodeKind, Options};
use kfp_grammar::quantity;

/// Finds requests above their limits, which Kubernetes refuses when the pod is made.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for (_, node) in nodes(graph) {
        let NodeKind::Task(task) = &node.kind else { continue };
        let options = graph.options(task);
        for (name, request, limit) in above(&options) {
            let message = format!("`{}` requests {request} of `{name}`, and its limit is {limit}", node.name);
            let error = Diagnostic::error(REQUEST, node.place, message).help("raise the limit or lower the request");
            found.push(error);
        }
    }
}

fn above(options: &Options) -> Vec<(&str, String, String)> {
    let mut found = Vec::new();
    for (_, container) in containers(options) {
        let Some(resources) = container.get("resources") else { continue };
        for (name, request) in resources["requests"].as_object().into_iter().flatten() {
            let Some((request, limit)) = constant(request).zip(constant(&resources["limits"][name])) else { continue };
            if let (Ok(asked), Ok(most)) = (quantity::parse(&request), quantity::parse(&limit))
                && asked > most
            {
                found.push((name.as_str(), request, limit));
            }
        }
    }
    found
}

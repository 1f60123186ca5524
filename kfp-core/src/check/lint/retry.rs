//! Retries of what is not safe to repeat.

use super::{RETRY, pods, warn};
use crate::diagnostic::Diagnostic;
use crate::graph::{BlockId, Graph, Node, NodeKind, OpBody, ResourceAction};
use serde_json::Value;

/// Warns of resources that a second attempt would make a second time, or would fail to.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let retried: Vec<BlockId> = graph.nodes.iter().filter_map(retried_block).collect();
    for pod in pods(graph) {
        let OpBody::Resource(resource) = &pod.op.body else { continue };
        let mut around = std::iter::successors(Some(pod.node.block), |block| graph[*block].parent);
        if !tries_again(pod.options.retry.as_ref()) && !around.any(|block| retried.contains(&block)) {
            continue;
        }
        let is_named = resource.manifest.pointer("/metadata/name").is_some();
        let (what, help) = match resource.action {
            ResourceAction::Create if is_named => (
                "fails at the second attempt if the first one made the resource",
                "make it with `ResourceOp::apply`, which takes what is there",
            ),
            ResourceAction::Create => (
                "makes another resource at each attempt, and nobody removes the first",
                "name it, `metadata.name`, and make it with `ResourceOp::apply`",
            ),
            ResourceAction::Patch if resource.merge_strategy.as_deref() == Some("json") => (
                "repeats its operations at each attempt: what adds adds again",
                "patch with `merge_strategy(\"merge\")`, which says how it is to be in the end",
            ),
            _ => continue,
        };
        warn(found, RETRY, pod.node.place, format!("`{}` is retried, and {what}", pod.node.name), help);
    }
}

fn tries_again(retry: Option<&Value>) -> bool {
    retry.is_some_and(|retry| retry["limit"] != "0")
}

/// The body of a block that is tried again as a whole.
fn retried_block(node: &Node) -> Option<BlockId> {
    match &node.kind {
        NodeKind::Guard(guard) if tries_again(guard.retry.as_ref()) => Some(guard.body),
        _ => None,
    }
}

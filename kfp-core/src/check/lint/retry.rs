//! Retries of what is not safe to repeat.

use super::{RETRY, pods, warn};
use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, OpBody, ResourceAction};

/// Warns of resources that a second attempt would make a second time, or would fail to.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for pod in pods(graph) {
        let OpBody::Resource(resource) = &pod.op.body else { continue };
        if pod.options.retry.as_ref().is_none_or(|retry| retry["limit"] == "0") {
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

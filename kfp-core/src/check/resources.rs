//! Resources that are made and not waited for, and those that nobody could find.

use super::{CONDITION, KINDLESS, NAMELESS, nodes};
use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, NodeKind, OpBody, Resource, ResourceAction};
use std::collections::HashSet;

/// Warns of resources that come to an end, and count as succeeded as soon as they exist; refuses to change one without
/// a name.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let mut seen = HashSet::new();
    for (_, node) in nodes(graph) {
        let NodeKind::Task(task) = &node.kind else { continue };
        let op = &graph[task.op];
        let OpBody::Resource(resource) = &op.body else { continue };
        if !seen.insert(task.op) {
            continue;
        }
        if !resource.manifest.is_object() {
            let message = format!("the manifest of `{}` is no object", op.name);
            let help = "a text is not read as YAML: name the file, `manifest!(\"pod.yaml\")`, or write `json!({ \"kind\": \"Pod\" })`";
            found.push(Diagnostic::error(KINDLESS, node.place, message).help(help));
            continue;
        }
        for field in ["apiVersion", "kind"] {
            if resource.manifest.get(field).is_none_or(serde_json::Value::is_null) {
                let message = format!("the manifest of `{}` has no `{field}`", op.name);
                let help = "Kubernetes finds a resource by both: `\"apiVersion\": \"v1\", \"kind\": \"Pod\"`";
                found.push(Diagnostic::error(KINDLESS, node.place, message).help(help));
            }
        }
        if resource.action != ResourceAction::Create && resource.manifest.pointer("/metadata/name").is_none() {
            let message = format!("the manifest of `{}` has no `metadata.name`", op.name);
            let help = format!(
                "only what is created may leave its name to Kubernetes; say what to {}: `.set(\"/metadata/name\", ..)`",
                resource.action.name()
            );
            found.push(Diagnostic::error(NAMELESS, node.place, message).help(help));
        }
        if let Some(kind) = unwatched(resource) {
            let message = format!("`{}` counts as succeeded as soon as the {kind} exists, however it ends", op.name);
            let help = "say when it has succeeded and when it has failed: `success_condition(\"status.phase == Succeeded\")`, \
                        `failure_condition(..)`";
            found.push(Diagnostic::warning(CONDITION, node.place, message).help(help));
        }
    }
}

/// The kind of a resource that ends and has no condition.
fn unwatched(resource: &Resource) -> Option<&str> {
    let makes = matches!(resource.action, ResourceAction::Create | ResourceAction::Apply);
    if !makes || resource.success_condition.is_some() || resource.failure_condition.is_some() {
        return None;
    }
    let field = |name: &str| resource.manifest.get(name).and_then(serde_json::Value::as_str);
    let kind = field("kind")?;
    let group = field("apiVersion")?.split_once('/').map_or("", |(group, _)| group);
    // The groups of Kubernetes itself have no dot, or end in `.k8s.io`.
    let is_custom = group.contains('.') && !group.ends_with(".k8s.io");
    let ends = matches!((group, kind), ("", "Pod") | ("batch", "Job")) || is_custom;
    ends.then_some(kind)
}

//! Memory and disks in bytes where more was meant: `2` for `2Gi`.

use super::{MEMORY, pods, warn};
use crate::check::{constant, containers};
use crate::diagnostic::Diagnostic;
use crate::graph::kubernetes::Fields;
use crate::graph::{Graph, OpBody};
use kfp_grammar::quantity;

/// Less than any program needs.
const LITTLE: &str = "1Mi";

/// Warns of limits and requests below a mebibyte.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let Ok(little) = quantity::parse(LITTLE) else { return };
    for pod in pods(graph) {
        let given = containers(&pod.options).flat_map(|(_, container)| sizes(container)).chain(claimed(&pod.op.body));
        for (of, resource, text) in given.filter(|(.., text)| quantity::parse(text).is_ok_and(|it| it < little)) {
            let unit = if text.ends_with(|c: char| c.is_ascii_digit()) { " bytes" } else { "" };
            let name = &pod.node.name;
            let small = if resource == "storage" { "no volume is so small" } else { "no program runs with that" };
            let message = format!("`{name}` has {of} of {text}{unit} of `{resource}`, and {small}");
            let number = text.trim_end_matches(|c: char| !c.is_ascii_digit());
            warn(found, MEMORY, pod.node.place, message, &format!("write the unit: `{number}Gi`, `{number}Mi`"));
        }
    }
}

/// The same of a claim.
fn claimed(body: &OpBody) -> Option<(&'static str, &'static str, String)> {
    let OpBody::Resource(resource) = body else { return None };
    let size = resource.manifest.pointer("/spec/resources/requests/storage")?;
    (resource.manifest["kind"] == "PersistentVolumeClaim").then_some(("a request", "storage", constant(size)?))
}

/// What a container says of memory and disks: of what it is, of which resource, how much.
fn sizes(container: &Fields) -> impl Iterator<Item = (&'static str, &'static str, String)> {
    let kinds = [("limits", "a limit"), ("requests", "a request")];
    let all = kinds.into_iter().flat_map(|kind| ["memory", "ephemeral-storage"].map(|resource| (kind, resource)));
    all.filter_map(|((field, of), resource)| {
        let quantity = container.get("resources")?.get(field)?.get(resource)?;
        Some((of, resource, constant(quantity)?))
    })
}

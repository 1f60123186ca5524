//! Files in stores: whether the texts that say where can be meant so.

use super::nodes;
use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, Location, NodeKind, Operand};
use kfp_grammar::Code;

/// A place of a file that is none.
const LOCATION: Code = Code(380);

/// Looks at the files that tasks and calls are given.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for (_, node) in nodes(graph) {
        let args = match &node.kind {
            NodeKind::Task(task) => &task.args,
            NodeKind::Call(call) => &call.args,
            _ => continue,
        };
        for arg in args.iter().flatten() {
            let Operand::Location(location) = arg else { continue };
            if let Some((message, help)) = mistake(location) {
                found.push(Diagnostic::error(LOCATION, node.place, message).help(help));
            }
        }
    }
}

fn mistake(location: &Location) -> Option<(String, &'static str)> {
    let text = |field| location.constant(field);
    if let Some((field, _)) = location.fields.iter().find(|(field, _)| text(field).is_some_and(|text| text.is_empty()))
    {
        return Some((format!("the `{field}` of a file in a store is empty"), "write it, or leave it out"));
    }
    if let Some(bucket) = text("bucket").filter(|bucket| bucket.contains(['/', ':'])) {
        let message = format!("`{bucket}` is no name of a bucket");
        return Some((message, "write the bucket and the key apart: `S3Artifact::new(\"data\", \"2024/rows.csv\")`"));
    }
    if let Some(url) = text("url").filter(|url| !url.starts_with("http://") && !url.starts_with("https://")) {
        return Some((format!("`{url}` is no URL of a web server"), "write all of it: `https://example.com/rows.csv`"));
    }
    None
}

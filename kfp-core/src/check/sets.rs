//! Containers of one pod that do not fit together.

use super::nodes;
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Graph, NodeKind, Op, OpBody, Options};
use kfp_grammar::Code;

/// Containers of a set that do not fit together.
const SET: Code = Code(374);

/// Looks at every set.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for (_, node) in nodes(graph) {
        let NodeKind::Task(task) = &node.kind else { continue };
        let op = &graph[task.op];
        if let OpBody::Set(_) = op.body {
            let wrong = wrong(op, &graph.options(task), node.place);
            found.extend(wrong);
        }
    }
}

fn wrong(op: &Op, options: &Options, place: Place) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut error = |message: String, help: &str| found.push(Diagnostic::error(SET, place, message).help(help));
    let mut names: Vec<&str> = Vec::new();
    for container in &options.set {
        let name = container["name"].as_str().unwrap_or_default();
        for other in container["dependencies"].as_array().into_iter().flatten().filter_map(|other| other.as_str()) {
            if !names.contains(&other) {
                let message =
                    format!("`{name}` of `{}` waits for the container `{other}`, which is not there", op.name);
                error(message, "add that one before it");
            }
        }
        if container["command"].as_array().is_none_or(Vec::is_empty) {
            let message = format!("the container `{name}` of `{}` has no command", op.name);
            error(message, "Argo would have to ask the registry for that of the image: write `.command([\"..\"])`");
        }
        names.push(name);
    }
    if names.is_empty() {
        error(
            format!("`{}` has no containers", op.name),
            "add one: `.container(UserContainer::new(\"main\", \"image\"))`",
        );
    } else if !op.outputs.is_empty() && !names.contains(&"main") {
        let message = format!("`{}` has outputs, and no container `main` that gives them", op.name);
        error(message, "call the container that writes the files `main`");
    }
    found
}

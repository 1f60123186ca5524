//! Names that Argo cannot have, or that become the same.

use super::{NAME, SAME_NAME, nodes};
use crate::argo::emit::naming::{kebab, port};
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Graph, NodeKind, ROOT_PARAMETER_NAME};
use std::collections::{HashMap, HashSet};

/// The longest name of a template or a task.
const LONGEST: usize = 128;

/// The longest name of a pipeline: the cluster adds five characters and a dash to make 63, and names of pods add more.
const LONGEST_PIPELINE: usize = 57;

/// Finds names of which nothing is left, names that are too long, and names that meet after they were made Argo's.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for pipeline in &graph.pipelines {
        name(&pipeline.name, "pipeline", LONGEST_PIPELINE, pipeline.place, found);
        let root = pipeline.conf.pipeline_root.as_ref().map(|_| ROOT_PARAMETER_NAME);
        let params = pipeline.params.iter().map(|param| param.name.as_str()).chain(root);
        ports(params, "parameter", &pipeline.name, pipeline.place, found);
        let outputs = pipeline.outputs.iter().map(|(name, ..)| name.as_str());
        ports(outputs, "output", &pipeline.name, pipeline.place, found);
    }
    let mut seen = HashSet::new();
    for (_, node) in nodes(graph) {
        let NodeKind::Task(task) = &node.kind else { continue };
        if seen.insert((task.op, &node.name)) {
            let op = &graph[task.op];
            name(&node.name, "task", LONGEST, node.place, found);
            let inputs = op.inputs.iter().chain(task.extra.iter().map(|(input, _)| input));
            ports(inputs.map(|input| input.name.as_str()), "input", &op.name, op.place, found);
            ports(op.outputs.iter().map(|output| output.name.as_str()), "output", &op.name, op.place, found);
        }
    }
}

fn name(name: &str, what: &str, longest: usize, place: Place, found: &mut Vec<Diagnostic>) {
    let argo = kebab(name);
    if argo.is_empty() {
        let message = format!("the {what}'s name `{name}` has neither a letter nor a digit");
        found.push(Diagnostic::error(NAME, place, message).help("give it a name with letters"));
    } else if argo.len() > longest {
        let message = format!("the {what}'s name `{argo}` has {} characters, and {longest} are allowed", argo.len());
        found.push(Diagnostic::error(NAME, place, message).help("shorten it"));
    }
}

fn ports<'a>(names: impl Iterator<Item = &'a str>, what: &str, of: &str, place: Place, found: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for name in names {
        let argo = port(name);
        if argo.is_empty() {
            let message = format!("the name `{name}` of an {what} of `{of}` has neither a letter nor a digit");
            found.push(Diagnostic::error(NAME, place, message).help("give it a name with letters"));
        } else if let Some(other) = seen.insert(argo, name) {
            found.push(same(&format!("{what}s"), other, name, &format!("`{of}`"), place));
        }
    }
}

fn same(what: &str, one: &str, two: &str, of: &str, place: Place) -> Diagnostic {
    let message = if one == two {
        format!("{of} has two {what} called `{one}`")
    } else {
        format!("the {what} `{one}` and `{two}` of {of} have the same name in Argo")
    };
    Diagnostic::error(SAME_NAME, place, message).help("rename one of them")
}

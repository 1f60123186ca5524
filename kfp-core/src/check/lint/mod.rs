//! What is legal and probably not meant. Looked for once nothing is wrong, so that no warning follows from an error.

mod always;
mod cache;
mod gpu;
mod image;
mod memory;
mod retry;
mod secret;
mod unused;

use super::nodes;
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Graph, Node, NodeKind, Op, Options, Task};
use kfp_grammar::Code;
use std::borrow::Cow;

/// The warnings of a graph without errors, whether they are allowed or not.
pub(super) fn lint(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    unused::check(graph, &mut found);
    always::check(graph, &mut found);
    retry::check(graph, &mut found);
    gpu::check(graph, &mut found);
    image::check(graph, &mut found);
    memory::check(graph, &mut found);
    secret::check(graph, &mut found);
    cache::check(graph, &mut found);
    found
}

/// A task with its operation and what both say about the pod.
struct Pod<'g> {
    node: &'g Node,
    task: &'g Task,
    op: &'g Op,
    options: Cow<'g, Options>,
}

/// The tasks that are pods or resources.
fn pods(graph: &Graph) -> impl Iterator<Item = Pod<'_>> {
    nodes(graph).filter_map(|(_, node)| match &node.kind {
        NodeKind::Task(task) => {
            let op = &graph[task.op];
            Some(Pod { node, task, op, options: graph.options(task) })
        }
        _ => None,
    })
}

/// Adds a warning unless the same is there: what a component says is found at each of its tasks.
fn warn(found: &mut Vec<Diagnostic>, code: Code, place: Place, message: String, help: &str) {
    let warning = Diagnostic::warning(code, place, message).help(help);
    if !found.contains(&warning) {
        found.push(warning);
    }
}

/// An output, or all of a task, that nobody uses.
const OUTPUT: Code = Code(220);
/// A parameter of a pipeline that nobody uses.
const PARAMETER: Code = Code(221);
/// A condition that is always true, or never.
const ALWAYS: Code = Code(222);
/// A retry of something that is not safe to repeat.
const RETRY: Code = Code(223);
/// A GPU without a limit.
const GPU: Code = Code(224);
/// An image that changes under its name.
const IMAGE: Code = Code(225);
/// A secret in plain text.
const SECRET: Code = Code(226);
/// Memory that no program runs with.
const MEMORY: Code = Code(382);
/// A cached task that is there for its effect.
const CACHE: Code = Code(227);

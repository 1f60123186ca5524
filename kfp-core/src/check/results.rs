//! Branches and outputs that lack what they promise.

use super::{OUTPUT, nodes};
use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, NodeKind};

/// Finds branches with a value in which an arm has none, and pipelines whose callers want an output that is not declared.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for (_, node) in nodes(graph) {
        let NodeKind::Branch(branch) = &node.kind else { continue };
        if branch.output.is_none() {
            continue;
        }
        let is_complete = branch.arms.last().is_some_and(|arm| arm.condition.is_none());
        if !is_complete || branch.arms.iter().any(|arm| arm.result.is_none()) {
            let message = "this `if` gives a value, and not in every case";
            let help = "end every branch in a value, and add an `else` (or `_` in a `match`)";
            found.push(Diagnostic::error(OUTPUT, node.place, message).help(help));
        }
    }
}

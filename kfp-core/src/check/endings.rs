//! Outputs of tasks that may have failed: they exist only where the task is known to have succeeded.

use super::called;
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{BlockId, Comparison, Condition, Graph, NodeId, NodeKind, Operand, Source, Trigger};
use kfp_grammar::Code;

/// An output of a task that may have failed.
const MAY_HAVE_FAILED: Code = Code(270);
/// An output of a task in a hook that runs when there is none.
const IN_HOOK: Code = Code(271);

/// Whether an output of a node exists in a block, where the conditions of these choices hold.
pub(super) fn may_read(
    graph: &Graph,
    owners: &[Option<NodeId>],
    node: NodeId,
    block: BlockId,
    assumed: &[Condition],
) -> bool {
    let ending = &graph[node].ending;
    if ending.is_plain() {
        return true;
    }
    let mut inner = block;
    loop {
        if let Some(hook) = ending.hooks.iter().find(|hook| hook.block == inner) {
            return hook.on == Trigger::Success;
        }
        let Some(owner) = owners[inner.0 as usize] else { break };
        if let NodeKind::Branch(branch) = &graph[owner].kind
            && let Some(index) = branch.arms.iter().position(|arm| arm.block == inner)
        {
            let own = branch.arms[index].condition.iter().any(|condition| says(graph, condition, node, true));
            let before = branch.arms[..index].iter().filter_map(|arm| arm.condition.as_ref());
            if own || before.into_iter().any(|condition| says(graph, condition, node, false)) {
                return true;
            }
        }
        inner = graph[owner].block;
    }
    !ending.caught || assumed.iter().any(|condition| says(graph, condition, node, true))
}

/// Whether a condition that holds (or does not) says that the node has succeeded.
fn says(graph: &Graph, condition: &Condition, node: NodeId, holds: bool) -> bool {
    match condition {
        Condition::Compare { left: Operand::Value(left), comparison, right: Operand::Literal(right), .. } => {
            let wanted = if holds { Comparison::Eq } else { Comparison::Ne };
            graph[*left].source == Source::Status(Some(node)) && *comparison == wanted && right == "Succeeded"
        }
        Condition::Not(condition) => says(graph, condition, node, !holds),
        Condition::And(left, right) if holds => says(graph, left, node, true) || says(graph, right, node, true),
        Condition::Or(left, right) if !holds => says(graph, left, node, false) || says(graph, right, node, false),
        _ => false,
    }
}

/// What is wrong with reading it.
pub(super) fn unread(graph: &Graph, node: NodeId, place: Place) -> Diagnostic {
    let task = called(graph, node);
    if graph[node].ending.caught {
        let message = format!("{task} may have failed, and then the output that is used here does not exist");
        return Diagnostic::error(MAY_HAVE_FAILED, place, message)
            .related(graph[node].place, "its `.outcome()` is asked for")
            .help("use it in `if let Ok(task) = outcome { .. }`, or `outcome.unwrap_or(..)`");
    }
    Diagnostic::error(IN_HOOK, place, format!("{task} has no output where this hook runs: it has not succeeded"))
        .related(graph[node].place, "it is made here")
        .help("use its outputs in `.on_success(|task| ..)`")
}

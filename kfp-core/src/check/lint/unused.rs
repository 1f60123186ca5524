//! Outputs and parameters that nobody uses.

use super::{OUTPUT, PARAMETER, nodes, pods, warn};
use crate::diagnostic::Diagnostic;
use crate::graph::{Condition, Graph, InputKind, Node, NodeKind, OpBody, Operand, OutputKind, Part, Source, ValueId};
use std::collections::HashSet;

/// Warns of tasks that compute values which nobody takes, and of parameters that change nothing.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let used = used(graph);
    outputs(graph, &used, found);
    parameters(graph, &used, found);
}

/// A task is there for its effect if it gives a file, which is kept, or if it is never cached; if it gives values only
/// and nobody takes any, its work is lost.
fn outputs(graph: &Graph, used: &HashSet<ValueId>, found: &mut Vec<Diagnostic>) {
    let taken: HashSet<_> = used
        .iter()
        .filter_map(|value| match graph[*value].source {
            Source::Output { node, .. } => Some(node),
            _ => None,
        })
        .chain(graph.nodes.iter().flat_map(|node| node.after.iter().copied()))
        .collect();
    for ((id, _), pod) in nodes(graph).filter(|(_, node)| matches!(node.kind, NodeKind::Task(_))).zip(pods(graph)) {
        let is_container = matches!(pod.op.body, OpBody::Container(_));
        let outputs = &pod.op.outputs;
        let values_only = outputs.iter().all(|output| matches!(output.kind, OutputKind::File { .. }));
        if is_container
            && values_only
            && !outputs.is_empty()
            && pod.options.caching != Some(false)
            && !taken.contains(&id)
        {
            let names: Vec<String> = outputs.iter().map(|output| format!("`{}`", output.name)).collect();
            let message = format!("nobody takes {} of `{}`", names.join(", "), pod.node.name);
            let help = "pass it on, give it out of the pipeline, or drop it on purpose: `let _ = ..`";
            warn(found, OUTPUT, pod.node.place, message, help);
        }
    }
}

fn parameters(graph: &Graph, used: &HashSet<ValueId>, found: &mut Vec<Diagnostic>) {
    let taken: HashSet<_> = used
        .iter()
        .filter_map(|value| match graph[*value].source {
            Source::Param { pipeline, index } => Some((pipeline, index)),
            _ => None,
        })
        .collect();
    for (part, place) in &graph.places {
        let Part::Param(pipeline, index) = *part else { continue };
        let Some(param) = graph[pipeline].params.get(index as usize) else { continue };
        if matches!(param.kind, InputKind::Parameter { .. }) && !taken.contains(&(pipeline, index)) {
            let message = format!("no task depends on the parameter `{}`", param.name);
            let help = "use it, or remove it: whoever starts a run would set it without effect";
            warn(found, PARAMETER, *place, message, help);
        }
    }
}

/// Every value that something in the graph reads.
fn used(graph: &Graph) -> HashSet<ValueId> {
    let mut reader = Reader { graph, used: HashSet::new() };
    graph.nodes.iter().for_each(|node| reader.node(node));
    graph.pipelines.iter().flat_map(|pipeline| &pipeline.outputs).for_each(|(_, _, output)| reader.operand(output));
    reader.used
}

struct Reader<'g> {
    graph: &'g Graph,
    used: HashSet<ValueId>,
}

impl Reader<'_> {
    fn node(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::Task(task) => {
                task.args.iter().flatten().for_each(|arg| self.operand(arg));
                task.extra.iter().for_each(|(_, arg)| self.operand(arg));
            }
            NodeKind::Call(call) => call.args.iter().flatten().for_each(|arg| self.operand(arg)),
            NodeKind::Branch(branch) => {
                for arm in &branch.arms {
                    arm.condition.iter().for_each(|condition| self.condition(condition));
                    arm.result.iter().for_each(|result| self.operand(result));
                }
            }
            NodeKind::Loop(each) => {
                self.operand(&each.items);
                each.collects.iter().for_each(|(_, operand)| self.operand(operand));
            }
            NodeKind::Guard(guard) => guard.output.iter().for_each(|(_, operand)| self.operand(operand)),
        }
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::Compare { left, right, .. } => {
                self.operand(left);
                self.operand(right);
            }
            Condition::Holds(value) => self.value(*value),
            Condition::Not(condition) => self.condition(condition),
            Condition::And(left, right) | Condition::Or(left, right) => {
                self.condition(left);
                self.condition(right);
            }
        }
    }

    fn operand(&mut self, operand: &Operand) {
        match operand {
            Operand::Literal(_) | Operand::Placeholder(_) => {}
            Operand::Value(value) => self.value(*value),
            Operand::List(elements) => elements.iter().for_each(|(element, _)| self.operand(element)),
            Operand::Json(operand, _) => self.operand(operand),
            Operand::Location(location) => location.operands().for_each(|part| self.operand(part)),
        }
    }

    fn value(&mut self, value: ValueId) {
        if !self.used.insert(value) {
            return;
        }
        match &self.graph[value].source {
            Source::Field { of, .. } => self.value(*of),
            Source::Text(operands) => operands.iter().for_each(|operand| self.operand(operand)),
            _ => {}
        }
    }
}

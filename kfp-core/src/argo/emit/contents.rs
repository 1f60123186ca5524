//! Files whose text somebody reads. Their tasks give them as parameters as well; of all others that would be a waste, or
//! more than a parameter can hold.

use crate::graph::{Condition, Graph, InputKind, NodeId, NodeKind, OpId, Operand, Source, ValueId};
use std::collections::{BTreeSet, HashMap, HashSet};

/// For each task its outputs that are read.
pub(super) fn contents(graph: &Graph) -> HashMap<NodeId, BTreeSet<u32>> {
    let mut reads = Reads { graph, contents: HashMap::new(), seen: HashSet::new() };
    if !graph.values.iter().any(|value| matches!(value.source, Source::Content(_))) {
        return reads.contents;
    }
    for node in &graph.nodes {
        reads.node(&node.kind);
    }
    for pipeline in &graph.pipelines {
        pipeline.outputs.iter().for_each(|(_, _, operand)| reads.operand(operand));
    }
    reads.contents
}

struct Reads<'g> {
    graph: &'g Graph,
    contents: HashMap<NodeId, BTreeSet<u32>>,
    seen: HashSet<ValueId>,
}

impl Reads<'_> {
    fn node(&mut self, kind: &NodeKind) {
        match kind {
            NodeKind::Task(task) => {
                self.task_args(task.op, &task.args);
                task.extra.iter().for_each(|(_, arg)| self.operand(arg));
            }
            NodeKind::Call(call) => {
                let params = &self.graph[call.pipeline].params;
                for (param, arg) in params.iter().zip(&call.args) {
                    self.arg(&param.kind, arg.as_ref());
                }
            }
            NodeKind::Branch(branch) => {
                branch.arms.iter().filter_map(|arm| arm.condition.as_ref()).for_each(|c| self.condition(c));
                branch.arms.iter().filter_map(|arm| arm.result.as_ref()).for_each(|result| self.operand(result));
            }
            NodeKind::Loop(each) => {
                self.operand(&each.items);
                each.collects.iter().for_each(|(_, operand)| self.operand(operand));
            }
            NodeKind::Guard(guard) => guard.output.iter().for_each(|(_, operand)| self.operand(operand)),
        }
    }

    fn task_args(&mut self, op: OpId, args: &[Option<Operand>]) {
        for (input, arg) in self.graph[op].inputs.iter().zip(args) {
            self.arg(&input.kind, arg.as_ref());
        }
    }

    /// What takes a file is given the file.
    fn arg(&mut self, kind: &InputKind, arg: Option<&Operand>) {
        match (kind, arg) {
            (InputKind::Artifact(_), Some(Operand::Value(value)))
                if matches!(self.graph[*value].source, Source::Content(_)) => {}
            (_, arg) => arg.into_iter().for_each(|arg| self.operand(arg)),
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

    fn value(&mut self, id: ValueId) {
        if !self.seen.insert(id) {
            return;
        }
        match &self.graph[id].source {
            Source::Content(of) => {
                if let Source::Output { node, index } = self.graph[*of].source {
                    self.contents.entry(node).or_default().insert(index);
                }
            }
            Source::Field { of, .. } => self.value(*of),
            Source::Text(operands) => operands.iter().for_each(|operand| self.operand(operand)),
            Source::Choice(choice) => {
                self.condition(&choice.condition);
                self.operand(&choice.then);
                self.operand(&choice.otherwise);
            }
            Source::Output { .. }
            | Source::ExitCode(_)
            | Source::Address(_)
            | Source::Param { .. }
            | Source::Item(_)
            | Source::Status(_)
            | Source::Failures => {}
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
}

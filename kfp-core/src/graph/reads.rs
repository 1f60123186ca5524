//! Which values something in a graph reads.

use super::{Condition, Graph, InputKind, Node, NodeKind, Operand, Source, ValueId};
use crate::hash::HashSet;

/// Collects the values that are read, at first hand or through other values, each once.
pub(crate) struct Reads<'g> {
    graph: &'g Graph,
    texts_only: bool,
    seen: HashSet<ValueId>,
    /// What was read, in the order in which it was met.
    pub(crate) values: Vec<ValueId>,
}

impl<'g> Reads<'g> {
    pub(crate) fn new(graph: &'g Graph) -> Self {
        Self { graph, texts_only: false, seen: HashSet::default(), values: Vec::new() }
    }

    /// Passes over files whose text is given to an input that takes a file: it is given the file.
    pub(crate) fn of_texts(graph: &'g Graph) -> Self {
        Self { texts_only: true, ..Self::new(graph) }
    }

    /// What a node asks and is given; what the nodes in its blocks read is theirs.
    pub(crate) fn node(&mut self, node: &Node) {
        let graph = self.graph;
        match &node.kind {
            NodeKind::Task(task) => {
                self.args(graph[task.op].inputs.iter().map(|input| &input.kind), &task.args);
                task.extra.iter().for_each(|(_, arg)| self.operand(arg));
            }
            NodeKind::Call(call) => {
                self.args(graph[call.pipeline].params.iter().map(|param| &param.kind), &call.args);
            }
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
            NodeKind::Guard(guard) => {
                guard.extra.iter().for_each(|(_, operand)| self.operand(operand));
                guard.output.iter().for_each(|(_, operand)| self.operand(operand));
            }
        }
    }

    fn args<'k>(&mut self, inputs: impl Iterator<Item = &'k InputKind>, args: &[Option<Operand>]) {
        for (kind, arg) in inputs.zip(args) {
            if let Some(arg) = arg
                && !(self.texts_only && self.is_file(kind, arg))
            {
                self.operand(arg);
            }
        }
    }

    fn is_file(&self, kind: &InputKind, arg: &Operand) -> bool {
        matches!((kind, arg), (InputKind::Artifact(_), Operand::Value(value))
            if matches!(self.graph[*value].source, Source::Content(_)))
    }

    pub(crate) fn operand(&mut self, operand: &Operand) {
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
        self.values.push(id);
        let graph = self.graph;
        match &graph[id].source {
            Source::Field { of, .. } | Source::Content(of) => self.value(*of),
            Source::Text(operands) => operands.iter().for_each(|operand| self.operand(operand)),
            Source::Range(ends) => ends.iter().for_each(|end| self.operand(end)),
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

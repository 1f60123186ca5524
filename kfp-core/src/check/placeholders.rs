//! Placeholders where Argo does not know them.

use super::{PLACEHOLDER, nodes};
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Condition, Graph, NodeKind, Operand, Placeholder};

/// Looks at everything that is no argument of a task, where all of them are known.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let mut looker = Looker { graph, found };
    for pipeline in &graph.pipelines {
        for (.., output) in &pipeline.outputs {
            looker.result(output, pipeline.place);
        }
    }
    for (_, node) in nodes(graph) {
        let place = node.place;
        match &node.kind {
            NodeKind::Task(task) => {
                let args = task.args.iter().flatten().chain(task.extra.iter().map(|(_, arg)| arg));
                args.for_each(|arg| looker.argument(arg, place));
            }
            NodeKind::Call(call) => call.args.iter().flatten().for_each(|arg| looker.around(arg, place)),
            NodeKind::Branch(branch) => {
                for arm in &branch.arms {
                    arm.condition.iter().for_each(|condition| looker.condition(condition, place));
                    arm.result.iter().for_each(|result| looker.result(result, place));
                }
            }
            NodeKind::Loop(each) => {
                looker.around(&each.items, place);
                each.collects.iter().for_each(|(_, result)| looker.result(result, place));
            }
            NodeKind::Guard(guard) => {
                guard.extra.iter().for_each(|(_, value)| looker.around(value, place));
                guard.output.iter().for_each(|(_, result)| looker.result(result, place));
            }
        }
    }
}

struct Looker<'g, 'f> {
    graph: &'g Graph,
    found: &'f mut Vec<Diagnostic>,
}

impl Looker<'_, '_> {
    /// An argument of a task.
    fn argument(&mut self, operand: &Operand, place: Place) {
        self.known(operand, place);
        if self.graph.is_of_pod(operand) && !self.graph.is_constant(operand) {
            let message = "the name of the pod and a value of the run cannot be in one text";
            self.say(place, message.to_owned(), "pass them as two arguments");
        }
    }

    /// What is looked at while no pod is there.
    fn around(&mut self, operand: &Operand, place: Place) {
        self.known(operand, place);
        if let Some(placeholder) = self.graph.placeholders(operand).into_iter().find(|it| it.is_of_pod()) {
            let message = format!("`{}` is only known to a task", placeholder.tags());
            self.say(place, message, "pass it to the task that uses it");
        }
    }

    fn condition(&mut self, condition: &Condition, place: Place) {
        match condition {
            Condition::Compare { left, right, .. } => {
                self.around(left, place);
                self.around(right, place);
            }
            Condition::Holds(value) => self.around(&Operand::Value(*value), place),
            Condition::Not(inner) => self.condition(inner, place),
            Condition::And(left, right) | Condition::Or(left, right) => {
                self.condition(left, place);
                self.condition(right, place);
            }
        }
    }

    /// What a block or a pipeline gives: Argo puts that together without what it knows of the run.
    fn result(&mut self, operand: &Operand, place: Place) {
        if let Some(placeholder) = self.graph.placeholders(operand).first() {
            let message = format!("`{}` cannot be given out of a block or a pipeline", placeholder.tags());
            self.say(place, message, "it is the same in the whole run: use it where it is wanted");
        }
    }

    fn known(&mut self, operand: &Operand, place: Place) {
        let conf = self.graph.pipelines.first().map(|main| &main.conf);
        let without = conf.is_some_and(|conf| conf.priority.is_none());
        if without && self.graph.placeholders(operand).contains(&Placeholder::Priority) {
            let message = format!("`{}` is not known: the pipeline says no priority", Placeholder::Priority.tags());
            self.say(place, message, "write `#[pipeline(priority = 0)]`");
        }
        let without = conf.is_some_and(|conf| conf.cron.is_none());
        if without && self.graph.placeholders(operand).contains(&Placeholder::ScheduledTime) {
            let message = format!("`{}` is not known: the pipeline has no schedule", Placeholder::ScheduledTime.tags());
            self.say(place, message, "write `#[pipeline(schedule = \"0 2 * * *\")]`");
        }
    }

    fn say(&mut self, place: Place, message: String, help: &str) {
        self.found.push(Diagnostic::error(PLACEHOLDER, place, message).help(help));
    }
}

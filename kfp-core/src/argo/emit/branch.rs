//! `if` and `match`.

use super::Emitter;
use super::block::{Child, Given, dag_template, push_output};
use super::condition::exclusive;
use super::frame::{Frame, Uses};
use super::layout::group_name;
use super::naming::Unique;
use super::resolve::choices;
use super::text::{Binding, Expr, Reference, Text};
use crate::argo::{Dag, Outputs, Task};
use crate::graph::{Arm, Branch, NodeId, Shape};

impl Emitter<'_> {
    /// A branch: its arms as tasks of the block; with a value, one task whose template holds the arms.
    pub(super) fn branch(&mut self, frame: &mut Frame, id: NodeId, branch: &Branch, tasks: &mut Vec<Task>) {
        if let Some(shape) = &branch.output {
            tasks.push(self.one_of(frame, id, branch, shape));
            return;
        }
        let names = self.layout.tasks[id.0 as usize].clone();
        let mut uses = Vec::new();
        let conditions: Vec<_> = branch.arms.iter().map(|arm| self.arm_condition(frame, &mut uses, arm)).collect();
        // The condition of an arm names what those of the arms before it name; not what those after it name.
        let mut uses: Vec<Uses> = uses
            .iter()
            .scan(Uses::new(), |all, own: &Uses| {
                all.extend(own);
                Some(all.clone())
            })
            .collect();
        for (index, when) in exclusive(&conditions).into_iter().enumerate() {
            if !names[index].is_empty() {
                let name = names[index].clone();
                let template = self.templates.name(&name);
                let child = self.block(template, branch.arms[index].block, Frame::new(None), &[]);
                let task = self.arm(frame, name, &child, &when, &mut uses[index]);
                tasks.push(Task { dependencies: self.dependencies(id, &uses[index]), ..task });
            }
        }
    }

    fn arm_condition(&mut self, frame: &mut Frame, uses: &mut Vec<Uses>, arm: &Arm) -> Option<Expr> {
        let mut own = Uses::new();
        let condition = arm.condition.as_ref().map(|condition| self.condition(frame, &mut own, condition));
        uses.push(own);
        condition
    }

    fn arm(&mut self, frame: &mut Frame, name: String, child: &Child, when: &Expr, uses: &mut Uses) -> Task {
        let arguments = self.pass(frame, uses, child, |_| None);
        Task { name, template: Some(child.template.clone()), when: Some(when.tag()), arguments, ..Task::default() }
    }

    /// The arms in a template of their own, which gives the value of the one that ran.
    ///
    /// Which one ran is read off its status, so that the expression never looks at an output of a skipped task. An arm
    /// gets no default for its output: it is looked at only when the arm has succeeded, and then a default could do
    /// nothing but hide that there is none.
    fn one_of(&mut self, frame: &mut Frame, id: NodeId, branch: &Branch, shape: &Shape) -> Task {
        let name = self.layout.task(id).to_owned();
        let template = self.templates.name(&name);
        let slot = self.templates.open();
        let mut inner = Frame::new(None);
        let mut names = Unique::default();
        let mut unused = Vec::new();
        let conditions: Vec<_> =
            branch.arms.iter().map(|arm| self.arm_condition(&mut inner, &mut unused, arm)).collect();
        let mut tasks = Vec::new();
        let is_read = !self.layout.contents.of_node(id).is_empty();
        let shapes = std::iter::once(shape).chain(is_read.then_some(&Shape::Text));
        let mut results: Vec<_> = shapes.map(|shape| (shape, Vec::new())).collect();
        for (index, when) in exclusive(&conditions).into_iter().enumerate() {
            let arm = &branch.arms[index];
            let Some(result) = &arm.result else { continue };
            let given: Vec<_> = Given::new(shape, result).with_text(is_read).collect();
            if self.layout.has_tasks(self.graph, arm.block) {
                let own = names.number(&group_name(&self.graph[id], "condition"));
                let arm_template = self.templates.name(&format!("{name}-{own}"));
                let child = self.block(arm_template, arm.block, Frame::new(None), &given);
                let task = self.arm(&mut inner, own, &child, &when, &mut Uses::new());
                for (shape, results) in &mut results {
                    let condition = conditions[index].as_ref().map(|_| succeeded(&task.name));
                    results.push((condition, output(&task.name, shape)));
                }
                tasks.push(task);
            } else {
                for ((_, results), given) in results.iter_mut().zip(&given) {
                    results.push((conditions[index].clone(), self.given(&mut inner, given).expr()));
                }
            }
        }
        if tasks.is_empty() {
            tasks.push(self.never(&mut inner, &template));
        }
        let mut outputs = Outputs::default();
        for (shape, results) in results {
            push_output(&mut outputs, super::OUTPUT.to_owned(), shape, &Text::Expr(choices(results)));
        }
        let dag = Dag { tasks, ..Dag::default() };
        self.templates.close(slot, dag_template(template.clone(), &inner, outputs, dag));
        let child = Child { template, inputs: inner.inputs };
        self.wrapped(frame, id, name, child)
    }

    /// A task that is always skipped, for a template that only chooses: a DAG needs a task, and this one needs no pod.
    fn never(&mut self, inner: &mut Frame, template: &str) -> Task {
        let child = Child { template: template.to_owned(), inputs: inner.inputs.clone() };
        self.arm(inner, "never".to_owned(), &child, &Expr::atom("false"), &mut Uses::new())
    }

    /// The task that calls a template around a construct.
    pub(super) fn wrapped(&mut self, frame: &mut Frame, id: NodeId, name: String, child: Child) -> Task {
        let mut uses = Uses::new();
        let arguments = self.pass(frame, &mut uses, &child, |_| None);
        Task {
            name,
            template: Some(child.template),
            dependencies: self.dependencies(id, &uses),
            arguments,
            ..Task::default()
        }
    }
}

fn succeeded(task: &str) -> Expr {
    let status = Reference::new(["tasks", task, "status"]).expression();
    Expr::new(format!("{status} == 'Succeeded'"), Binding::Compare)
}

fn output(task: &str, shape: &Shape) -> Expr {
    let kind = if matches!(shape, Shape::Artifact(_)) { "artifacts" } else { "parameters" };
    Expr::atom(Reference::new(["tasks", task, "outputs", kind, super::OUTPUT]).expression())
}

//! Tasks of whose end something is asked: what comes after goes on when they have failed, or hooks run.
//!
//! Such a task stands in a template of its own, under its own name. What is around it sees a task like any other, and reads
//! outputs that are always there. Argo's own `hooks` would not do: a failing hook goes unnoticed, only some may read the
//! outputs of their task, and the KFP UI does not show one.

use super::block::{Child, dag_template};
use super::frame::{Atom, Frame, is_artifact};
use super::guard::after;
use super::naming::Unique;
use super::text::{Binding, Expr, Reference, Text};
use super::{Emitter, OUTCOME_EXIT_CODE, OUTCOME_STATUS};
use crate::argo::{Artifact, ContinueOn, Dag, Outputs, Parameter, Suspend, Task, Template, ValueFrom};
use crate::graph::{NodeId, NodeKind, Source};

impl Emitter<'_> {
    /// A node with all that is asked of its end, as tasks of the block.
    pub(super) fn ended(&mut self, frame: &mut Frame, id: NodeId, tasks: &mut Vec<Task>) {
        let ending = &self.graph[id].ending;
        if ending.caught {
            tasks.push(self.caught(frame, id));
        } else if ending.hooks.is_empty() {
            self.bare(frame, id, tasks);
        } else {
            tasks.push(self.hooked(frame, id));
        }
    }

    /// A task whose failure fails nothing else. The template around it succeeds in any case, and says how the task ended.
    ///
    /// It does not end with the task: a task that is skipped counts as what it follows, the innermost last one, and so
    /// a branch that is not taken after a failure would fail all.
    fn caught(&mut self, frame: &mut Frame, id: NodeId) -> Task {
        let name = self.layout.task(id).to_owned();
        let template = self.templates.name(&format!("{name}-outcome"));
        let slot = self.templates.open();
        let mut inner = Frame::new(None);
        let mut tasks = Vec::new();
        match self.graph[id].ending.hooks.is_empty() {
            true => self.bare(&mut inner, id, &mut tasks),
            false => tasks.push(self.hooked(&mut inner, id)),
        }
        for task in &mut tasks {
            task.dependencies.clear();
            task.continue_on = Some(ContinueOn { error: true, failed: true, ..ContinueOn::default() });
        }
        tasks.push(self.nothing(&name));
        let dag = Dag { tasks, ..Dag::default() };
        let outputs = self.outcome(id, &name);
        self.templates.close(slot, dag_template(template.clone(), &inner, outputs, dag));
        self.wrapped(frame, id, name, Child { template, inputs: inner.inputs })
    }

    /// A task without a pod that succeeds after another one.
    fn nothing(&mut self, other: &str) -> Task {
        let suspend = Some(Suspend { duration: Some("0".into()), ..Suspend::default() });
        let template = self.templates.leaf("ended", Template { suspend, ..Template::default() });
        let mut names = Unique::default();
        names.take(other);
        let dependencies = vec![other.to_owned()];
        Task { name: names.take("ended"), template: Some(template), dependencies, ..Task::default() }
    }

    /// How it ended, and its outputs: a parameter that does not exist is empty, an artifact missing.
    fn outcome(&self, id: NodeId, task: &str) -> Outputs {
        let mut outputs = Outputs::default();
        let status = Reference::new(["tasks", task, "status"]);
        push(&mut outputs, OUTCOME_STATUS, ValueFrom { expression: Some(status.expression()), ..ValueFrom::default() });
        let asks = |value: &crate::graph::Value| value.source == Source::ExitCode(id);
        if self.graph.values.iter().any(asks) {
            let code = exit_code(task).text;
            push(&mut outputs, OUTCOME_EXIT_CODE, ValueFrom { expression: Some(code), ..ValueFrom::default() });
        }
        let succeeded = Expr::new(format!("{} == 'Succeeded'", status.expression()), Binding::Compare);
        for index in self.outputs_of(id) {
            let name = self.output_name(id, index);
            if is_artifact(self.graph, &Atom::Output(id, index)) {
                let from = Some(Reference::new(["tasks", task, "outputs", "artifacts", &name]).tag());
                outputs.artifacts.push(Artifact { name: name.clone(), from, optional: true, ..Artifact::default() });
            }
            if self.is_text(id, index, &name) {
                let value = Expr::atom(Reference::new(["tasks", task, "outputs", "parameters", &name]).expression());
                let expression = Some(Expr::choice(&succeeded, &value, &Expr::atom("''")).text);
                push(&mut outputs, &name, ValueFrom { expression, ..ValueFrom::default() });
            }
        }
        outputs
    }

    /// A task with hooks: they are tasks beside it, each after the ends that it is for. The template ends as the worst of
    /// them all (`target`), and gives what the task gives.
    fn hooked(&mut self, frame: &mut Frame, id: NodeId) -> Task {
        let name = self.layout.task(id).to_owned();
        let template = self.templates.name(&format!("{name}-hooks"));
        let slot = self.templates.open();
        let mut inner = Frame::new(None);
        let mut tasks = Vec::new();
        self.bare(&mut inner, id, &mut tasks);
        for task in &mut tasks {
            task.dependencies.clear();
        }
        let mut names = Unique::default();
        names.take(&name);
        let graph = self.graph;
        for hook in &graph[id].ending.hooks {
            if !self.layout.has_tasks(graph, hook.block) {
                continue;
            }
            let own = names.take(hook.on.name());
            let hook_template = self.templates.name(&format!("{name}-{own}"));
            let child = self.block(hook_template, hook.block, Frame::new(None), &[]);
            let arguments = self.pass(&mut inner, &mut Vec::new(), &child, |atom| self_of(atom, id, &name, graph));
            let depends = Some(after(&name, hook.on));
            tasks.push(Task { name: own, template: Some(child.template), depends, arguments, ..Task::default() });
        }
        let outputs = self.passed_through(id, &name);
        let target = Some(tasks.iter().map(|task| task.name.as_str()).collect::<Vec<_>>().join(" "));
        let dag = Dag { target, fail_fast: Some(false), tasks, ..Dag::default() };
        self.templates.close(slot, dag_template(template.clone(), &inner, outputs, dag));
        self.wrapped(frame, id, name, Child { template, inputs: inner.inputs })
    }

    fn passed_through(&self, id: NodeId, task: &str) -> Outputs {
        let mut outputs = Outputs::default();
        for index in self.outputs_of(id) {
            let name = self.output_name(id, index);
            if is_artifact(self.graph, &Atom::Output(id, index)) {
                let from = Some(Reference::new(["tasks", task, "outputs", "artifacts", &name]).tag());
                outputs.artifacts.push(Artifact { name: name.clone(), from, ..Artifact::default() });
            }
            if self.is_text(id, index, &name) {
                let parameter = Some(Reference::new(["tasks", task, "outputs", "parameters", &name]).tag());
                push(&mut outputs, &name, ValueFrom { parameter, ..ValueFrom::default() });
            }
        }
        outputs
    }

    /// Whether an output is a parameter, or a file whose text somebody reads.
    fn is_text(&self, id: NodeId, index: u32, name: &str) -> bool {
        match is_artifact(self.graph, &Atom::Output(id, index)) {
            true => self.layout.contents.of_node(id).contains(&index),
            false => !super::leaf::is_artifact_of_kfp(name),
        }
    }

    fn outputs_of(&self, id: NodeId) -> std::ops::Range<u32> {
        let count = match &self.graph[id].kind {
            NodeKind::Task(task) => self.graph[task.op].outputs.len(),
            NodeKind::Call(call) => self.graph[call.pipeline].outputs.len(),
            _ => 0,
        };
        0..u32::try_from(count).unwrap_or(u32::MAX)
    }
}

fn push(outputs: &mut Outputs, name: &str, value_from: ValueFrom) {
    let name = name.to_owned();
    outputs.parameters.push(Parameter { name, value_from: Some(value_from.into()), ..Parameter::default() });
}

/// What a hook reads of its own task.
fn self_of(atom: &Atom, id: NodeId, task: &str, graph: &crate::graph::Graph) -> Option<Text> {
    match atom {
        Atom::Output(node, index) | Atom::Content(node, index) if *node == id => {
            let kind = if is_artifact(graph, atom) { "artifacts" } else { "parameters" };
            let name = super::resolve::output_of(graph, id, *index);
            Some(Text::Reference(Reference::new(["tasks", task, "outputs", kind, &name])))
        }
        Atom::Status(node) if *node == id => Some(Text::Reference(Reference::new(["tasks", task, "status"]))),
        Atom::ExitCode(node) if *node == id => Some(Text::Expr(exit_code(task))),
        _ => None,
    }
}

/// A task that ran no container has none. The status is asked for only because it is always there by then: what `??` takes
/// care of alone, Argo evaluates before the task has run.
fn exit_code(task: &str) -> Expr {
    let [status, code] = ["status", "exitCode"].map(|part| Reference::new(["tasks", task, part]).expression());
    Expr::new(format!("{status} == '' ? 'null' : {code} ?? 'null'"), Binding::Choice)
}

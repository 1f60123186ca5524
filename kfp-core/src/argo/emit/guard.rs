//! Blocks with exit handlers.
//!
//! The block and its handlers are tasks of a template of their own. The handlers run when the block has ended, however it
//! ended (`depends`), and the template ends as the worst of them all (`target`); `failFast: false` keeps Argo from giving
//! up the template before the handlers have run. Argo's hooks would not do: a failing hook goes unnoticed, and the KFP UI
//! does not show one.

use super::Emitter;
use super::argo_options::locks;
use super::block::{Child, Given, dag_template};
use super::frame::{Atom, Frame, Uses};
use super::leaf::op_text;
use super::text::{Reference, Text};
use crate::argo::{Artifact, Dag, Outputs, Parameter, RetryStrategy, Synchronization, Task, Template, ValueFrom};
use crate::graph::{BlockId, Guard, Hook, NodeId, OpText, Shape, TextPart, Trigger};
use kfp_grammar::substitution::Use;
use serde_json::Value;

/// The task that runs the block.
const BODY: &str = "body";

/// A body with its handlers.
pub(super) struct Guarded<'a> {
    pub(super) name: &'a str,
    pub(super) body: BlockId,
    /// What the template of the body takes already.
    pub(super) frame: Frame,
    pub(super) handlers: &'a [Hook],
    pub(super) given: Vec<Given<'a>>,
    /// What the status of the body is to the handlers.
    pub(super) status: Atom,
}

impl Emitter<'_> {
    /// A block with exit handlers.
    pub(super) fn guard(&mut self, frame: &mut Frame, id: NodeId, guard: &Guard) -> Task {
        let name = self.layout.task(id).to_owned();
        let template = self.templates.name(&name);
        let is_read = !self.layout.contents.of_node(id).is_empty();
        let given = guard.output.iter().flat_map(|(shape, operand)| Given::new(shape, operand).with_text(is_read));
        let given: Vec<_> = given.collect();
        let mut inner = Frame::new(None);
        let whole = self.whole(&mut inner, id, guard);
        if guard.handlers.is_empty() {
            let position = self.templates.len();
            let child = self.block(template, guard.body, inner, &given);
            whole.lay(self.templates.at(position));
            return self.wrapped(frame, id, name, child);
        }
        let body = self.templates.len() + 1;
        let (handlers, status) = (&guard.handlers, Atom::Status(id));
        let guarded = Guarded { name: &name, body: guard.body, frame: inner, handlers, given, status };
        let child = self.guarded(template, Frame::new(None), guarded);
        if self.layout.has_tasks(self.graph, guard.body) {
            whole.lay(self.templates.at(body));
        }
        self.wrapped(frame, id, name, child)
    }

    /// What a block says of itself as a whole; values in it come into its template from outside.
    fn whole(&mut self, frame: &mut Frame, id: NodeId, guard: &Guard) -> Whole {
        let place = self.graph[id].place;
        let mut text = |text: &OpText| {
            let mut parts = Vec::new();
            for part in &text.0 {
                let named = |name: &str| guard.extra.iter().find(|(input, _)| input.name == name);
                parts.push(match part {
                    TextPart::Parameter(name) if let Some((_, operand)) = named(name) => {
                        self.operand(frame, &mut Uses::new(), operand)
                    }
                    part => op_text(&OpText(vec![part.clone()])),
                });
            }
            self.field(&Text::concat(parts), Use::Template, place)
        };
        let retry = guard.retry.as_ref().map(|retry| texts(retry, &mut text));
        let locks = locks(&guard.mutexes, &[], &mut text);
        let retry = retry.map(|retry| self.model(retry, place));
        Whole { parallelism: guard.parallelism.map(i64::from), fail_fast: guard.fail_fast, retry, locks }
    }

    /// The template around a body and its handlers.
    pub(super) fn guarded(&mut self, template: String, mut frame: Frame, guarded: Guarded<'_>) -> Child {
        let slot = self.templates.open();
        let mut tasks = Vec::new();
        let has_body = self.layout.has_tasks(self.graph, guarded.body);
        if has_body {
            let name = self.templates.name(&format!("{}-{BODY}", guarded.name));
            let child = self.block(name, guarded.body, guarded.frame, &guarded.given);
            tasks.push(self.inner(&mut frame, BODY.to_owned(), child, &guarded.status));
        }
        let mut handlers = super::naming::Unique::default();
        for hook in guarded.handlers {
            // What has no tasks has not failed.
            let runs = has_body || matches!(hook.on, Trigger::Exit | Trigger::Success);
            if runs && self.layout.has_tasks(self.graph, hook.block) {
                let task = handlers.take(hook.on.name());
                let name = self.templates.name(&format!("{}-{task}", guarded.name));
                let child = self.block(name, hook.block, Frame::new(None), &[]);
                let mut handler = self.inner(&mut frame, task, child, &guarded.status);
                handler.depends = has_body.then(|| after(BODY, hook.on));
                tasks.push(handler);
            }
        }
        let outputs = if has_body { passed_on(&guarded.given) } else { Outputs::default() };
        let target = tasks.iter().map(|task| task.name.as_str()).collect::<Vec<_>>().join(" ");
        let dag = Dag { target: Some(target), fail_fast: Some(false), tasks, ..Dag::default() };
        self.templates.close(slot, Template { ..dag_template(template.clone(), &frame, outputs, dag) });
        Child { template, inputs: frame.inputs }
    }

    fn inner(&mut self, frame: &mut Frame, name: String, child: Child, status: &Atom) -> Task {
        let arguments = self.pass(frame, &mut Vec::new(), &child, |atom| {
            (atom == status).then(|| Text::Reference(Reference::new(["tasks", BODY, "status"])))
        });
        Task { name, template: Some(child.template), arguments, ..Task::default() }
    }
}

/// After these ends of a task.
pub(super) fn after(task: &str, on: Trigger) -> String {
    on.results().iter().map(|result| format!("{task}.{result}")).collect::<Vec<_>>().join(" || ")
}

/// What holds for a block as a whole.
struct Whole {
    parallelism: Option<i64>,
    fail_fast: Option<bool>,
    retry: Option<RetryStrategy>,
    locks: Option<Synchronization>,
}

impl Whole {
    fn lay(self, block: &mut Template) {
        limit(block, self.parallelism, self.fail_fast);
        block.retry_strategy = self.retry;
        block.synchronization = self.locks;
    }
}

/// The same JSON with its texts written otherwise.
fn texts(json: &Value, write: &mut impl FnMut(&OpText) -> String) -> Value {
    match json {
        Value::String(text) => write(&OpText::from(text.as_str())).into(),
        Value::Array(items) => items.iter().map(|item| texts(item, write)).collect(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), texts(value, write))).collect(),
        other => other.clone(),
    }
}

/// Limits what runs in a block.
pub(super) fn limit(block: &mut Template, parallelism: Option<i64>, fail_fast: Option<bool>) {
    block.parallelism = parallelism;
    if let Some(dag) = &mut block.dag {
        dag.fail_fast = fail_fast;
    }
}

/// What the body gives, from the template around it.
fn passed_on(given: &[Given<'_>]) -> Outputs {
    let mut outputs = Outputs::default();
    for given in given {
        let name = given.name.clone();
        if let Shape::Artifact(_) = given.shape {
            let from = Some(Reference::new(["tasks", BODY, "outputs", "artifacts", &name]).tag());
            outputs.artifacts.push(Artifact { name, from, ..Artifact::default() });
        } else {
            let parameter = Some(Reference::new(["tasks", BODY, "outputs", "parameters", &name]).tag());
            let value_from = Some(Box::new(ValueFrom { parameter, ..ValueFrom::default() }));
            outputs.parameters.push(Parameter { name, value_from, ..Parameter::default() });
        }
    }
    outputs
}

//! A block as a DAG template.

use super::Emitter;
use super::frame::{Atom, Frame, FrameInput, Uses};
use super::naming::port;
use super::text::Text;
use crate::argo::{
    Arguments, Artifact, Dag, Inputs, Outputs, Parameter, RawArtifact, Task, Template, TemplateRef, ValueFrom,
};
use crate::diagnostic::Place;
use crate::graph::{self, BlockId, Input, InputKind, Location, NodeId, NodeKind, OpBody, Operand, Shape, Source};
use kfp_grammar::substitution::Use;

/// What a block gives: the name, the shape, the value, and how the value is written.
pub(super) struct Given<'a> {
    pub(super) name: String,
    pub(super) shape: &'a Shape,
    pub(super) operand: &'a Operand,
    /// Whether it is the text of a file that is given.
    pub(super) is_content: bool,
    /// Changes the text, as for what a loop collects.
    pub(super) form: fn(Text, &Shape) -> Text,
}

impl<'a> Given<'a> {
    /// The value of a group, as it is.
    pub(super) fn new(shape: &'a Shape, operand: &'a Operand) -> Self {
        Self { name: super::OUTPUT.to_owned(), shape, operand, is_content: false, form: |text, _| text }
    }

    /// The same, and the text of the file that it is where somebody reads that.
    pub(super) fn with_text(self, is_read: bool) -> impl Iterator<Item = Self> {
        let text = Given { name: self.name.clone(), shape: &Shape::Text, is_content: true, ..self };
        std::iter::once(self).chain(is_read.then_some(text))
    }
}

/// A DAG template that was written, for the task that calls it.
pub(super) struct Child {
    pub(super) template: String,
    pub(super) inputs: Vec<FrameInput>,
}

impl Emitter<'_> {
    /// Writes a block, and what it gives.
    pub(super) fn block(&mut self, template: String, block: BlockId, frame: Frame, given: &[Given<'_>]) -> Child {
        let slot = self.templates.open();
        self.blocks.insert(template.clone(), self.graph[block].pipeline);
        let mut frame = frame;
        frame.block = Some(block);
        let place = self.place;
        let mut tasks = Vec::new();
        for &node in &self.graph[block].nodes {
            if self.layout.is_emitted(node) {
                self.place = self.graph[node].place;
                self.ended(&mut frame, node, &mut tasks);
            }
        }
        self.place = place;
        let mut outputs = Outputs::default();
        for given in given {
            let text = self.given(&mut frame, given);
            let text = (given.form)(text, given.shape);
            push_output(&mut outputs, given.name.clone(), given.shape, &text);
        }
        let dag = Dag { tasks, ..Dag::default() };
        self.templates.close(slot, dag_template(template.clone(), &frame, outputs, dag));
        Child { template, inputs: frame.inputs }
    }

    /// What a block gives, where it is in the manifest.
    pub(super) fn given(&mut self, frame: &mut Frame, given: &Given<'_>) -> Text {
        let text = match given.is_content {
            true => self.content_of(frame, &mut Uses::new(), given.operand),
            false => self.operand(frame, &mut Uses::new(), given.operand),
        };
        self.require_plain_parts(&text);
        text
    }

    /// A node by itself.
    pub(super) fn bare(&mut self, frame: &mut Frame, id: NodeId, tasks: &mut Vec<Task>) {
        match &self.graph[id].kind {
            NodeKind::Task(task) => tasks.push(self.task(frame, id, task)),
            NodeKind::Call(call) => tasks.push(self.call(frame, id, call)),
            NodeKind::Branch(branch) => self.branch(frame, id, branch, tasks),
            NodeKind::Loop(each) => tasks.push(self.each(frame, id, each)),
            NodeKind::Guard(guard) => tasks.push(self.guard(frame, id, guard)),
        }
    }

    fn task(&mut self, frame: &mut Frame, id: NodeId, task: &graph::Task) -> Task {
        let op = &self.graph[task.op];
        let place = self.graph[id].place;
        let mut uses = Uses::new();
        let mut arguments = Arguments::default();
        let elsewhere = match &op.body {
            OpBody::Template(template) => Some(template),
            _ => None,
        };
        for (input, arg) in op.inputs.iter().zip(&task.args) {
            // The template of somebody else has not our defaults.
            let default = match &input.kind {
                InputKind::Parameter { default: Some(text), .. } if elsewhere.is_some() && arg.is_none() => {
                    Some(Operand::Literal(text.clone()))
                }
                _ => None,
            };
            self.argument(frame, &mut uses, &mut arguments, input, arg.as_ref().or(default.as_ref()), place);
        }
        for (input, arg) in &task.extra {
            self.argument(frame, &mut uses, &mut arguments, input, Some(arg), place);
        }
        Task {
            name: self.layout.task(id).to_owned(),
            template: elsewhere.is_none().then(|| self.leaf(id, task)),
            template_ref: elsewhere.map(|it| TemplateRef {
                name: it.name.clone(),
                template: it.template.clone(),
                cluster_scope: it.cluster_scope,
                ..TemplateRef::default()
            }),
            dependencies: self.dependencies(id, &uses),
            arguments,
            ..Task::default()
        }
    }

    /// Passes what an input gets; what has a default and gets nothing is not mentioned.
    pub(super) fn argument(
        &mut self,
        frame: &mut Frame,
        uses: &mut Uses,
        arguments: &mut Arguments,
        input: &Input,
        arg: Option<&Operand>,
        place: Place,
    ) {
        let name = port(&input.name);
        if arg.is_some_and(|arg| self.graph.is_of_pod(arg)) {
            // The template has it by itself.
            return;
        }
        let Some(arg) = arg else {
            if !matches!(input.kind, InputKind::Parameter { default: Some(_), .. }) {
                let message = format!("`{}` gets no value and has no default", input.name);
                self.error(super::codes::ARGUMENT, place, message, "pass a value");
            }
            return;
        };
        if let Operand::Location(location) = arg {
            let stored = self.stored(frame, uses, location, place);
            arguments.artifacts.push(Artifact { name, ..stored });
            return;
        }
        let file = self.file(input, arg);
        let arg = file.as_ref().unwrap_or(arg);
        let is_artifact = self.is_artifact(arg);
        let text = self.operand(frame, uses, arg);
        match (&input.kind, is_artifact) {
            (InputKind::Artifact(_), true) => {
                let optional = matches!(arg, Operand::Value(value) if matches!(self.graph[*value].source,
                    Source::Output { node, index } if self.graph.is_optional(node, index)));
                arguments.artifacts.push(Artifact { optional, ..artifact(name, &text) });
            }
            (InputKind::Artifact(_), false) => {
                let data = self.field(&text, Use::Template, place);
                let raw = Some(RawArtifact { data, ..RawArtifact::default() });
                arguments.artifacts.push(Artifact { name, raw, ..Artifact::default() });
            }
            (InputKind::Parameter { .. }, true) => {
                let message = format!("`{}` takes text, and gets an artifact", input.name);
                self.error(super::codes::ARTIFACT, place, message, "make it an `Input<..>`");
            }
            (InputKind::Parameter { .. }, false) => {
                let value = Some(self.field(&text, Use::Value, place).into());
                arguments.parameters.push(Parameter { name, value, ..Parameter::default() });
            }
        }
    }

    /// A file in a store.
    fn stored(&mut self, frame: &mut Frame, uses: &mut Uses, location: &Location, place: Place) -> Artifact {
        let mut fields = Vec::new();
        for (field, parts) in &location.fields {
            let parts = parts.iter().map(|part| self.operand(frame, uses, part)).collect();
            fields.push((*field, self.field(&Text::concat(parts), Use::Template, place)));
        }
        let mut stored = Artifact::default();
        super::files::keep(&mut stored, location.store, fields);
        stored
    }

    /// The file itself, where its text is given to an input that takes files.
    fn file(&self, input: &Input, arg: &Operand) -> Option<Operand> {
        match (&input.kind, arg) {
            (InputKind::Artifact(_), Operand::Value(value)) => match self.graph[*value].source {
                Source::Content(of) => Some(Operand::Value(of)),
                _ => None,
            },
            _ => None,
        }
    }

    fn is_artifact(&self, operand: &Operand) -> bool {
        matches!(operand, Operand::Value(value) if matches!(self.graph[*value].shape, Shape::Artifact(_)))
    }

    /// Passes a template what it takes from here. `provided` is what the calling task itself has to offer.
    pub(super) fn pass(
        &mut self,
        frame: &mut Frame,
        uses: &mut Uses,
        child: &Child,
        provided: impl Fn(&Atom) -> Option<Text>,
    ) -> Arguments {
        let mut arguments = Arguments::default();
        for input in &child.inputs {
            let text = match provided(&input.atom) {
                Some(text) => text,
                None => self.atom(frame, uses, input.atom.clone()),
            };
            let name = input.name.clone();
            if input.is_artifact {
                let optional = self.may_be_missing(&input.atom);
                arguments.artifacts.push(Artifact { optional, ..artifact(name, &text) });
            } else {
                let value = Some(text.field().into());
                arguments.parameters.push(Parameter { name, value, ..Parameter::default() });
            }
        }
        arguments
    }

    /// The edges of a task: what it takes values from, and what `.after` asks for.
    pub(super) fn dependencies(&self, id: NodeId, uses: &[NodeId]) -> Vec<String> {
        let mut nodes = uses.to_vec();
        let mut open = self.layout.waits[id.0 as usize].clone();
        let mut seen = vec![id];
        while let Some(node) = open.pop() {
            if self.layout.is_emitted(node) {
                nodes.push(node);
            } else if !seen.contains(&node) {
                // A group without tasks is over when what it waits for is.
                seen.push(node);
                open.extend(&self.layout.waits[node.0 as usize]);
            }
        }
        nodes.sort_unstable();
        nodes.dedup();
        let tasks = nodes.iter().flat_map(|node| &self.layout.tasks[node.0 as usize]);
        tasks.filter(|task| !task.is_empty()).cloned().collect()
    }
}

/// A DAG template around its tasks.
pub(super) fn dag_template(name: String, frame: &Frame, outputs: Outputs, dag: Dag) -> Template {
    let mut inputs = Inputs::default();
    for input in &frame.inputs {
        let name = input.name.clone();
        if input.is_artifact {
            inputs.artifacts.push(Artifact { name, optional: input.is_optional, ..Artifact::default() });
        } else {
            inputs.parameters.push(Parameter { name, ..Parameter::default() });
        }
    }
    Template { name, inputs, outputs, dag: Some(dag), ..Template::default() }
}

/// An artifact that is passed on.
fn artifact(name: String, text: &Text) -> Artifact {
    match text {
        Text::Reference(reference) => Artifact { name, from: Some(reference.tag()), ..Artifact::default() },
        text => Artifact { name, from_expression: Some(text.expr().text), ..Artifact::default() },
    }
}

/// An output of a DAG. Only a task's output can be named by a tag: an input's tag would be replaced before it is looked up.
pub(super) fn push_output(outputs: &mut Outputs, name: String, shape: &Shape, text: &Text) {
    if let Shape::Artifact(_) = shape {
        outputs.artifacts.push(artifact(name, text));
        return;
    }
    let value_from = match text {
        Text::Reference(reference) if reference.is_task() => {
            ValueFrom { parameter: Some(reference.tag()), ..ValueFrom::default() }
        }
        text => ValueFrom { expression: Some(text.expr().text), ..ValueFrom::default() },
    };
    outputs.parameters.push(Parameter { name, value_from: Some(value_from.into()), ..Parameter::default() });
}

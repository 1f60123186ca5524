//! Pipelines: the entrypoint, those that are called, and the main pipeline's exit handlers.

use super::Emitter;
use super::block::{Child, Given, dag_template};
use super::frame::{Atom, Frame, Uses};
use super::guard::{Guarded, limit};
use super::naming::{kebab, port};
use super::pod::COMPONENT;
use super::text::Reference;
use crate::argo::{Arguments, Artifact, Dag, Outputs, Parameter, Task};
use crate::graph::{Call, Hook, Input, InputKind, NodeId, NodeKind, PipelineId, ROOT_PARAMETER_NAME, Trigger};
use kfp_grammar::name::is_rewritten;
use kfp_grammar::substitution::Use;

const MAIN: PipelineId = PipelineId(0);

impl<'g> Emitter<'g> {
    /// Keeps the names that the user gave for what the user gave them to.
    pub(super) fn reserve_names(&mut self) {
        for pipeline in &self.graph.pipelines {
            self.templates.reserve(&template_name(&pipeline.name, "pipeline"));
        }
        for node in &self.graph.nodes {
            if let NodeKind::Task(task) = &node.kind {
                self.templates.reserve(&template_name(&self.graph[task.op].name, "task"));
            }
        }
    }

    /// The template that the workflow runs: the main pipeline's. Where that has required inputs (it calls itself, or has
    /// outputs), it is run by a template that passes them: to Argo's lint an argument without a value supplies nothing.
    pub(super) fn entrypoint(&mut self) -> String {
        let template = self.pipeline(MAIN);
        if self.runs_once() || !self.graph[MAIN].params.iter().any(is_required) {
            return template;
        }
        let mut arguments = Arguments::default();
        for param in &self.graph[MAIN].params {
            let name = port(&param.name);
            let value = Some(Reference::new(["workflow", "parameters", &name]).tag().into());
            arguments.parameters.push(Parameter { name, value, ..Parameter::default() });
        }
        let entrypoint = self.templates.name("entrypoint");
        let slot = self.templates.open();
        let task = Task { name: template.clone(), template: Some(template), arguments, ..Task::default() };
        let dag = Dag { tasks: vec![task], ..Dag::default() };
        self.templates.close(slot, dag_template(entrypoint.clone(), &Frame::new(None), Outputs::default(), dag));
        entrypoint
    }

    /// What the main pipeline is given where nobody says otherwise.
    pub(super) fn main_arguments(&mut self) -> Arguments {
        let pipeline = &self.graph[MAIN];
        let mut arguments = Arguments::default();
        for param in &pipeline.params {
            let (name, description) = (port(&param.name), described(param));
            match &param.kind {
                InputKind::Parameter { default, .. } => {
                    let used = if self.has_loops() { Use::Item } else { Use::Value };
                    if let Some(default) = default {
                        self.require_plain(default, used, pipeline.place);
                    }
                    arguments.parameters.push(Parameter {
                        name,
                        value: default.clone().map(Into::into),
                        description: description.map(Into::into),
                        choices: param.choices.iter().map(|choice| choice.clone().into()).collect(),
                        ..Parameter::default()
                    });
                }
                InputKind::Artifact(_) => arguments.artifacts.push(Artifact { name, ..Artifact::default() }),
            }
        }
        if let Some(root) = &pipeline.conf.pipeline_root {
            let place = pipeline.conf.place("pipeline_root").unwrap_or(pipeline.place);
            self.require_plain(root, Use::Value, place);
            let (name, value) = (ROOT_PARAMETER_NAME.to_owned(), Some(root.clone().into()));
            arguments.parameters.push(Parameter { name, value, ..Parameter::default() });
        }
        arguments
    }

    /// Whether the template of the main pipeline is the run's alone, so that it may read the parameters of the workflow. Its
    /// outputs cannot: Argo evaluates them without those.
    fn runs_once(&self) -> bool {
        let calls_main =
            |node: &crate::graph::Node| matches!(&node.kind, NodeKind::Call(call) if call.pipeline == MAIN);
        self.graph[MAIN].outputs.is_empty() && !self.graph.nodes.iter().any(calls_main)
    }

    fn has_loops(&self) -> bool {
        self.graph.nodes.iter().any(|node| matches!(node.kind, NodeKind::Loop(_)))
    }

    /// The template of a pipeline, written when it is first asked for. One that is being written is known already: that is
    /// how a pipeline calls itself.
    fn pipeline(&mut self, id: PipelineId) -> String {
        if let Some(template) = self.pipelines.get(&id) {
            return template.clone();
        }
        let graph: &'g _ = self.graph;
        let pipeline = &graph[id];
        let template = self.templates.user_name(&template_name(&pipeline.name, "pipeline"));
        self.pipelines.insert(id, template.clone());
        let mut frame = if id == MAIN && self.runs_once() { Frame::of_run() } else { Frame::new(None) };
        for (index, param) in (0..).zip(&pipeline.params) {
            if !(frame.of_run && is_required(param)) {
                frame.add(Atom::Param(id, index), &port(&param.name), matches!(param.kind, InputKind::Artifact(_)));
            }
            if self.layout.contents.of_param(id, index) {
                frame.add(Atom::ParamContent(id, index), &self.content_name(id, index), false);
            }
        }
        let given: Vec<_> = (0..)
            .zip(&pipeline.outputs)
            .flat_map(|(index, (name, shape, operand))| {
                let given = Given { name: port(name), ..Given::new(shape, operand) };
                given.with_text(self.layout.contents.of_output(id, index))
            })
            .collect();
        let position = self.templates.len();
        let outer_run = self.called_run;
        if id == MAIN || pipeline.exit_handlers.is_empty() {
            self.called_run = None;
            self.block(template.clone(), pipeline.body, frame, &given);
        } else {
            self.called_run = Some(id);
            let handlers: Vec<Hook> =
                pipeline.exit_handlers.iter().map(|&block| Hook { on: Trigger::Exit, block }).collect();
            let guarded = Guarded {
                frame: Frame::new(None),
                name: &template,
                body: pipeline.body,
                handlers: &handlers,
                given,
                status: Atom::RunStatus(id),
            };
            self.guarded(template.clone(), frame, guarded);
        }
        self.called_run = outer_run;
        self.finish_pipeline(id, position);
        template
    }

    /// What only the template of a pipeline has: defaults that some call relies on, and of a called pipeline its limit, and its
    /// name where the template has another.
    fn finish_pipeline(&mut self, id: PipelineId, position: usize) {
        let pipeline = &self.graph[id];
        for (index, param) in pipeline.params.iter().enumerate() {
            if let InputKind::Parameter { default: Some(default), .. } = &param.kind
                && self.layout.pipeline_defaults.contains(&(id, index))
            {
                self.require_plain(default, Use::Value, pipeline.place);
                let name = port(&param.name);
                let inputs = &mut self.templates.at(position).inputs.parameters;
                if let Some(input) = inputs.iter_mut().find(|input| input.name == name) {
                    input.value = Some(default.clone().into());
                }
            }
        }
        if id != MAIN && is_rewritten(&pipeline.name) {
            let name = self.shown_name(&pipeline.name, pipeline.place);
            self.templates.at(position).metadata.annotations.insert(COMPONENT.to_owned(), name);
        }
        if id == MAIN {
            export(&mut self.templates.at(position).outputs);
        }
        // With exit handlers the body of a called pipeline is the next template. The limit of the main one is the run's.
        let is_called = id != MAIN;
        let body = position + usize::from(is_called && !pipeline.exit_handlers.is_empty());
        let parallelism = pipeline.conf.parallelism.filter(|_| is_called).map(i64::from);
        limit(self.templates.at(body), parallelism, pipeline.conf.fail_fast);
    }

    /// A call of a pipeline.
    pub(super) fn call(&mut self, frame: &mut Frame, id: NodeId, call: &Call) -> Task {
        let place = self.graph[id].place;
        let mut uses = Uses::new();
        let mut arguments = Arguments::default();
        for (index, (param, arg)) in (0..).zip(self.graph[call.pipeline].params.iter().zip(&call.args)) {
            self.argument(frame, &mut uses, &mut arguments, param, arg.as_ref(), place);
            if let Some(file) = arg.as_ref().filter(|_| self.layout.contents.of_param(call.pipeline, index)) {
                let text = self.content_of(frame, &mut uses, file);
                let value = Some(self.field(&text, Use::Value, place).into());
                let name = self.content_name(call.pipeline, index);
                arguments.parameters.push(Parameter { name, value, ..Parameter::default() });
            }
        }
        Task {
            name: self.layout.task(id).to_owned(),
            template: Some(self.pipeline(call.pipeline)),
            dependencies: self.dependencies(id, &uses),
            arguments,
            ..Task::default()
        }
    }

    /// The template that runs when the workflow has ended. Argo passes it the arguments of the workflow.
    pub(super) fn on_exit(&mut self) -> Option<String> {
        let graph = self.graph;
        let handlers: Vec<_> =
            graph[MAIN].exit_handlers.iter().copied().filter(|block| self.layout.has_tasks(graph, *block)).collect();
        if handlers.is_empty() {
            return None;
        }
        let template = self.templates.name("on-exit");
        if let [handler] = handlers[..] {
            self.block(template.clone(), handler, Frame::of_run(), &[]);
            return Some(template);
        }
        let slot = self.templates.open();
        let mut frame = Frame::of_run();
        let mut tasks = Vec::new();
        for handler in handlers {
            let name = self.templates.number("on-exit");
            let child: Child = self.block(name.clone(), handler, Frame::new(None), &[]);
            let arguments = self.pass(&mut frame, &mut Uses::new(), &child, |_| None);
            tasks.push(Task { name, template: Some(child.template), arguments, ..Task::default() });
        }
        let dag = Dag { fail_fast: Some(false), tasks, ..Dag::default() };
        self.templates.close(slot, dag_template(template.clone(), &frame, Outputs::default(), dag));
        Some(template)
    }
}

/// Makes the outputs of the main pipeline outputs of the run, where those look who read its status.
fn export(outputs: &mut Outputs) {
    for parameter in &mut outputs.parameters {
        parameter.global_name = Some(parameter.name.clone());
    }
    for artifact in &mut outputs.artifacts {
        artifact.global_name = Some(artifact.name.clone());
    }
}

/// Whether a parameter has to be given for each run. Such a one is read from the workflow: declared as an input, Argo's
/// linter would refuse the manifest for the value that is still to come.
pub(super) fn is_required(param: &Input) -> bool {
    matches!(param.kind, InputKind::Parameter { default: None, .. })
}

/// What it is; first its name, where the manifest has another.
fn described(param: &Input) -> Option<String> {
    match &param.description {
        description if !is_rewritten(&param.name) => description.clone(),
        Some(description) => Some(format!("{}: {description}", param.name)),
        None => Some(param.name.clone()),
    }
}

fn template_name(name: &str, otherwise: &str) -> String {
    match kebab(name) {
        name if name.is_empty() => otherwise.to_owned(),
        name => name,
    }
}

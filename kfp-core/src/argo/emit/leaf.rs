//! An operation as a leaf template.

use super::frame::{Frame, Uses};
use super::naming::{kebab, port};
use super::resolve::output_name;
use super::text::{Reference, Text};
use super::{Emitter, kubernetes};
use crate::argo::{AnyString, Artifact, Inputs, Outputs, Parameter, Suspend, Template, ValueFrom};
use crate::diagnostic::Place;
use crate::graph::{
    Input, InputKind, NodeId, Op, OpBody, OpText, Operand, Options, OutputKind, PipelineId, Placeholder, PodConf, Task,
    TextPart,
};
use kfp_grammar::substitution::Use;
use std::collections::BTreeSet;

impl Emitter<'_> {
    /// The name of the template that a task runs. Tasks that add nothing share the template of their operation.
    pub(super) fn leaf(&mut self, id: NodeId, task: &Task) -> String {
        let contents = self.layout.contents.of_node(id);
        let placing = self.placing(id);
        let adds = task.options.is_some()
            || !task.extra.is_empty()
            || !contents.is_empty()
            || task.args.iter().flatten().any(|arg| self.graph.is_of_pod(arg));
        if !adds && let Some(name) = self.ops.get(&(task.op, placing)) {
            return name.clone();
        }
        let op = &self.graph[task.op];
        let graph = self.graph;
        let pods = placing.map(|pipeline| &graph[pipeline].conf.pods);
        let template = self.leaf_template(op, task, &contents, pods);
        let wanted = match kebab(&op.name) {
            name if name.is_empty() => "task".to_owned(),
            name => name,
        };
        let template = match template.http {
            Some(_) => self.around_request(&wanted, template),
            None => template,
        };
        let name = self.templates.leaf(&wanted, template);
        if !adds {
            self.ops.insert((task.op, placing), name.clone());
        }
        name
    }

    /// The called pipeline that a task stands in, if it says where its tasks run. The main one says it for the whole run.
    fn placing(&self, id: NodeId) -> Option<PipelineId> {
        let pipeline = self.graph[self.graph[id].block].pipeline;
        let pods = &self.graph[pipeline].conf.pods;
        let says = !pods.node_selector.is_empty() || !pods.tolerations.is_empty() || pods.affinity.is_some();
        (pipeline != PipelineId(0) && says).then_some(pipeline)
    }

    fn leaf_template(&mut self, op: &Op, task: &Task, contents: &BTreeSet<u32>, placed: Option<&PodConf>) -> Template {
        let mut options = self.graph.options(task).into_owned();
        if let Some(pods) = placed {
            place(&mut options, pods);
        }
        let mut template =
            Template { inputs: self.inputs(op, task), outputs: outputs(op, contents), ..Template::default() };
        self.files(&mut template, op, &options);
        let inputs: Vec<&Input> = op.inputs.iter().chain(task.extra.iter().map(|(input, _)| input)).collect();
        let run = self.graph.pipelines.first().map_or(&[][..], |main| &main.params);
        let inputs = kubernetes::Inputs { inputs: &inputs, run, place: op.place };
        match &op.body {
            OpBody::Container(container) => self.main_container(&mut template, container, &options, inputs),
            OpBody::Resource(resource) => template.resource = Some(self.resource(resource, inputs).into()),
            OpBody::Set(set) => self.container_set(&mut template, set, &options, inputs),
            OpBody::Http(http) => template.http = Some(self.http(http, op.place)),
            OpBody::Template(_) => {}
            OpBody::Suspend(pause) => {
                let duration = pause.duration.as_ref().map(|text| self.op_text(text, op.place).into());
                template.suspend = Some(Suspend { duration, ..Suspend::default() });
                template.inputs.parameters.extend(op.outputs.iter().filter_map(offered));
            }
        }
        self.pod(&mut template, op, &options, inputs);
        self.argo_options(&mut template, op, &options);
        template
    }

    fn inputs(&mut self, op: &Op, task: &Task) -> Inputs {
        let mut inputs = Inputs::default();
        for (index, input) in op.inputs.iter().enumerate() {
            let name = port(&input.name);
            match &input.kind {
                InputKind::Parameter { default, .. } => {
                    let value = default.as_ref().filter(|_| self.layout.op_defaults.contains(&(task.op, index)));
                    if let Some(default) = value {
                        self.require_plain(default, Use::Value, op.place);
                    }
                    let value = match task.args.get(index) {
                        Some(Some(arg)) if self.graph.is_of_pod(arg) => Some(self.of_pod(arg)),
                        _ => value.cloned().map(Into::into),
                    };
                    inputs.parameters.push(Parameter { name, value, ..Parameter::default() });
                }
                InputKind::Artifact(_) => {
                    let path = Some(input.path());
                    inputs.artifacts.push(Artifact { name, path, ..Artifact::default() });
                }
            }
        }
        for (input, arg) in &task.extra {
            let value = self.graph.is_of_pod(arg).then(|| self.of_pod(arg));
            inputs.parameters.push(Parameter { name: port(&input.name), value, ..Parameter::default() });
        }
        inputs
    }

    /// An argument that only the pod itself knows: the value that its template has by itself, since whoever calls it cannot
    /// say it.
    fn of_pod(&mut self, arg: &Operand) -> AnyString {
        self.operand(&mut Frame::new(None), &mut Uses::new(), arg).field().into()
    }

    pub(super) fn op_texts(&mut self, texts: &[OpText], place: Place) -> Vec<String> {
        texts.iter().map(|text| self.op_text(text, place)).collect()
    }

    /// A text of an operation, with its inputs as tags.
    pub(super) fn op_text(&mut self, text: &OpText, place: Place) -> String {
        self.field(&op_text(text), Use::Template, place)
    }
}

/// Lays what a called pipeline says under what a task says. As in Argo, who says something says all of it.
fn place(options: &mut Options, pods: &PodConf) {
    if options.node_selector.is_empty() {
        let texts = pods.node_selector.iter().map(|(label, value)| (label.clone().into(), value.clone().into()));
        options.node_selector = texts.collect();
    }
    if options.tolerations.is_empty() {
        options.tolerations.clone_from(&pods.tolerations);
    }
    options.affinity = options.affinity.take().or_else(|| pods.affinity.clone());
}

/// The outputs; of those in `contents` somebody reads the text of the file.
fn outputs(op: &Op, contents: &BTreeSet<u32>) -> Outputs {
    let mut outputs = Outputs::default();
    for (index, output) in op.outputs.iter().enumerate() {
        let name = output_name(output);
        if let OutputKind::Artifact { path, .. } = &output.kind
            && u32::try_from(index).is_ok_and(|index| contents.contains(&index))
        {
            let value_from = Some(Box::new(ValueFrom { path: Some(path.clone()), ..ValueFrom::default() }));
            outputs.parameters.push(Parameter { name: name.clone(), value_from, ..Parameter::default() });
        }
        let (path, json_path) = match &output.kind {
            OutputKind::File { path, .. } if !is_artifact_of_kfp(&name) => (Some(path.clone()), None),
            OutputKind::JsonPath { path, .. } => (None, Some(path.clone())),
            OutputKind::Supplied { default, .. } => {
                let default = default.clone().map(Into::into);
                let value_from = ValueFrom { supplied: Some(serde_json::json!({})), default, ..ValueFrom::default() };
                outputs.parameters.push(Parameter {
                    name,
                    value_from: Some(value_from.into()),
                    ..Parameter::default()
                });
                continue;
            }
            OutputKind::Answer { .. } => continue,
            OutputKind::Artifact { path, .. } | OutputKind::File { path, .. } => {
                outputs.artifacts.push(Artifact { name, path: Some(path.clone()), ..Artifact::default() });
                continue;
            }
        };
        let value_from = Some(Box::new(ValueFrom { path, json_path, ..ValueFrom::default() }));
        outputs.parameters.push(Parameter { name, value_from, ..Parameter::default() });
    }
    outputs
}

/// What the user interface offers to the person who supplies an output: it looks at an input of the same name.
fn offered(output: &crate::graph::Output) -> Option<Parameter> {
    let OutputKind::Supplied { choices, default, .. } = &output.kind else { return None };
    let first = default.as_ref().or(choices.first())?;
    Some(Parameter {
        name: output_name(output),
        default: Some(first.clone().into()),
        choices: choices.iter().map(|choice| choice.clone().into()).collect(),
        ..Parameter::default()
    })
}

/// The two outputs that KFP reads are artifacts, however they are declared.
pub(super) fn is_artifact_of_kfp(name: &str) -> bool {
    matches!(name, "mlpipeline-ui-metadata" | "mlpipeline-metrics")
}

/// What Argo knows of the run or of the pod, as references.
pub(super) fn placeholder_text(placeholder: Placeholder) -> Text {
    let mut parts = Vec::new();
    for variable in placeholder.variables() {
        if !parts.is_empty() {
            parts.push(Text::Literal("-".to_owned()));
        }
        let (scope, name) = variable.split_once('.').unwrap_or((variable, ""));
        parts.push(Text::Reference(Reference::new([scope, name])));
    }
    Text::concat(parts)
}

/// A text of an operation, with its inputs as references.
pub(super) fn op_text(text: &OpText) -> Text {
    text_with(text, |name| Reference::new(["inputs", "parameters", &port(name)]))
}

/// The same with parameters that are called otherwise.
pub(super) fn text_with(text: &OpText, parameter: impl Fn(&str) -> Reference) -> Text {
    let part = |part: &TextPart| match part {
        TextPart::Literal(text) => Text::Literal(text.clone()),
        TextPart::Parameter(name) => Text::Reference(parameter(name)),
        TextPart::Placeholder(placeholder) => placeholder_text(*placeholder),
        TextPart::OfRun(name) => Text::Reference(Reference::new(["workflow", "parameters", &port(name)])),
    };
    Text::concat(text.0.iter().map(part).collect())
}

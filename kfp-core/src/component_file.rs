//! Operations as KFP's component files, so that pipelines in Python use them.

use crate::argo;
use crate::graph::{Container, Input, InputKind, Op, OpBody, OpText, Output, OutputKind, Shape, TextPart};
use serde::Serialize;
use std::collections::BTreeMap;

/// The `component.yaml` of an operation that runs a container; none for others. KFP's `func_to_component_text`.
///
/// A file says no resources, retries or volumes: those belong to the tasks of the pipeline that loads it.
pub fn component_file(op: &Op) -> Option<String> {
    let OpBody::Container(container) = &op.body else { return None };
    let file = File {
        name: &op.name,
        description: op.description.as_deref(),
        metadata: metadata(op),
        inputs: op.inputs.iter().map(input).collect(),
        outputs: op.outputs.iter().map(output).collect(),
        implementation: Implementation { container: main(op, container)? },
    };
    Some(argo::to_yaml(&file))
}

#[derive(Serialize)]
struct File<'o> {
    name: &'o str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'o str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    metadata: BTreeMap<&'static str, BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    inputs: Vec<Port<'o>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    outputs: Vec<Port<'o>>,
    implementation: Implementation,
}

#[derive(Serialize)]
struct Port<'o> {
    name: &'o str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'o str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<&'o str>,
}

#[derive(Serialize)]
struct Implementation {
    container: Main,
}

#[derive(Serialize)]
struct Main {
    image: String,
    command: Vec<Argument>,
    args: Vec<Argument>,
}

/// A part of a command line.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Argument {
    InputValue(String),
    InputPath(String),
    OutputPath(String),
    Concat(Vec<Argument>),
    #[serde(untagged)]
    Text(String),
}

fn metadata(op: &Op) -> BTreeMap<&'static str, BTreeMap<String, String>> {
    let mut metadata = BTreeMap::new();
    for (kind, texts) in [("annotations", &op.options.annotations), ("labels", &op.options.labels)] {
        let constant = |(key, text): &(OpText, OpText)| Some((key.literal()?, text.literal()?));
        let texts: BTreeMap<_, _> = texts.iter().filter_map(constant).collect();
        if !texts.is_empty() {
            metadata.insert(kind, texts);
        }
    }
    metadata
}

fn input(input: &Input) -> Port<'_> {
    let (kind, default) = match &input.kind {
        InputKind::Parameter { shape, default } => (name(shape), default.as_deref()),
        InputKind::Artifact(kind) => (name(&Shape::Artifact(kind)), None),
    };
    Port { name: &input.name, kind, description: input.description.as_deref(), default }
}

fn output(output: &Output) -> Port<'_> {
    let kind = match &output.kind {
        OutputKind::File { shape, .. }
        | OutputKind::JsonPath { shape, .. }
        | OutputKind::Supplied { shape, .. }
        | OutputKind::Answer { shape } => name(shape),
        OutputKind::Artifact { kind, .. } => name(&Shape::Artifact(kind)),
    };
    Port { name: &output.name, kind, description: None, default: None }
}

/// KFP's name of a type. JSON that may be anything has none.
fn name(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Text => Some("String"),
        Shape::Bool => Some("Boolean"),
        Shape::Integer => Some("Integer"),
        Shape::Float => Some("Float"),
        Shape::List => Some("JsonArray"),
        Shape::Map => Some("JsonObject"),
        Shape::Json | Shape::Artifact("Artifact") => None,
        Shape::Artifact(kind) => Some(kind),
    }
}

fn main(op: &Op, container: &Container) -> Option<Main> {
    let line = |texts: &[OpText]| texts.iter().map(|text| argument(op, text)).collect::<Option<_>>();
    Some(Main { image: container.image.literal()?, command: line(&container.command)?, args: line(&container.args)? })
}

/// A word of the command line: paths of files and the texts of inputs become KFP's placeholders.
fn argument(op: &Op, text: &OpText) -> Option<Argument> {
    if let Some(literal) = text.literal() {
        return Some(file(op, &literal).unwrap_or(Argument::Text(literal)));
    }
    let part = |part: &TextPart| match part {
        TextPart::Literal(text) => Some(Argument::Text(text.clone())),
        TextPart::Parameter(input) => Some(Argument::InputValue(input.clone())),
        TextPart::Placeholder(_) | TextPart::OfRun(_) => None,
    };
    let mut parts: Vec<Argument> = text.0.iter().map(part).collect::<Option<_>>()?;
    if parts.len() == 1 { parts.pop() } else { Some(Argument::Concat(parts)) }
}

fn file(op: &Op, path: &str) -> Option<Argument> {
    let is_file = |input: &&Input| matches!(input.kind, InputKind::Artifact(_)) && input.path() == path;
    if let Some(input) = op.inputs.iter().find(is_file) {
        return Some(Argument::InputPath(input.name.clone()));
    }
    let is_here = |output: &&Output| match &output.kind {
        OutputKind::File { path: own, .. } | OutputKind::Artifact { path: own, .. } => own == path,
        _ => false,
    };
    op.outputs.iter().find(is_here).map(|output| Argument::OutputPath(output.name.clone()))
}

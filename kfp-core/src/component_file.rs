//! Operations as KFP's component files, so that pipelines in Python use them.

use crate::argo;
use crate::graph::{Container, Input, InputKind, Op, OpBody, OpText, Output, OutputKind, Shape, TextPart};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The `component.yaml` of an operation that runs a container; none for others. KFP's `func_to_component_text`.
///
/// A file says no resources, retries or volumes: those belong to the tasks of the pipeline that loads it.
pub fn component_file(op: &Op) -> Option<String> {
    let OpBody::Container(container) = &op.body else { return None };
    Some(argo::to_yaml(&fields([
        ("name", op.name.as_str().into()),
        ("description", op.description.as_deref().into()),
        ("metadata", metadata(op)),
        ("inputs", op.inputs.iter().map(input).collect()),
        ("outputs", op.outputs.iter().map(output).collect()),
        ("implementation", json!({ "container": main(op, container)? })),
    ])))
}

/// A part of a command line.
enum Argument {
    InputValue(String),
    InputPath(String),
    OutputPath(String),
    Concat(Vec<Argument>),
    Text(String),
}

impl Argument {
    fn json(self) -> Value {
        match self {
            Self::InputValue(name) => json!({ "inputValue": name }),
            Self::InputPath(name) => json!({ "inputPath": name }),
            Self::OutputPath(name) => json!({ "outputPath": name }),
            Self::Concat(parts) => json!({ "concat": list(parts) }),
            Self::Text(text) => text.into(),
        }
    }
}

fn list(arguments: Vec<Argument>) -> Vec<Value> {
    arguments.into_iter().map(Argument::json).collect()
}

/// Fields, without those that are nothing.
fn fields<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let is_there = |value: &Value| match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        _ => true,
    };
    fields.into_iter().filter(|(_, value)| is_there(value)).map(|(name, value)| (name.to_owned(), value)).collect()
}

fn metadata(op: &Op) -> Value {
    let constants = |texts: &[(OpText, OpText)]| -> Value {
        let constant = |(key, text): &(OpText, OpText)| Some((key.literal()?, text.literal()?));
        json!(texts.iter().filter_map(constant).collect::<BTreeMap<String, String>>())
    };
    fields([("annotations", constants(&op.options.annotations)), ("labels", constants(&op.options.labels))])
}

fn input(input: &Input) -> Value {
    let (kind, default) = match &input.kind {
        InputKind::Parameter { shape, default } => (name(shape), default.as_deref()),
        InputKind::Artifact(kind) => (name(&Shape::Artifact(kind)), None),
    };
    fields([
        ("name", input.name.as_str().into()),
        ("type", kind.into()),
        ("description", input.description.as_deref().into()),
        ("default", default.into()),
    ])
}

fn output(output: &Output) -> Value {
    let kind = match &output.kind {
        OutputKind::File { shape, .. }
        | OutputKind::JsonPath { shape, .. }
        | OutputKind::Supplied { shape, .. }
        | OutputKind::Answer { shape } => name(shape),
        OutputKind::Artifact { kind, .. } => name(&Shape::Artifact(kind)),
    };
    fields([("name", output.name.as_str().into()), ("type", kind.into())])
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

fn main(op: &Op, container: &Container) -> Option<Value> {
    let line = |texts: &[OpText]| texts.iter().map(|text| argument(op, text)).collect::<Option<_>>().map(list);
    let image = container.image.literal()?;
    Some(json!({ "image": image, "command": line(&container.command)?, "args": line(&container.args)? }))
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

//! The texts of a task and of a template's outputs that hold variables.

use crate::argo::emit::text::Reference;
use crate::argo::references::scan::{Form, in_expression, in_text};
use crate::argo::{Arguments, Artifact, IntOrString, Outputs, Task};
use serde_json::Value;

/// Puts another variable where `instead` gives one for the parts of a variable.
pub(super) fn in_task(task: &mut Task, instead: &mut dyn FnMut(&[&str]) -> Option<Reference>) {
    for text in task.when.iter_mut().chain(&mut task.with_param) {
        rewrite(text, Form::Simple, instead);
    }
    for item in &mut task.with_items {
        in_value(item, instead);
    }
    let sequence = task.with_sequence.iter_mut();
    for number in sequence.flat_map(|sequence| [&mut sequence.count, &mut sequence.start, &mut sequence.end]) {
        if let Some(IntOrString::String(text)) = number {
            rewrite(text, Form::Simple, instead);
        }
    }
    in_arguments(&mut task.arguments, instead);
    for hook in task.hooks.values_mut() {
        if let Some(text) = &mut hook.expression {
            rewrite(text, Form::Expression, instead);
        }
        in_arguments(&mut hook.arguments, instead);
    }
}

/// The same for what a DAG gives.
pub(super) fn in_outputs(outputs: &mut Outputs, instead: &mut dyn FnMut(&[&str]) -> Option<Reference>) {
    for from in outputs.parameters.iter_mut().filter_map(|parameter| parameter.value_from.as_mut()) {
        if let Some(text) = &mut from.parameter {
            rewrite(text, Form::Simple, instead);
        }
        if let Some(text) = &mut from.expression {
            rewrite(text, Form::Expression, instead);
        }
    }
    for artifact in &mut outputs.artifacts {
        in_artifact(artifact, instead);
    }
}

fn in_arguments(arguments: &mut Arguments, instead: &mut dyn FnMut(&[&str]) -> Option<Reference>) {
    for text in arguments.parameters.iter_mut().filter_map(|parameter| parameter.value.as_mut()) {
        rewrite(&mut text.0, Form::Simple, instead);
    }
    for artifact in &mut arguments.artifacts {
        in_artifact(artifact, instead);
    }
}

fn in_artifact(artifact: &mut Artifact, instead: &mut dyn FnMut(&[&str]) -> Option<Reference>) {
    if let Some(text) = &mut artifact.from {
        rewrite(text, Form::Simple, instead);
    }
    if let Some(text) = &mut artifact.from_expression {
        rewrite(text, Form::Expression, instead);
    }
    if let Some(raw) = &mut artifact.raw {
        rewrite(&mut raw.data, Form::Simple, instead);
    }
    // Where it lies in a store, which a value may say.
    for location in artifact.s3.iter_mut().chain(artifact.other.values_mut()) {
        in_value(location, instead);
    }
}

fn in_value(value: &mut Value, instead: &mut dyn FnMut(&[&str]) -> Option<Reference>) {
    match value {
        Value::String(text) => rewrite(text, Form::Simple, instead),
        Value::Array(items) => items.iter_mut().for_each(|item| in_value(item, instead)),
        Value::Object(fields) => fields.values_mut().for_each(|value| in_value(value, instead)),
        _ => {}
    }
}

fn rewrite(text: &mut String, form: Form, instead: &mut dyn FnMut(&[&str]) -> Option<Reference>) {
    let found = if form == Form::Simple { in_text(text) } else { in_expression(text) };
    let mut new = String::new();
    let mut done = 0;
    for variable in found {
        if let Some(reference) = instead(&variable.path) {
            new.push_str(&text[done..variable.range.start]);
            new.push_str(&if variable.form == Form::Simple { reference.simple() } else { reference.expression() });
            done = variable.range.end;
        }
    }
    if done > 0 {
        new.push_str(&text[done..]);
        *text = new;
    }
}

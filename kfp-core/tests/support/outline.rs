//! A manifest in few lines, for tests that show what a construct becomes.

use kfp_core::argo::{Artifact, Parameter, Task, Template, ValueFrom, Workflow};
use std::fmt::Write;

/// The DAG templates: what each takes, its tasks with edges, conditions, items and arguments, and what it gives.
pub(crate) fn outline(workflow: &Workflow) -> String {
    let mut text = String::new();
    for template in &workflow.spec.templates {
        let Some(dag) = &template.dag else { continue };
        let inputs = names(&template.inputs.parameters, &template.inputs.artifacts);
        let _ = write!(text, "{}({inputs})", template.name);
        let _ = template.parallelism.map(|limit| write!(text, " parallelism {limit}"));
        let _ = dag.target.as_ref().map(|target| write!(text, " target {target}"));
        if dag.fail_fast == Some(false) {
            text.push_str(" to the end");
        }
        text.push('\n');
        for task in &dag.tasks {
            let _ = writeln!(text, "  {}", line(task));
        }
        for output in outputs(template) {
            let _ = writeln!(text, "  = {output}");
        }
    }
    if let Some(handler) = &workflow.spec.on_exit {
        let _ = writeln!(text, "on exit {handler}");
    }
    text
}

fn names(parameters: &[Parameter], artifacts: &[Artifact]) -> String {
    let parameters = parameters.iter().map(|parameter| match &parameter.value {
        Some(value) => format!("{} = {value}", parameter.name),
        None => parameter.name.clone(),
    });
    let artifacts = artifacts.iter().map(|artifact| format!("@{}", artifact.name));
    parameters.chain(artifacts).collect::<Vec<_>>().join(", ")
}

fn line(task: &Task) -> String {
    let mut text = format!("{} -> {}", task.name, task.template.as_deref().unwrap_or("?"));
    let parameters = task.arguments.parameters.iter();
    let mut arguments: Vec<_> =
        parameters.map(|given| format!("{}: {}", given.name, given.value.as_ref().map_or("", |v| v))).collect();
    arguments.extend(task.arguments.artifacts.iter().map(|given| format!("@{}: {}", given.name, source(given))));
    let _ = write!(text, "({})", arguments.join(", "));
    if !task.dependencies.is_empty() {
        let _ = write!(text, " after {}", task.dependencies.join(", "));
    }
    let _ = task.depends.as_ref().map(|depends| write!(text, " after {depends}"));
    let _ = task.when.as_ref().map(|when| write!(text, " when {when}"));
    let _ = task.with_param.as_ref().map(|items| write!(text, " for {items}"));
    if !task.with_items.is_empty() {
        let _ = write!(text, " for {}", serde_json::to_string(&task.with_items).unwrap());
    }
    text
}

fn source(artifact: &Artifact) -> String {
    match (&artifact.from, &artifact.from_expression, &artifact.raw) {
        (Some(from), ..) => from.clone(),
        (_, Some(expression), _) => format!("={expression}"),
        (.., Some(raw)) => format!("raw {}", raw.data),
        _ => "nothing".to_owned(),
    }
}

fn outputs(template: &Template) -> Vec<String> {
    let from = |from: &ValueFrom| match (&from.parameter, &from.expression) {
        (Some(reference), _) => reference.clone(),
        (_, Some(expression)) => format!("={expression}"),
        _ => "nothing".to_owned(),
    };
    let parameters = template.outputs.parameters.iter();
    let parameters = parameters
        .map(|given| format!("{}: {}", given.name, given.value_from.as_deref().map_or_else(String::new, from)));
    let artifacts = template.outputs.artifacts.iter().map(|given| format!("@{}: {}", given.name, source(given)));
    parameters.chain(artifacts).collect()
}

//! DAG templates that differ in nothing but names become one.

use super::texts;
use crate::argo::Template;
use crate::argo::emit::text::Reference;
use std::collections::HashMap;

/// Merges until nothing is left to merge: when two templates have become one, those that call them may be equal.
pub(super) fn merge(mut templates: Vec<Template>, keep: &[&str]) -> Vec<Template> {
    loop {
        let before = templates.len();
        templates = once(templates, keep);
        if templates.len() == before {
            return templates;
        }
    }
}

fn once(templates: Vec<Template>, keep: &[&str]) -> Vec<Template> {
    let mut first: HashMap<String, usize> = HashMap::new();
    // For each template that goes the one that stays.
    let mut instead: HashMap<String, usize> = HashMap::new();
    for (at, template) in templates.iter().enumerate().filter(|(_, template)| template.dag.is_some()) {
        let known = *first.entry(content(template)).or_insert(at);
        if known != at && !keep.contains(&template.name.as_str()) {
            instead.insert(template.name.clone(), known);
        }
    }
    let inputs = |template: &Template| -> Vec<String> {
        let files = template.inputs.artifacts.iter().map(|input| &input.name);
        template.inputs.parameters.iter().map(|input| &input.name).chain(files).cloned().collect()
    };
    let renamed: HashMap<String, (String, HashMap<String, String>)> = templates
        .iter()
        .filter_map(|template| {
            let other = &templates[*instead.get(&template.name)?];
            let names = inputs(template).into_iter().zip(inputs(other)).collect();
            Some((template.name.clone(), (other.name.clone(), names)))
        })
        .collect();
    let mut kept: Vec<Template> =
        templates.into_iter().filter(|template| !instead.contains_key(&template.name)).collect();
    for task in kept.iter_mut().filter_map(|template| template.dag.as_mut()).flat_map(|dag| &mut dag.tasks) {
        let Some((name, names)) = task.template.as_ref().and_then(|called| renamed.get(called)) else { continue };
        task.template = Some(name.clone());
        for given in &mut task.arguments.parameters {
            given.name.clone_from(&names[&given.name]);
        }
        for given in &mut task.arguments.artifacts {
            given.name.clone_from(&names[&given.name]);
        }
    }
    kept
}

/// What a template holds, with its inputs and tasks named by their places.
fn content(template: &Template) -> String {
    let mut template = template.clone();
    template.name.clear();
    let mut names: HashMap<[String; 2], String> = HashMap::new();
    let Some(dag) = &mut template.dag else { return String::new() };
    let mut number = |kind: &str, name: &mut String| {
        let new = format!("n{}", names.len());
        names.insert([kind.to_owned(), std::mem::replace(name, new.clone())], new);
    };
    for input in &mut template.inputs.parameters {
        number("parameters", &mut input.name);
    }
    for input in &mut template.inputs.artifacts {
        number("artifacts", &mut input.name);
    }
    // An expression over tasks has their names.
    if dag.target.is_none() && dag.tasks.iter().all(|task| task.depends.is_none()) {
        for task in &mut dag.tasks {
            number("tasks", &mut task.name);
        }
    }
    let mut renamed = |path: &[&str]| -> Option<Reference> {
        let name = |kind: &str, name: &str| names.get(&[kind.to_owned(), name.to_owned()]);
        match *path {
            ["inputs", kind, input] => Some(Reference::new(["inputs", kind, name(kind, input)?])),
            ["tasks", task, "status"] => Some(Reference::new(["tasks", name("tasks", task)?, "status"])),
            ["tasks", task, "outputs", kind, output] => {
                Some(Reference::new(["tasks", name("tasks", task)?, "outputs", kind, output]))
            }
            _ => None,
        }
    };
    for task in &mut dag.tasks {
        texts::in_task(task, &mut renamed);
    }
    texts::in_outputs(&mut template.outputs, &mut renamed);
    for other in dag.tasks.iter_mut().flat_map(|task| &mut task.dependencies) {
        if let Some(new) = names.get(&["tasks".to_owned(), other.clone()]) {
            other.clone_from(new);
        }
    }
    crate::argo::to_json(&template)
}

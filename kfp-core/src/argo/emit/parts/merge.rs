//! DAG templates that differ in nothing but names become one.

use super::texts;
use crate::argo::emit::templates::List;
use crate::argo::emit::text::Reference;
use crate::argo::{Arguments, Template};
use std::collections::HashMap;

/// Merges what is equal. The first of equal templates stays, and so do those in `keep`.
pub(super) fn merge(mut templates: List, keep: &[&str]) -> List {
    loop {
        let before = templates.len();
        let (equal, is_circular) = equal(&templates);
        templates = without(templates, &equal, keep);
        // Where templates call each other in a circle, those that call them may have become equal.
        if !is_circular || templates.len() == before {
            return templates;
        }
    }
}

/// For each DAG template the first that is equal to it. What is called stands behind what calls it, and is looked at first:
/// templates that call what is equal may be equal themselves. Also says whether a template was met that calls back.
fn equal(templates: &[Box<Template>]) -> (Vec<Option<usize>>, bool) {
    let dags = || templates.iter().enumerate().filter(|(_, template)| template.dag.is_some());
    let places: HashMap<&str, usize> = dags().map(|(at, template)| (template.name.as_str(), at)).collect();
    // By their contents, for each template one that is equal; and the first of all that are equal to that.
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut one: Vec<Option<usize>> = vec![None; templates.len()];
    let mut first: Vec<usize> = (0..templates.len()).collect();
    let mut is_circular = false;
    for (at, template) in templates.iter().enumerate().rev().filter(|(_, template)| template.dag.is_some()) {
        let content = content(template, |called| {
            let called = *places.get(called)?;
            is_circular |= one[called].is_none();
            Some((one[called]?, &templates[called]))
        });
        let same = *known.entry(content).or_insert(at);
        one[at] = Some(same);
        first[same] = at;
    }
    (one.into_iter().map(|one| Some(first[one?])).collect(), is_circular)
}

/// What templates become that are equal to others: the name of the other, and the names of its inputs.
type Instead = HashMap<String, (String, HashMap<String, String>)>;

fn without(templates: List, equal: &[Option<usize>], keep: &[&str]) -> List {
    let inputs = |template: &Template| -> Vec<String> {
        let files = template.inputs.artifacts.iter().map(|input| &input.name);
        template.inputs.parameters.iter().map(|input| &input.name).chain(files).cloned().collect()
    };
    let mut instead = Instead::new();
    for (at, template) in templates.iter().enumerate() {
        if let Some(other) = equal[at].filter(|other| *other != at && !keep.contains(&template.name.as_str())) {
            let other = &templates[other];
            let names = inputs(template).into_iter().zip(inputs(other)).collect();
            instead.insert(template.name.clone(), (other.name.clone(), names));
        }
    }
    let mut kept: List = templates.into_iter().filter(|template| !instead.contains_key(&template.name)).collect();
    for task in kept.iter_mut().filter_map(|template| template.dag.as_mut()).flat_map(|dag| &mut dag.tasks) {
        let Some((name, names)) = task.template.as_ref().and_then(|called| instead.get(called)) else { continue };
        task.template = Some(name.clone());
        in_arguments(&mut task.arguments, |name| names.get(name).cloned());
    }
    kept
}

fn in_arguments(arguments: &mut Arguments, mut instead: impl FnMut(&str) -> Option<String>) {
    let names = arguments.parameters.iter_mut().map(|given| &mut given.name);
    for name in names.chain(arguments.artifacts.iter_mut().map(|given| &mut given.name)) {
        if let Some(new) = instead(name) {
            *name = new;
        }
    }
}

/// New names, in the order in which they are asked for.
#[derive(Default)]
struct Names {
    parameters: HashMap<String, String>,
    artifacts: HashMap<String, String>,
    tasks: HashMap<String, String>,
}

impl Names {
    fn of(&mut self, kind: &str) -> &mut HashMap<String, String> {
        match kind {
            "parameters" => &mut self.parameters,
            "artifacts" => &mut self.artifacts,
            _ => &mut self.tasks,
        }
    }

    fn get(&self, kind: &str, name: &str) -> Option<&str> {
        let names = match kind {
            "parameters" => &self.parameters,
            "artifacts" => &self.artifacts,
            _ => &self.tasks,
        };
        names.get(name).map(String::as_str)
    }

    fn number(&mut self, kind: &str, name: &mut String) {
        let names = self.of(kind);
        let new = format!("n{}", names.len());
        names.insert(std::mem::replace(name, new.clone()), new);
    }
}

/// What a template holds, with its inputs and tasks named by their places. What it calls is named by `called`: by a number, and
/// the inputs by theirs.
fn content<'t>(template: &Template, mut called: impl FnMut(&str) -> Option<(usize, &'t Template)>) -> String {
    let mut template = template.clone();
    template.name.clear();
    let mut names = Names::default();
    let Some(dag) = &mut template.dag else { return String::new() };
    template.inputs.parameters.iter_mut().for_each(|input| names.number("parameters", &mut input.name));
    template.inputs.artifacts.iter_mut().for_each(|input| names.number("artifacts", &mut input.name));
    // An expression over tasks has their names.
    if dag.target.is_none() && dag.tasks.iter().all(|task| task.depends.is_none()) {
        dag.tasks.iter_mut().for_each(|task| names.number("tasks", &mut task.name));
    }
    let mut renamed = |path: &[&str]| -> Option<Reference> {
        match *path {
            ["inputs", kind, input] => Some(Reference::new(["inputs", kind, names.get(kind, input)?])),
            ["tasks", task, "status"] => Some(Reference::new(["tasks", names.get("tasks", task)?, "status"])),
            ["tasks", task, "outputs", kind, output] => {
                Some(Reference::new(["tasks", names.get("tasks", task)?, "outputs", kind, output]))
            }
            _ => None,
        }
    };
    for task in &mut dag.tasks {
        texts::in_task(task, &mut renamed);
        if let Some((number, other)) = task.template.as_deref().and_then(&mut called) {
            task.template = Some(format!("={number}"));
            in_arguments(&mut task.arguments, |name| place_of(other, name).map(|place| place.to_string()));
        }
    }
    texts::in_outputs(&mut template.outputs, &mut renamed);
    for other in dag.tasks.iter_mut().flat_map(|task| &mut task.dependencies) {
        if let Some(new) = names.get("tasks", other) {
            new.clone_into(other);
        }
    }
    crate::argo::to_json(&template)
}

/// Where an input stands among those of a template.
fn place_of(template: &Template, input: &str) -> Option<usize> {
    let files = template.inputs.artifacts.iter().map(|file| &file.name);
    template.inputs.parameters.iter().map(|parameter| &parameter.name).chain(files).position(|name| name == input)
}

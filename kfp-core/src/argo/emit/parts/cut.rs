//! Moves tasks of a DAG into templates of their own, with what they take from outside as inputs and what others take from
//! them as outputs.

use super::texts;
use crate::argo::emit::OUTPUT;
use crate::argo::emit::naming::Unique;
use crate::argo::emit::text::Reference;
use crate::argo::{Arguments, Artifact, Dag, Inputs, Outputs, Parameter, Task, Template, ValueFrom};
use crate::hash::{HashMap, HashSet};
use std::collections::BTreeSet;

/// Moves each group of tasks into a part, and gives the parts. `calls` are the names of the tasks that call parts.
pub(super) fn cut(
    template: &mut Template,
    groups: &[Vec<u32>],
    calls: &mut HashSet<String>,
    mut name: impl FnMut(&str) -> String,
) -> Vec<Template> {
    let Some(dag) = &mut template.dag else { return Vec::new() };
    let mut tasks = std::mem::take(&mut dag.tasks);
    let mut parts = parts(&tasks, groups, &template.inputs);
    let places = Places::new(&tasks, &parts, calls);
    for (at, task) in tasks.iter_mut().enumerate() {
        match places.home[at] {
            Some(own) => texts::in_task(task, &mut |path| places.inside(&mut parts, own, path)),
            None => texts::in_task(task, &mut |path| places.outside(&mut parts, path)),
        }
    }
    texts::in_outputs(&mut template.outputs, &mut |path| places.outside(&mut parts, path));
    let mut items = places.divide(tasks, &mut parts);
    let mut templates = Vec::new();
    for part in parts {
        let called = name(&format!("{}-{}", template.name, part.name));
        calls.insert(part.name.clone());
        let call = Task {
            name: part.name,
            template: Some(called.clone()),
            dependencies: places.names(&part.waits),
            arguments: part.inputs.arguments(),
            ..Task::default()
        };
        items.push((part.first, call));
        templates.push(Template {
            name: called,
            inputs: part.inputs.inputs(),
            outputs: part.outputs.outputs(),
            parallelism: template.parallelism,
            dag: Some(Dag { fail_fast: dag.fail_fast, tasks: part.tasks, ..Dag::default() }),
            ..Template::default()
        });
    }
    items.sort_by_key(|(at, _)| *at);
    dag.tasks = items.into_iter().map(|(_, task)| task).collect();
    // At most so many at once: one part after the other, and so many in each.
    template.parallelism = template.parallelism.map(|_| 1);
    templates
}

/// What a part is called, with a number.
const PART: &str = "part";

/// A part while it is filled.
struct Part {
    /// The name of its task.
    name: String,
    /// Which tasks go into it, and the first of them.
    members: Vec<u32>,
    first: usize,
    tasks: Vec<Task>,
    inputs: Ports,
    outputs: Ports,
    /// The items of the template that it waits for.
    waits: BTreeSet<usize>,
}

fn parts(tasks: &[Task], groups: &[Vec<u32>], inputs: &Inputs) -> Vec<Part> {
    let mut names = Unique::default();
    for task in tasks.iter().filter(|task| task.name.starts_with(PART)) {
        drop(names.take(&task.name));
    }
    let part = |group: &Vec<u32>| {
        let mut own = Unique::default();
        for input in &inputs.parameters {
            drop(own.take(&input.name));
        }
        for input in &inputs.artifacts {
            drop(own.take(&input.name));
        }
        Part {
            name: names.number(PART),
            first: group.first().map_or(0, |task| *task as usize),
            members: group.clone(),
            tasks: Vec::with_capacity(group.len()),
            inputs: Ports { names: own, ..Ports::default() },
            outputs: Ports::default(),
            waits: BTreeSet::new(),
        }
    };
    groups.iter().map(part).collect()
}

/// What is where.
struct Places {
    index: HashMap<String, usize>,
    /// For each task the part that it goes into.
    home: Vec<Option<usize>>,
    /// For each task the item of the template that it becomes or goes into, by the first task of it.
    item: Vec<usize>,
    /// The names of the items, at their first tasks.
    names: Vec<String>,
    /// For each task whether it calls a part.
    is_call: Vec<bool>,
}

impl Places {
    fn new(tasks: &[Task], parts: &[Part], calls: &HashSet<String>) -> Self {
        let mut names: Vec<String> = tasks.iter().map(|task| task.name.clone()).collect();
        let index = names.iter().enumerate().map(|(at, name)| (name.clone(), at)).collect();
        let is_call = names.iter().map(|name| calls.contains(name)).collect();
        let mut home = vec![None; tasks.len()];
        let mut item: Vec<usize> = (0..tasks.len()).collect();
        for (number, part) in parts.iter().enumerate() {
            names[part.first].clone_from(&part.name);
            for &task in &part.members {
                (home[task as usize], item[task as usize]) = (Some(number), part.first);
            }
        }
        Self { index, home, item, names, is_call }
    }

    /// What a reference becomes that stands beside the parts.
    fn outside(&self, parts: &mut [Part], path: &[&str]) -> Option<Reference> {
        let ["tasks", task, "outputs", kind, output] = *path else { return None };
        let at = *self.index.get(task)?;
        let part = &mut parts[self.home[at]?];
        let source = Reference::new(["tasks", task, "outputs", kind, output]);
        let name = part.outputs.name(source, &self.wanted(at, task, output));
        Some(Reference::new(["tasks", &part.name, "outputs", kind, &name]))
    }

    /// What a reference becomes that stands in a part.
    fn inside(&self, parts: &mut [Part], own: usize, path: &[&str]) -> Option<Reference> {
        match *path {
            ["inputs", kind, name] => {
                parts[own].inputs.pass(Reference::new(["inputs", kind, name]), name);
                None
            }
            ["tasks", task, "outputs", kind, output] => {
                let at = *self.index.get(task)?;
                if self.home[at] == Some(own) {
                    return None;
                }
                let source = self.outside(parts, path);
                let source = source.unwrap_or_else(|| Reference::new(["tasks", task, "outputs", kind, output]));
                let name = parts[own].inputs.name(source, &self.wanted(at, task, output));
                Some(Reference::new(["inputs", kind, &name]))
            }
            _ => None,
        }
    }

    /// What an output of a task is called outside of its DAG. What goes out of a part has such a name already.
    fn wanted(&self, at: usize, task: &str, output: &str) -> String {
        match output {
            output if self.is_call[at] => output.to_owned(),
            OUTPUT => task.to_owned(),
            output => format!("{task}-{output}"),
        }
    }

    /// Gives the tasks to their parts; those that stay are given back with their places.
    fn divide(&self, tasks: Vec<Task>, parts: &mut [Part]) -> Vec<(usize, Task)> {
        let mut stay = Vec::new();
        for (at, mut task) in tasks.into_iter().enumerate() {
            let waits: Vec<(usize, String)> = std::mem::take(&mut task.dependencies)
                .into_iter()
                .filter_map(|name| self.index.get(&name).map(|other| (*other, name)))
                .collect();
            let Some(part) = self.home[at].map(|home| &mut parts[home]) else {
                task.dependencies = self.names(&waits.into_iter().map(|(other, _)| self.item[other]).collect());
                stay.push((at, task));
                continue;
            };
            for (other, name) in waits {
                if self.home[other] == self.home[at] {
                    task.dependencies.push(name);
                } else {
                    part.waits.insert(self.item[other]);
                }
            }
            part.tasks.push(task);
        }
        stay
    }

    fn names(&self, items: &BTreeSet<usize>) -> Vec<String> {
        items.iter().map(|item| self.names[*item].clone()).collect()
    }
}

/// Inputs or outputs: a name for each reference that comes in or goes out.
#[derive(Default)]
struct Ports {
    names: Unique,
    known: HashMap<String, String>,
    list: Vec<(String, Reference)>,
}

impl Ports {
    /// The name for a reference, a new one if it is new.
    fn name(&mut self, source: Reference, wanted: &str) -> String {
        let key = source.simple();
        if let Some(name) = self.known.get(&key) {
            return name.clone();
        }
        let name = self.names.take(wanted);
        self.known.insert(key, name.clone());
        self.list.push((name.clone(), source));
        name
    }

    /// Passes an input on under its name, which is taken for nothing else.
    fn pass(&mut self, source: Reference, name: &str) {
        if self.known.insert(source.simple(), name.to_owned()).is_none() {
            self.list.push((name.to_owned(), source));
        }
    }

    fn of_kind(&self, is_artifact: bool) -> impl Iterator<Item = &(String, Reference)> {
        self.list.iter().filter(move |(_, source)| source.is_artifact() == is_artifact)
    }

    fn arguments(&self) -> Arguments {
        let parameter = |(name, source): &(String, Reference)| Parameter {
            name: name.clone(),
            value: Some(source.tag().into()),
            ..Parameter::default()
        };
        Arguments {
            parameters: self.of_kind(false).map(parameter).collect(),
            artifacts: self.artifacts(),
            ..Arguments::default()
        }
    }

    /// A file may be missing on its way through a part, as that of a task that failed may; who needs it still says so.
    fn artifacts(&self) -> Vec<Artifact> {
        let artifact = |(name, source): &(String, Reference)| Artifact {
            name: name.clone(),
            from: Some(source.tag()),
            optional: true,
            ..Artifact::default()
        };
        self.of_kind(true).map(artifact).collect()
    }

    fn inputs(&self) -> Inputs {
        let parameter = |(name, _): &(String, Reference)| Parameter { name: name.clone(), ..Parameter::default() };
        let artifact =
            |(name, _): &(String, Reference)| Artifact { name: name.clone(), optional: true, ..Artifact::default() };
        Inputs {
            parameters: self.of_kind(false).map(parameter).collect(),
            artifacts: self.of_kind(true).map(artifact).collect(),
            ..Inputs::default()
        }
    }

    fn outputs(&self) -> Outputs {
        let parameter = |(name, source): &(String, Reference)| {
            let value_from = Some(Box::new(ValueFrom { parameter: Some(source.tag()), ..ValueFrom::default() }));
            Parameter { name: name.clone(), value_from, ..Parameter::default() }
        };
        Outputs {
            parameters: self.of_kind(false).map(parameter).collect(),
            artifacts: self.artifacts(),
            ..Outputs::default()
        }
    }
}

//! A manifest with parts, read back as if it had none.

use kfp_core::argo::{Task, Template, Workflow};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A DAG as it is without parts.
#[derive(Default, Debug)]
pub(crate) struct Flat {
    /// Each task with its texts, but for what it waits for.
    pub(crate) tasks: BTreeMap<String, Value>,
    /// What it gives.
    pub(crate) outputs: Value,
    /// Which tasks each waits for, directly or through others: by their places among the tasks, sorted by name.
    pub(crate) waits: BTreeMap<String, Set>,
    /// How many tasks there are in the longest chain.
    pub(crate) longest: usize,
    numbers: BTreeMap<String, usize>,
}

/// A set of small numbers.
#[derive(Clone, Default, PartialEq, Debug)]
pub(crate) struct Set(Vec<u64>);

impl Set {
    fn insert(&mut self, number: usize) {
        if self.0.len() <= number / 64 {
            self.0.resize(number / 64 + 1, 0);
        }
        self.0[number / 64] |= 1 << (number % 64);
    }

    fn extend(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(crate) fn is_subset(&self, other: &Self) -> bool {
        let other = other.0.iter().copied().chain(std::iter::repeat(0));
        self.0.iter().zip(other).all(|(own, other)| own & !other == 0)
    }
}

/// The templates that are parts, and all tasks by their templates.
struct Parts<'w> {
    templates: HashMap<&'w str, &'w Template>,
    tasks: HashMap<(&'w str, &'w str), &'w Task>,
}

impl<'w> Parts<'w> {
    fn called(&self, task: &Task) -> Option<&'w Template> {
        task.template.as_deref().and_then(|name| self.templates.get(name)).copied()
    }
}

/// The DAGs of a workflow; those that are not among `known` are parts of others.
pub(crate) fn flatten(workflow: &Workflow, known: &HashSet<String>) -> BTreeMap<String, Flat> {
    let mut parts = Parts { templates: HashMap::new(), tasks: HashMap::new() };
    for template in &workflow.spec.templates {
        if !known.contains(&template.name) {
            parts.templates.insert(&template.name, template);
        }
        for task in template.dag.iter().flat_map(|dag| &dag.tasks) {
            parts.tasks.insert((&template.name, &task.name), task);
        }
    }
    let dags = workflow.spec.templates.iter().filter(|t| t.dag.is_some() && known.contains(&t.name));
    dags.map(|template| (template.name.clone(), flat(template, &parts))).collect()
}

fn flat(template: &Template, parts: &Parts<'_>) -> Flat {
    let mut flat = Flat::default();
    let mut numbers = BTreeMap::new();
    number(template, parts, &mut numbers);
    numbers.values_mut().zip(0..).for_each(|(number, at)| *number = at);
    flat.numbers = numbers;
    flat.walk(template, parts, &BTreeMap::new(), &Set::default(), 0);
    flat.outputs = resolved(serde_json::to_value(&template.outputs).unwrap(), &|path| {
        resolve(template, parts, &BTreeMap::new(), path)
    });
    flat
}

fn number(template: &Template, parts: &Parts<'_>, numbers: &mut BTreeMap<String, usize>) {
    for task in &template.dag.as_ref().unwrap().tasks {
        match parts.called(task) {
            Some(part) => number(part, parts, numbers),
            None => drop(numbers.insert(task.name.clone(), 0)),
        }
    }
}

/// When something ends: which tasks are over then, and how long the longest chain before it is.
type End = (Set, usize);

impl Flat {
    fn walk(
        &mut self,
        template: &Template,
        parts: &Parts<'_>,
        given: &BTreeMap<String, String>,
        over: &Set,
        length: usize,
    ) -> End {
        let tasks = &template.dag.as_ref().unwrap().tasks;
        let mut left: Vec<&Task> = tasks.iter().collect();
        let mut own: HashMap<&str, End> = HashMap::new();
        while !left.is_empty() {
            let before = left.len();
            left.retain(|task| {
                if !task.dependencies.iter().all(|name| own.contains_key(name.as_str())) {
                    return true;
                }
                let (mut over, mut length) = (over.clone(), length);
                for (tasks, long) in task.dependencies.iter().map(|name| &own[name.as_str()]) {
                    over.extend(tasks);
                    length = length.max(*long);
                }
                let end = self.task(task, template, parts, given, over, length);
                own.insert(&task.name, end);
                false
            });
            assert!(left.len() < before, "tasks of {} wait for each other", template.name);
        }
        own.into_values().fold((over.clone(), length), |(mut all, longest), (over, length)| {
            all.extend(&over);
            (all, longest.max(length))
        })
    }

    fn task(
        &mut self,
        task: &Task,
        template: &Template,
        parts: &Parts<'_>,
        given: &BTreeMap<String, String>,
        mut over: Set,
        length: usize,
    ) -> End {
        let instead = |path: &str| resolve(template, parts, given, path);
        if let Some(part) = parts.called(task) {
            let mut passed = BTreeMap::new();
            for argument in &task.arguments.parameters {
                let value = argument.value.as_ref().unwrap().trim_matches(['{', '}']);
                passed.insert(format!("inputs.parameters.{}", argument.name), instead(value));
            }
            for argument in &task.arguments.artifacts {
                let value = argument.from.as_ref().unwrap().trim_matches(['{', '}']);
                passed.insert(format!("inputs.artifacts.{}", argument.name), instead(value));
            }
            return self.walk(part, parts, &passed, &over, length);
        }
        let mut value = serde_json::to_value(task).unwrap();
        value.as_object_mut().unwrap().remove("dependencies");
        let known = self.tasks.insert(task.name.clone(), resolved(value, &instead));
        assert!(known.is_none(), "{} is there twice", task.name);
        self.waits.insert(task.name.clone(), over.clone());
        over.insert(self.numbers[&task.name]);
        self.longest = self.longest.max(length + 1);
        (over, length + 1)
    }
}

/// What a reference of a template is in the DAG without parts.
fn resolve(template: &Template, parts: &Parts<'_>, given: &BTreeMap<String, String>, path: &str) -> String {
    if let Some(source) = given.get(path) {
        return source.clone();
    }
    let words: Vec<&str> = path.split('.').collect();
    if let ["tasks", task, "outputs", kind, output] = words[..] {
        let task = parts.tasks[&(template.name.as_str(), task)];
        if let Some(part) = parts.called(task) {
            let source = if kind == "artifacts" {
                part.outputs.artifacts.iter().find(|given| given.name == output).unwrap().from.clone()
            } else {
                let given = part.outputs.parameters.iter().find(|given| given.name == output).unwrap();
                given.value_from.as_ref().unwrap().parameter.clone()
            };
            return resolve(part, parts, &BTreeMap::new(), source.unwrap().trim_matches(['{', '}']));
        }
    }
    path.to_owned()
}

/// A value with all references as they are in the DAG without parts, each written the simple way.
fn resolved(value: Value, instead: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(in_text(&text, instead)),
        Value::Array(items) => items.into_iter().map(|item| resolved(item, instead)).collect(),
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (key, resolved(value, instead))).collect(),
        other => other,
    }
}

/// Finds what begins like a variable, whether in a tag or in an expression.
fn in_text(text: &str, instead: &dyn Fn(&str) -> String) -> String {
    let mut new = String::new();
    let mut rest = text;
    while let Some(start) = ["inputs.", "tasks.", "tasks["].iter().filter_map(|root| rest.find(root)).min() {
        new.push_str(&rest[..start]);
        rest = &rest[start..];
        let mut path = String::new();
        loop {
            let word = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c))).unwrap_or(rest.len());
            path.push_str(&rest[..word]);
            rest = &rest[word..];
            let Some(end) = rest.strip_prefix("['").and_then(|index| index.find("']")) else { break };
            path.push('.');
            path.push_str(&rest[2..end + 2]);
            rest = &rest[end + 4..];
        }
        new.push_str(&instead(path.trim_end_matches('.')));
    }
    new + rest
}

//! Whether everything that a manifest refers to is there.
//!
//! `argo lint` looks at simple tags only, never into expressions, and lets a task refer to one that it does not wait for;
//! such a task waits for ever. This looks at all of them.

pub(in crate::argo) mod scan;

use super::{Arguments, Artifact, Dag, Inputs, Parameter, Task, Template, Workflow};
use scan::{in_expression, in_text};
use std::collections::{HashMap, HashSet};

/// What is referred to and not there, each as a sentence: an undeclared input, an unknown task or output, a task that is not
/// waited for, an argument that nobody takes, an input that nobody gives. Templates with steps are not looked into.
pub fn unresolved(workflow: &Workflow) -> Vec<String> {
    let templates: HashMap<&str, &Template> =
        workflow.spec.templates.iter().map(|template| (template.name.as_str(), template)).collect();
    let parameters = &workflow.spec.arguments.parameters;
    let mut checker = Checker { templates, parameters, problems: Vec::new() };
    if checker.templates.len() < workflow.spec.templates.len() {
        checker.problems.push("two templates have the same name".to_owned());
    }
    for name in workflow.spec.entrypoint.iter().chain(&workflow.spec.on_exit) {
        checker.call("workflow", name, &workflow.spec.arguments, true);
    }
    for template in &workflow.spec.templates {
        checker.template(template);
    }
    checker.problems
}

struct Checker<'w> {
    templates: HashMap<&'w str, &'w Template>,
    /// Those of the workflow.
    parameters: &'w [Parameter],
    problems: Vec<String>,
}

/// What can be referred to in a place.
struct Scope<'w> {
    place: String,
    inputs: &'w Inputs,
    /// The tasks that are over, with their templates; none of them in a leaf.
    tasks: HashMap<&'w str, Option<&'w Template>>,
    has_item: bool,
}

impl<'w> Checker<'w> {
    fn template(&mut self, template: &'w Template) {
        let mut scope = Scope {
            place: format!("template {}", template.name),
            inputs: &template.inputs,
            tasks: HashMap::new(),
            has_item: false,
        };
        let Some(dag) = &template.dag else {
            // Inputs and outputs are declarations; the rest is text.
            let text = Template { inputs: Inputs::default(), ..template.clone() };
            self.texts(&scope, &serde_json::to_value(text).unwrap_or_default());
            return;
        };
        self.dag(template, dag);
        scope.tasks = dag.tasks.iter().map(|task| (task.name.as_str(), self.called(task))).collect();
        for parameter in &template.outputs.parameters {
            let Some(from) = &parameter.value_from else { continue };
            from.parameter.iter().for_each(|text| self.text(&scope, text));
            from.expression.iter().for_each(|source| self.expression(&scope, source));
        }
        self.artifacts(&scope, &template.outputs.artifacts);
    }

    fn dag(&mut self, template: &'w Template, dag: &'w Dag) {
        let by_name: HashMap<&str, &Task> = dag.tasks.iter().map(|task| (task.name.as_str(), task)).collect();
        if by_name.len() < dag.tasks.len() {
            self.problems.push(format!("template {}: two tasks have the same name", template.name));
        }
        for task in &dag.tasks {
            let place = format!("task {} of {}", task.name, template.name);
            let ancestors = ancestors(task, &by_name);
            for missing in ancestors.iter().filter(|name| !by_name.contains_key(*name)) {
                self.problems.push(format!("{place}: waits for `{missing}`, which is no task"));
            }
            let over = ancestors.iter().filter_map(|name| by_name.get(name));
            let scope = Scope {
                tasks: over.map(|task| (task.name.as_str(), self.called(task))).collect(),
                inputs: &template.inputs,
                has_item: !task.with_items.is_empty() || task.with_param.is_some() || task.with_sequence.is_some(),
                place,
            };
            task.when.iter().chain(&task.with_param).for_each(|text| self.text(&scope, text));
            for parameter in &task.arguments.parameters {
                parameter.value.iter().for_each(|text| self.text(&scope, text));
            }
            self.artifacts(&scope, &task.arguments.artifacts);
            if let Some(name) = &task.template {
                self.call(&scope.place, name, &task.arguments, false);
            }
        }
    }

    /// Whether arguments and inputs fit. A workflow may leave a parameter to whoever submits it.
    fn call(&mut self, place: &str, name: &str, arguments: &Arguments, is_workflow: bool) {
        let Some(template) = self.templates.get(name).copied() else {
            self.problems.push(format!("{place}: there is no template `{name}`"));
            return;
        };
        let given: HashSet<_> = arguments.parameters.iter().map(|given| &given.name).collect();
        let files: HashSet<_> = arguments.artifacts.iter().map(|given| &given.name).collect();
        for input in &template.inputs.parameters {
            if !given.contains(&input.name) && input.value.is_none() && input.default.is_none() {
                self.problems.push(format!("{place}: `{}` of {name} is not given", input.name));
            }
        }
        for input in &template.inputs.artifacts {
            if !files.contains(&input.name) && !input.optional {
                self.problems.push(format!("{place}: the artifact `{}` of {name} is not given", input.name));
            }
        }
        if is_workflow {
            return;
        }
        let unknown = given.into_iter().filter(|name| !has(&template.inputs.parameters, name));
        let unknown_files = files.into_iter().filter(|name| !has_artifact(&template.inputs.artifacts, name));
        for argument in unknown.chain(unknown_files).collect::<std::collections::BTreeSet<_>>() {
            self.problems.push(format!("{place}: {name} takes no `{argument}`"));
        }
    }

    fn called(&self, task: &Task) -> Option<&'w Template> {
        task.template.as_ref().and_then(|name| self.templates.get(name.as_str()).copied())
    }

    fn artifacts(&mut self, scope: &Scope<'_>, artifacts: &[Artifact]) {
        for artifact in artifacts {
            artifact.from.iter().for_each(|text| self.text(scope, text));
            artifact.raw.iter().for_each(|raw| self.text(scope, &raw.data));
            artifact.from_expression.iter().for_each(|source| self.expression(scope, source));
        }
    }

    fn texts(&mut self, scope: &Scope<'_>, value: &serde_json::Value) {
        match value {
            serde_json::Value::String(text) => self.text(scope, text),
            serde_json::Value::Array(items) => items.iter().for_each(|item| self.texts(scope, item)),
            serde_json::Value::Object(fields) => fields.values().for_each(|value| self.texts(scope, value)),
            _ => {}
        }
    }

    fn text(&mut self, scope: &Scope<'_>, text: &str) {
        for variable in in_text(text) {
            self.reference(scope, &variable.path);
        }
    }

    fn expression(&mut self, scope: &Scope<'_>, source: &str) {
        for variable in in_expression(source) {
            self.reference(scope, &variable.path);
        }
    }

    fn reference(&mut self, scope: &Scope<'_>, path: &[&str]) {
        let is_there = match *path {
            ["inputs", "parameters", name] => has(&scope.inputs.parameters, name),
            ["inputs", "artifacts", name, ..] => has_artifact(&scope.inputs.artifacts, name),
            ["tasks", task, ref rest @ ..] => scope.tasks.get(task).is_some_and(|called| gives(*called, rest)),
            ["item", ..] => scope.has_item,
            ["workflow", "parameters", name] => has(self.parameters, name),
            // `workflow.*` is everywhere; what else begins otherwise is no variable of a DAG or a leaf.
            ["workflow", _, ..] => true,
            _ => false,
        };
        if !is_there {
            self.problems.push(format!("{}: `{}` refers to nothing", scope.place, path.join(".")));
        }
    }
}

fn gives(template: Option<&Template>, rest: &[&str]) -> bool {
    let Some(template) = template else { return true };
    match rest {
        ["status"] => true,
        ["outputs", "parameters", name] => has(&template.outputs.parameters, name),
        ["outputs", "artifacts", name] => has_artifact(&template.outputs.artifacts, name),
        ["outputs", "result"] => template.dag.is_none() && template.steps.is_empty(),
        _ => false,
    }
}

fn has(parameters: &[Parameter], name: &str) -> bool {
    parameters.iter().any(|parameter| parameter.name == name)
}

fn has_artifact(artifacts: &[Artifact], name: &str) -> bool {
    artifacts.iter().any(|artifact| artifact.name == name)
}

/// What a task waits for, directly or through others.
fn ancestors<'w>(task: &'w Task, tasks: &HashMap<&'w str, &'w Task>) -> HashSet<&'w str> {
    let mut found = HashSet::new();
    let mut open = edges(task);
    while let Some(name) = open.pop() {
        if found.insert(name)
            && let Some(task) = tasks.get(name)
        {
            open.extend(edges(task));
        }
    }
    found
}

fn edges(task: &Task) -> Vec<&str> {
    let depends = task.depends.as_deref().unwrap_or_default();
    let words = depends.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == '.'));
    let named = words.filter(|word| !word.is_empty()).map(|word| word.split('.').next().unwrap_or(word));
    task.dependencies.iter().map(String::as_str).chain(named).collect()
}

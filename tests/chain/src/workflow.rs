//! A workflow from its arguments to its exit handler.

use crate::{Phase, Scope, Stuck, Values};
use kfp_core::argo::{Template, Workflow};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

/// How a workflow is to be run.
#[derive(Clone, Default, Debug)]
pub struct Setup {
    /// The folder for the files of the steps.
    pub folder: PathBuf,
    /// Folders to look for programs in, before those of `PATH`: what the images would have.
    pub programs: Vec<PathBuf>,
    /// Arguments, over the values in the manifest.
    pub arguments: BTreeMap<String, String>,
    /// Whether steps may write to the terminal, with a line about each.
    pub verbose: bool,
}

/// What has run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// How the workflow ended.
    pub phase: Phase,
    /// The steps that were started, in order, each with the path of tasks to it, how it ended and what it gave.
    pub steps: Vec<(String, Phase, Values)>,
}

impl Run {
    /// What the only step whose path ends in this task gave.
    pub fn step(&self, task: &str) -> Option<&Values> {
        let mut found = self.steps.iter().filter(|(path, ..)| path == task || path.ends_with(&format!("/{task}")));
        let (_, _, values) = found.next()?;
        found.next().is_none().then_some(values)
    }
}

/// Runs a workflow and its exit handler, one step after the other.
///
/// A step that fails is no error: it is in the [`Run`]. An error is a manifest that this runner cannot follow.
pub fn run(workflow: &Workflow, setup: &Setup) -> Result<Run, Stuck> {
    let spec = &workflow.spec;
    let mut arguments = Values::default();
    for parameter in &spec.arguments.parameters {
        let given = setup.arguments.get(&parameter.name).cloned();
        let Some(value) = given.or_else(|| parameter.value.clone().map(Into::into)) else {
            return Err(Stuck::new(format!("the parameter `{}` has no value", parameter.name)));
        };
        arguments.parameters.insert(parameter.name.clone(), value);
    }
    if let Some(unknown) = setup.arguments.keys().find(|name| !arguments.parameters.contains_key(*name)) {
        return Err(Stuck::new(format!("the workflow has no parameter `{unknown}`")));
    }
    let templates = spec.templates.iter().map(|template| (template.name.as_str(), template)).collect();
    let mut globals = Scope::default();
    globals.set(&["workflow", "name"], workflow.metadata.generate_name.clone().unwrap_or_default() + "local");
    globals.set_values(&["workflow"], &arguments);
    let mut runner = Runner { setup, templates, globals, steps: Vec::new() };
    let entrypoint = spec.entrypoint.as_deref().ok_or_else(|| Stuck::new("the workflow has no entrypoint"))?;
    let (phase, _) = runner.template(entrypoint, &arguments, "")?;
    if let Some(handler) = &spec.on_exit {
        runner.globals.set(&["workflow", "status"], phase.to_string());
        let (exit, _) = runner.template(handler, &arguments, "onExit")?;
        let phase = if phase == Phase::Succeeded { exit } else { phase };
        return Ok(Run { phase, steps: runner.steps });
    }
    Ok(Run { phase, steps: runner.steps })
}

pub(crate) struct Runner<'a> {
    pub(crate) setup: &'a Setup,
    templates: HashMap<&'a str, &'a Template>,
    pub(crate) globals: Scope,
    pub(crate) steps: Vec<(String, Phase, Values)>,
}

impl Runner<'_> {
    /// The folder of the task with this path. Without the parentheses of a loop's rounds, which shells would read.
    pub(crate) fn folder(&self, path: &str) -> PathBuf {
        self.setup.folder.join(path.replace('(', ".").replace(')', ""))
    }

    /// Runs a template.
    pub(crate) fn template(&mut self, name: &str, given: &Values, path: &str) -> Result<(Phase, Values), Stuck> {
        let template = *self.templates.get(name).ok_or_else(|| Stuck::new(format!("there is no template `{name}`")))?;
        if path.matches('/').count() > 100 {
            return Err(Stuck::new("more than 100 templates call each other"));
        }
        let inputs = inputs(template, given).map_err(|stuck| stuck.at(&format!("template `{name}`")))?;
        let mut scope = self.globals.clone();
        scope.set_values(&["inputs"], &inputs);
        match (&template.dag, &template.container) {
            (Some(dag), None) => self.dag(template, dag, scope, path),
            (None, Some(container)) => self.step(template, container, &inputs, scope, path),
            _ => Err(Stuck::new(format!("the template `{name}` is neither a DAG nor a container"))),
        }
    }
}

/// What is declared, from what is given or else from the declaration.
fn inputs(template: &Template, given: &Values) -> Result<Values, Stuck> {
    let mut inputs = Values::default();
    for parameter in &template.inputs.parameters {
        let own = || parameter.value.clone().or_else(|| parameter.default.clone()).map(String::from);
        let Some(value) = given.parameters.get(&parameter.name).cloned().or_else(own) else {
            return Err(Stuck::new(format!("the input `{}` is not given", parameter.name)));
        };
        inputs.parameters.insert(parameter.name.clone(), value);
    }
    for artifact in &template.inputs.artifacts {
        match given.artifacts.get(&artifact.name) {
            Some(path) => inputs.artifacts.insert(artifact.name.clone(), path.clone()),
            None if artifact.optional => None,
            None => return Err(Stuck::new(format!("the input `{}` is not given", artifact.name))),
        };
    }
    Ok(inputs)
}

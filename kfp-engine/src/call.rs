//! A template that is called: its inputs, its attempts, its outputs.

use crate::engine::Engine;
use crate::leaf;
use crate::load::{Found, Home};
use crate::outcome::{Outcome, Phase, Stored};
use crate::retry;
use crate::scope::{Names, Unresolved, substitute};
use crate::store;
use crate::{dag, memo, steps};
use kfp_core::argo::{AnyString, Parameter, Template};
use serde_json::json;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// More than this many templates in each other are an endless recursion, as in Argo.
const DEEPEST: usize = 100;

/// What is passed.
#[derive(Clone, Default, Debug)]
pub(crate) struct Passed {
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) artifacts: BTreeMap<String, Stored>,
}

/// A template that is called.
#[derive(Clone)]
pub(crate) struct Call {
    /// The name of the node, as in Argo.
    pub(crate) node: String,
    pub(crate) found: Found,
    pub(crate) passed: Passed,
    /// `tasks.name` or `steps.name`, and what else is only known here.
    pub(crate) locals: Names,
    pub(crate) depth: usize,
    /// The `parallelism` of what it is called from.
    pub(crate) boundary: Option<Arc<Semaphore>>,
}

/// A template that is called, with its inputs in it.
pub(crate) struct Ready {
    pub(crate) node: String,
    pub(crate) template: Template,
    pub(crate) home: Rc<Home>,
    pub(crate) artifacts: BTreeMap<String, Stored>,
    pub(crate) depth: usize,
}

pub(crate) type Running = Pin<Box<dyn Future<Output = Outcome>>>;

/// Calls a template.
pub(crate) fn call(engine: Rc<Engine>, call: Call) -> Running {
    Box::pin(async move {
        if let Some(outcome) = engine.stopped() {
            return outcome;
        }
        if call.depth > DEEPEST {
            return Outcome::error(format!("more than {DEEPEST} templates call each other; the recursion has no end"));
        }
        let is_inner = call.found.0.dag.is_some() || !call.found.0.steps.is_empty();
        let ready = match ready(&engine, &call) {
            Ok(ready) => ready,
            Err(message) => return done(&engine, &call.node, Outcome::error(message)),
        };
        // A lock that is gone is an engine that is gone.
        let _boundary = match call.boundary.clone() {
            Some(boundary) => boundary.acquire_owned().await.ok(),
            None => None,
        };
        let mut held = Vec::new();
        for name in lock_names(&ready.template) {
            held.push(engine.lock(&name).acquire_owned().await.ok());
        }
        let remembered = memo::look(&engine, &ready);
        let outcome = match remembered {
            Some(outcome) => done(&engine, &call.node, outcome),
            None => {
                let outcome = retry::attempts(&engine, &ready).await;
                memo::keep(&engine, &ready, &outcome);
                if is_inner && outcome.phase == Phase::Error { done(&engine, &call.node, outcome) } else { outcome }
            }
        };
        export(&engine, &ready.template, &outcome);
        outcome
    })
}

fn done(engine: &Engine, node: &str, outcome: Outcome) -> Outcome {
    engine.tell(crate::Event::Ended {
        node: node.to_owned(),
        outcome: outcome.clone(),
        before: false,
        log: Vec::new(),
    });
    outcome
}

/// One attempt.
pub(crate) async fn attempt(engine: &Rc<Engine>, ready: &Ready, node: &str) -> Outcome {
    let template = &ready.template;
    if let Some(outcome) = engine.stopped() {
        return outcome;
    }
    if let Some(dag) = &template.dag {
        return dag::run(engine, ready, dag, node).await;
    }
    if !template.steps.is_empty() {
        return steps::run(engine, ready, node).await;
    }
    leaf::run(engine, ready, node).await
}

/// The names of the locks of a template, in an order that is the same for all.
fn lock_names(template: &Template) -> Vec<String> {
    let locks = template.synchronization.iter().flat_map(|it| it.mutex.iter().chain(&it.mutexes));
    let mut names: Vec<_> = locks.map(|mutex| mutex.name.clone()).collect();
    names.sort();
    names.dedup();
    names
}

/// The template with its inputs, and with what can be known in it.
fn ready(engine: &Engine, call: &Call) -> Result<Ready, String> {
    let (template, home) = &call.found;
    let mut template = (**template).clone();
    for parameter in &mut template.inputs.parameters {
        let value = call.passed.parameters.get(&parameter.name).cloned().or_else(|| own_value(parameter));
        let value = value.ok_or_else(|| format!("inputs.parameters.{} was not supplied", parameter.name))?;
        parameter.value = Some(AnyString(value));
    }
    let mut names = (*engine.globals()).clone();
    names.extend(call.locals.clone());
    names.insert("node.name".to_owned(), call.node.clone());
    if template.retry_strategy.is_none() {
        names.insert("pod.name".to_owned(), leaf::pod_name(engine, &template.name, &call.node));
    }
    let mut template: Template = substitute(&template, &names, Unresolved::Stays)?;
    names.extend(inputs(&template));
    template = substitute(&template, &names, Unresolved::Stays)?;
    let mut artifacts = BTreeMap::new();
    for artifact in &template.inputs.artifacts {
        match call.passed.artifacts.get(&artifact.name).cloned().or_else(|| store::location(artifact)) {
            Some(stored) => drop(artifacts.insert(artifact.name.clone(), stored)),
            None if artifact.optional => {}
            None => return Err(format!("inputs.artifacts.{} was not supplied", artifact.name)),
        }
    }
    Ok(Ready { node: call.node.clone(), template, home: Rc::clone(home), artifacts, depth: call.depth })
}

fn own_value(parameter: &Parameter) -> Option<String> {
    let from = parameter.value_from.as_ref().and_then(|from| from.default.clone());
    parameter.value.clone().or_else(|| parameter.default.clone()).or(from).map(|text| text.0)
}

/// `inputs.*` and the paths of `outputs.*`.
pub(crate) fn inputs(template: &Template) -> Names {
    let mut names = Names::new();
    let mut list = Vec::new();
    for parameter in &template.inputs.parameters {
        let value = parameter.value.clone().unwrap_or_default().0;
        list.push(json!({"name": parameter.name, "value": value}));
        names.insert(format!("inputs.parameters.{}", parameter.name), value);
    }
    names.insert("inputs.parameters".to_owned(), json!(list).to_string());
    let mut path = |kind: &str, name: &str, path: &Option<String>| {
        names.extend(path.clone().map(|path| (format!("{kind}.{name}.path"), path)));
    };
    for artifact in &template.inputs.artifacts {
        path("inputs.artifacts", &artifact.name, &artifact.path);
    }
    for artifact in &template.outputs.artifacts {
        path("outputs.artifacts", &artifact.name, &artifact.path);
    }
    for parameter in &template.outputs.parameters {
        let from = parameter.value_from.as_ref().and_then(|from| from.path.clone());
        path("outputs.parameters", &parameter.name, &from);
    }
    names
}

/// Makes the outputs with a `globalName` known to the workflow.
fn export(engine: &Engine, template: &Template, outcome: &Outcome) {
    for parameter in &template.outputs.parameters {
        if let (Some(name), Some(value)) = (&parameter.global_name, outcome.outputs.parameters.get(&parameter.name)) {
            engine.set_global(format!("workflow.outputs.parameters.{name}"), value.clone());
        }
    }
    for artifact in &template.outputs.artifacts {
        if let (Some(name), Some(stored)) = (&artifact.global_name, outcome.outputs.artifacts.get(&artifact.name)) {
            let text = serde_json::to_string(stored).unwrap_or_default();
            engine.set_global(format!("workflow.outputs.artifacts.{name}"), text);
        }
    }
}

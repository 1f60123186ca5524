//! A template that is called: its inputs, its attempts, its outputs.

use crate::around::Around;
use crate::engine::Engine;
use crate::event::{Kind, Node, cut, now};
use crate::load::{Found, Home, Known};
use crate::memo::Memory;
use crate::outcome::{Outcome, Stored};
use crate::scope::{Names, Unresolved, substitute_json};
use crate::sources::Sources;
use crate::{dag, leaf, locks, patch, retry, steps, store};
use kfp_core::argo::{AnyString, Parameter, Template, ValueFrom};
use serde_json::json;
use std::collections::BTreeMap;
use std::future::Future;
use std::mem::take;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

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
    pub(crate) around: Around,
}

/// A template that is called, with its inputs in it.
pub(crate) struct Ready {
    pub(crate) node: String,
    pub(crate) template: Arc<Template>,
    pub(crate) home: Rc<Home>,
    pub(crate) artifacts: BTreeMap<String, Stored>,
    pub(crate) around: Around,
    /// Whether it may ask what its tasks printed.
    pub(crate) wants_results: bool,
}

impl Ready {
    /// What it is, where it does not run in attempts.
    fn kind(&self) -> Kind {
        match &*self.template {
            template if template.dag.is_some() => Kind::Dag,
            template if !template.steps.is_empty() => Kind::Steps,
            template if template.suspend.is_some() => Kind::Suspend,
            _ => Kind::Pod,
        }
    }

    /// The same with another template.
    pub(crate) fn with(&self, template: Arc<Template>) -> Self {
        Self {
            node: self.node.clone(),
            template,
            home: Rc::clone(&self.home),
            artifacts: self.artifacts.clone(),
            around: self.around.clone(),
            wants_results: self.wants_results,
        }
    }

    /// The node as it begins.
    pub(crate) fn node(&self, node: &str, kind: Kind) -> Node {
        let parameters = self.template.inputs.parameters.iter();
        let text = |parameter: &Parameter| cut(parameter.value.as_deref().unwrap_or_default());
        Node {
            node: node.to_owned(),
            parent: self.around.parent.clone(),
            name: self.around.name.clone(),
            kind,
            template: self.template.name.clone(),
            after: self.around.after.to_vec(),
            parameters: parameters.map(|parameter| (parameter.name.clone(), text(parameter))).collect(),
            artifacts: self.artifacts.clone(),
            folder: None,
            at: now(),
        }
    }
}

pub(crate) type Running = Pin<Box<dyn Future<Output = Outcome>>>;

/// Calls a template.
pub(crate) fn call(engine: Rc<Engine>, call: Call) -> Running {
    Box::pin(async move {
        if let Some(outcome) = engine.stopped() {
            return outcome;
        }
        if call.around.depth > DEEPEST {
            let message = format!("more than {DEEPEST} templates call each other; the recursion has no end");
            return unstarted(&engine, &call.node, &call.around, Outcome::error(message));
        }
        let needed = ready(&engine, &call).and_then(|ready| {
            let locks = locks::of(ready.template.synchronization.as_ref(), &engine.sources)?;
            Ok((ready, locks))
        });
        let (ready, locks) = match needed {
            Ok(needed) => needed,
            Err(message) => return unstarted(&engine, &call.node, &call.around, Outcome::error(message)),
        };
        // A lock that is gone is an engine that is gone.
        let _boundary = match call.around.boundary.clone() {
            Some(boundary) => boundary.acquire_owned().await.ok(),
            None => None,
        };
        let _held = engine.locks.hold("", locks).await;
        let memory = Memory::of(&engine, &ready);
        let outcome = match memory.look(&engine) {
            Some(outcome) => unstarted(&engine, &call.node, &call.around, outcome),
            None => {
                let outcome = retry::attempts(&engine, &ready).await;
                memory.keep(&engine, &outcome);
                outcome
            }
        };
        export(&engine, &ready.template, &outcome);
        outcome
    })
}

/// A node that was over before it began.
pub(crate) fn unstarted(engine: &Engine, node: &str, around: &Around, outcome: Outcome) -> Outcome {
    engine.begin(Node {
        node: node.to_owned(),
        parent: around.parent.clone(),
        name: around.name.clone(),
        kind: Kind::Skipped,
        template: String::new(),
        after: around.after.to_vec(),
        parameters: BTreeMap::new(),
        artifacts: BTreeMap::new(),
        folder: None,
        at: now(),
    });
    engine.end(node, Kind::Skipped, &outcome);
    outcome
}

/// One attempt.
pub(crate) async fn attempt(engine: &Rc<Engine>, ready: &Ready, node: &str) -> Outcome {
    if let Some(outcome) = engine.stopped() {
        return outcome;
    }
    let kind = ready.kind();
    if !kind.is_group() {
        return match patch::patched(engine, ready) {
            Ok(None) => leaf::run(engine, ready, node).await,
            Ok(Some(template)) => leaf::run(engine, &ready.with(template), node).await,
            Err(message) => unstarted(engine, node, &ready.around, Outcome::error(message)),
        };
    }
    engine.begin(ready.node(node, kind));
    let start = Instant::now();
    let daemons = Rc::default();
    let mut outcome = match &ready.template.dag {
        Some(dag) => dag::run(engine, ready, dag, node, &daemons).await,
        None => steps::run(engine, ready, node, &daemons).await,
    };
    daemons.end(engine).await;
    outcome.seconds = start.elapsed().as_secs_f64();
    engine.end(node, kind, &outcome);
    // Its tasks say why.
    leaf::note_failure(engine, ready, node, &Outcome::new(outcome.phase, ""));
    outcome
}

/// The template with its inputs, and with what can be known in it.
fn ready(engine: &Engine, call: &Call) -> Result<Ready, String> {
    let (known, home) = &call.found;
    let template = filled(engine, call, known)?;
    let mut artifacts = BTreeMap::new();
    for artifact in &template.inputs.artifacts {
        match call.passed.artifacts.get(&artifact.name).cloned().or_else(|| store::location(artifact)) {
            Some(stored) => drop(artifacts.insert(artifact.name.clone(), stored)),
            None if artifact.optional => {}
            None => return Err(format!("inputs.artifacts.{} was not supplied", artifact.name)),
        }
    }
    let (node, home, around) = (call.node.clone(), Rc::clone(home), call.around.clone());
    Ok(Ready { node, template, home, artifacts, around, wants_results: known.wants_results })
}

fn filled(engine: &Engine, call: &Call, known: &Known) -> Result<Arc<Template>, String> {
    if known.template.inputs.parameters.is_empty() && !known.has_tags {
        return Ok(Arc::clone(&known.template));
    }
    let mut template = (*known.template).clone();
    let mut has_tags = known.has_tags;
    for parameter in &mut template.inputs.parameters {
        let value = match call.passed.parameters.get(&parameter.name) {
            Some(value) => Some(value.clone()),
            None => own_value(engine, parameter)?,
        };
        let value = value.ok_or_else(|| format!("inputs.parameters.{} was not supplied", parameter.name))?;
        has_tags |= value.contains("{{");
        parameter.value = Some(AnyString(value));
    }
    if !has_tags {
        return Ok(Arc::new(template));
    }
    let mut names = engine.globals().at(&call.node);
    names.extend(call.locals.clone());
    names.insert("node.name".to_owned(), call.node.clone());
    if template.retry_strategy.is_none() {
        names.insert("pod.name".to_owned(), leaf::pod_name(engine, &template.name, &call.node));
    }
    let json = |error: serde_json::Error| error.to_string();
    let wrong = |error: serde_json::Error| format!("a value cannot be put into the manifest, as in Argo: {error}");
    let filled = |text: &str, names: &Names| substitute_json(text, names, Unresolved::Stays);
    let tasks = serde_json::to_string(&(template.dag.take(), take(&mut template.steps))).map_err(json)?;
    let rest = serde_json::to_string(&template).map_err(json)?;
    // First what is known outside, then the inputs, whose own values may have had tags.
    let (tasks, rest) = (filled(&tasks, &names.deferring())?, filled(&rest, &names)?);
    names.extend(inputs(&serde_json::from_str(&rest).map_err(wrong)?));
    let (tasks, rest) = (filled(&tasks, &names.deferring())?, filled(&rest, &names)?);
    let (dag, steps) = serde_json::from_str(&tasks).map_err(wrong)?;
    Ok(Arc::new(Template { dag, steps, ..serde_json::from_str(&rest).map_err(wrong)? }))
}

fn own_value(engine: &Engine, parameter: &Parameter) -> Result<Option<String>, String> {
    if let Some(value) = parameter.value.clone().or_else(|| parameter.default.clone()) {
        return Ok(Some(value.0));
    }
    parameter.value_from.as_ref().map_or(Ok(None), |from| from_elsewhere(&engine.sources, from))
}

/// The value of a parameter that comes from a config map, or its default.
pub(crate) fn from_elsewhere(sources: &Sources, from: &ValueFrom) -> Result<Option<String>, String> {
    let default = from.default.clone().map(|text| text.0);
    match from.config_map_key_ref.as_ref().map(|reference| sources.config_map_key(reference)) {
        None => Ok(default),
        Some(Ok(value)) => Ok(value.or(default)),
        Some(Err(message)) => default.map(Some).ok_or(message),
    }
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

//! A task or step: its condition, its rounds, its exit handler.

use crate::call::{self, Call, Passed, Ready};
use crate::engine::{Engine, Event};
use crate::govaluate;
use crate::items;
use crate::load::Found;
use crate::outcome::{Outcome, Phase, Stored};
use crate::scope::{Names, Unresolved, evaluate, substitute, substitute_text};
use crate::sibling::{self, Sibling, Siblings};
use kfp_core::argo::{Arguments, Artifact, Task, Template};
use serde_json::Value;
use std::rc::Rc;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Where a task stands.
pub(crate) struct Place {
    /// `tasks` or `steps`.
    pub(crate) kind: &'static str,
    /// The name of its node, as in Argo.
    pub(crate) node: String,
    pub(crate) depth: usize,
    pub(crate) found: Result<Found, String>,
    /// What is known around it.
    pub(crate) names: Names,
    pub(crate) boundary: Option<Arc<Semaphore>>,
}

/// What is known around a task: the workflow, the artifacts that its DAG was given, and the siblings that it mentions.
pub(crate) fn names(engine: &Engine, ready: &Ready, kind: &str, siblings: &Siblings, json: &str) -> Names {
    let mut names = (*engine.globals()).clone();
    // An expression over inputs and siblings has waited for the siblings.
    names.extend(call::inputs(&ready.template));
    for (name, stored) in &ready.artifacts {
        names.insert(format!("inputs.artifacts.{name}"), serde_json::to_string(stored).unwrap_or_default());
    }
    names.extend(sibling::variables(kind, siblings, json));
    names
}

/// Runs a task to its end, with its exit handler.
pub(crate) async fn run(engine: Rc<Engine>, place: Place, task: Task) -> Sibling {
    match rounds(&engine, &place, &task).await {
        Ok(sibling) => sibling,
        Err(outcome) => {
            engine.tell(Event::Ended {
                node: place.node.clone(),
                outcome: outcome.clone(),
                before: false,
                log: Vec::new(),
            });
            Sibling::one(&outcome, place.found.as_ref().ok().map(|(template, _)| &**template))
        }
    }
}

/// A task that will not run.
pub(crate) fn omitted(engine: &Engine, place: &Place) -> Sibling {
    let outcome = Outcome::new(Phase::Omitted, "omitted: depends condition not met");
    engine.tell(Event::Ended { node: place.node.clone(), outcome: outcome.clone(), before: false, log: Vec::new() });
    Sibling::one(&outcome, place.found.as_ref().ok().map(|(template, _)| &**template))
}

async fn rounds(engine: &Rc<Engine>, place: &Place, task: &Task) -> Result<Sibling, Outcome> {
    let found = place.found.clone().map_err(Outcome::error)?;
    let mut whole = task.clone();
    (whole.hooks, whole.on_exit) = (std::collections::BTreeMap::new(), None);
    if let Some(when) = &task.when {
        let when = substitute_text(when, &place.names, Unresolved::Stays).map_err(Outcome::error)?;
        if !items::is_loop(task) {
            holds(&when)?;
        }
        whole.when = Some(when);
    }
    drop_absent(&mut whole, place);
    let whole = substitute(&whole, &place.names, Unresolved::SiblingsFail).map_err(Outcome::error)?;
    let Some(list) = items::of(&whole).map_err(Outcome::error)? else {
        let outcome = round(engine, place, &found, task, &whole, &place.node).await?;
        return Ok(Sibling::one(&outcome, Some(&found.0)));
    };
    let mut bare = whole;
    (bare.with_items, bare.with_param, bare.with_sequence) = (Vec::new(), None, None);
    let mut started: JoinSet<(usize, Outcome)> = JoinSet::new();
    for (index, item) in list.iter().enumerate() {
        let node = format!("{}({})", place.node, items::label(index, item));
        let one = item_task(&bare, item, &place.names);
        let (engine, task, found) = (Rc::clone(engine), task.clone(), found.clone());
        let place = Place {
            node: node.clone(),
            found: Ok(found.clone()),
            names: place.names.clone(),
            boundary: place.boundary.clone(),
            ..*place
        };
        started.spawn_local(async move {
            let outcome = match one {
                Ok(one) => round(&engine, &place, &found, &task, &one, &node).await.unwrap_or_else(|outcome| {
                    let told = outcome.clone();
                    engine.tell(Event::Ended { node: node.clone(), outcome: told, before: false, log: Vec::new() });
                    outcome
                }),
                Err(outcome) => {
                    let told = outcome.clone();
                    engine.tell(Event::Ended { node: node.clone(), outcome: told, before: false, log: Vec::new() });
                    outcome
                }
            };
            (index, outcome)
        });
    }
    let mut ended = Vec::new();
    while let Some(result) = started.join_next().await {
        ended.push(result.unwrap_or_else(|error| (usize::MAX, Outcome::error(error.to_string()))));
    }
    ended.sort_by_key(|(index, _)| *index);
    let ended: Vec<_> = ended.into_iter().map(|(_, outcome)| outcome).collect();
    Ok(Sibling::group(&ended))
}

/// The task of one round; a condition that is false already comes before what it guards.
fn item_task(task: &Task, item: &Value, names: &Names) -> Result<Task, Outcome> {
    let mut names = names.clone();
    names.extend(items::variables(item));
    let mut task = task.clone();
    if let Some(when) = &task.when {
        let when = substitute_text(when, &names, Unresolved::Fails).map_err(Outcome::error)?;
        holds(&when)?;
        task.when = None;
    }
    substitute(&task, &names, Unresolved::Fails).map_err(Outcome::error)
}

fn holds(when: &str) -> Result<(), Outcome> {
    match govaluate::holds(when) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Outcome::new(Phase::Skipped, format!("when '{when}' evaluated false"))),
        Err(error) => Err(Outcome::error(format!("`when: {when}`: {error}"))),
    }
}

/// An argument that is nothing but an output of a task that was skipped counts as not given.
fn drop_absent(task: &mut Task, place: &Place) {
    task.arguments.parameters.retain(|argument| {
        let Some(value) = &argument.value else { return true };
        let name = value.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")).map(str::trim);
        let Some((sibling, _)) = name.and_then(|name| name.split_once(".outputs.parameters.")) else { return true };
        let status = place.names.get(&format!("{sibling}.status")).map(String::as_str);
        let is_absent = matches!(status, Some("Skipped" | "Omitted"));
        !is_absent || name.is_none_or(|name| place.names.contains_key(name))
    });
}

/// One round, and its exit handler.
async fn round(
    engine: &Rc<Engine>,
    place: &Place,
    found: &Found,
    task: &Task,
    whole: &Task,
    node: &str,
) -> Result<Outcome, Outcome> {
    let passed = passed(&whole.arguments, &found.0, &place.names).map_err(Outcome::error)?;
    let kind = place.kind;
    let locals = Names::from([(format!("{kind}.name"), task.name.clone())]);
    let it = Call {
        node: node.to_owned(),
        found: found.clone(),
        passed,
        locals,
        depth: place.depth + 1,
        boundary: place.boundary.clone(),
    };
    let outcome = call::call(Rc::clone(engine), it).await;
    if matches!(outcome.phase, Phase::Skipped | Phase::Omitted) {
        return Ok(outcome);
    }
    match exit_handler(engine, place, task, &outcome, node).await {
        Some(exit) if exit.phase.is_bad() && outcome.phase == Phase::Succeeded => {
            Ok(Outcome { phase: exit.phase, message: format!("its exit handler failed: {}", exit.message), ..outcome })
        }
        _ => Ok(outcome),
    }
}

async fn exit_handler(
    engine: &Rc<Engine>,
    place: &Place,
    task: &Task,
    outcome: &Outcome,
    node: &str,
) -> Option<Outcome> {
    let handler = match (task.hooks.get("exit"), &task.on_exit) {
        (Some(hook), _) => Task {
            template: hook.template.clone(),
            template_ref: hook.template_ref.clone(),
            arguments: hook.arguments.clone(),
            ..Task::default()
        },
        (None, Some(template)) => Task { template: Some(template.clone()), ..Task::default() },
        (None, None) => return None,
    };
    let home = match &place.found {
        Ok((_, home)) => Rc::clone(home),
        Err(message) => return Some(Outcome::error(message.clone())),
    };
    let found = match engine.library.called(&home, &handler) {
        Ok(found) => found,
        // The handler is written where the task is, and that may be another manifest than the one it calls.
        Err(message) => match engine.library.called(&engine.library.main, &handler) {
            Ok(found) => found,
            Err(_) => return Some(Outcome::error(message)),
        },
    };
    let mut names = place.names.clone();
    let own = Sibling::one(outcome, None);
    for own_name in ["self", task.name.as_str()] {
        let siblings = Siblings::from([(own_name.to_owned(), Sibling::one(outcome, None))]);
        names.extend(sibling::variables(place.kind, &siblings, &format!("{}.{own_name} ", place.kind)));
    }
    debug_assert_eq!(own.phase, outcome.phase);
    let arguments = substitute(&handler.arguments, &names, Unresolved::SiblingsFail);
    let passed = arguments.and_then(|arguments| passed(&arguments, &found.0, &names));
    let passed = match passed {
        Ok(passed) => passed,
        Err(message) => return Some(Outcome::error(message)),
    };
    let locals = Names::from([(format!("{}.name", place.kind), task.name.clone())]);
    let node = format!("{node}.onExit");
    Some(
        call::call(Rc::clone(engine), Call { node, found, passed, locals, depth: place.depth + 1, boundary: None })
            .await,
    )
}

/// What arguments pass, with everything substituted.
pub(crate) fn passed(arguments: &Arguments, template: &Template, names: &Names) -> Result<Passed, String> {
    let mut passed = Passed::default();
    for argument in &arguments.parameters {
        let default = argument.value_from.as_ref().and_then(|from| from.default.clone());
        let expression = argument.value_from.as_ref().and_then(|from| from.expression.clone());
        let value = match (argument.value.clone().or(default), expression) {
            (_, Some(source)) => {
                let value = evaluate(&source, names).map_err(|error| format!("`{source}`: {error}"))?;
                Some(crate::expr::go_text(&value))
            }
            (value, None) => value.map(|text| text.0),
        };
        passed.parameters.extend(value.map(|value| (argument.name.clone(), value)));
    }
    for argument in &arguments.artifacts {
        let input = template.inputs.artifacts.iter().find(|input| input.name == argument.name);
        let is_optional = argument.optional || input.is_some_and(|input| input.optional);
        match stored(argument, names) {
            Ok(stored) => drop(passed.artifacts.insert(argument.name.clone(), stored)),
            Err(_) if is_optional => {}
            Err(message) => return Err(format!("the artifact `{}`: {message}", argument.name)),
        }
    }
    Ok(passed)
}

/// Where an artifact is that comes from somewhere else.
pub(crate) fn stored(artifact: &Artifact, names: &Names) -> Result<Stored, String> {
    if let Some(source) = &artifact.from_expression {
        return match evaluate(source, names) {
            Ok(Value::String(text)) => read(&text).ok_or_else(|| format!("`{source}` gives no artifact")),
            Ok(_) => Err(format!("`{source}` gives no artifact")),
            Err(error) => Err(format!("`{source}`: {error}")),
        };
    }
    if let Some(from) = &artifact.from {
        let text = substitute_text(from, names, Unresolved::Stays)?;
        return read(&text).ok_or_else(|| format!("`{from}` refers to nothing"));
    }
    crate::store::location(artifact).ok_or_else(|| "it comes from nowhere".to_owned())
}

fn read(text: &str) -> Option<Stored> {
    serde_json::from_str(text).ok()
}

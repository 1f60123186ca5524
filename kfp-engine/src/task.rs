//! A task or step: its condition, its rounds, its exit handler.

use crate::around::Around;
use crate::call::{self, Call, Passed, Ready};
use crate::engine::Engine;
use crate::event::{Kind, Node, now};
use crate::govaluate;
use crate::hooks::Hooks;
use crate::items;
use crate::load::Found;
use crate::outcome::{Outcome, Phase, Stored};
use crate::scope::{Names, Unresolved, evaluate, substitute, substitute_text};
use crate::sibling::{self, Sibling, Siblings};
use crate::sources::Sources;
use crate::store::part;
use kfp_core::argo::{AnyString, Arguments, Artifact, Task, Template};
use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;
use tokio::task::JoinSet;

/// Where a task stands.
pub(crate) struct Place {
    /// `tasks` or `steps`.
    pub(crate) kind: &'static str,
    /// The name of its node, as in Argo.
    pub(crate) node: String,
    pub(crate) found: Result<Found, String>,
    /// What is known around it.
    pub(crate) names: Rc<Names>,
    pub(crate) around: Around,
}

/// Rounds of one loop that are begun at the same time; the others wait where they take no memory.
const WINDOW: usize = 512;

/// What is known around a task: the workflow, the artifacts that its DAG was given, and the siblings that it mentions.
pub(crate) fn names(engine: &Engine, ready: &Ready, kind: &str, siblings: &Siblings, json: &str) -> Names {
    let mut names = engine.globals().at(&ready.node);
    // An expression over inputs and siblings has waited for the siblings.
    names.extend(call::inputs(&ready.template));
    for (name, stored) in &ready.artifacts {
        names.insert(format!("inputs.artifacts.{name}"), serde_json::to_string(stored).unwrap_or_default());
    }
    names.extend(sibling::variables(kind, siblings, json));
    names
}

/// Runs a task to its end, with its hooks.
pub(crate) async fn run(engine: Rc<Engine>, place: Place, task: Rc<Task>) -> Sibling {
    match rounds(&engine, &place, &task).await {
        Ok(sibling) => sibling,
        Err(outcome) => unstarted(&engine, &place, &outcome),
    }
}

/// A task that will not run.
pub(crate) fn omitted(engine: &Engine, place: &Place) -> Sibling {
    unstarted(engine, place, &Outcome::new(Phase::Omitted, "omitted: depends condition not met"))
}

fn unstarted(engine: &Engine, place: &Place, outcome: &Outcome) -> Sibling {
    call::unstarted(engine, &place.node, &place.around, outcome.clone());
    Sibling::one(outcome, place.found.as_ref().ok().map(|(known, _)| &*known.template))
}

async fn rounds(engine: &Rc<Engine>, place: &Place, task: &Rc<Task>) -> Result<Sibling, Outcome> {
    let found = place.found.clone().map_err(Outcome::error)?;
    let whole = resolved(place, task)?;
    let Some(list) = items::of(&whole).map_err(Outcome::error)? else {
        let outcome = round(engine, place, &found, task, &whole).await?;
        return Ok(Sibling::one(&outcome, Some(&found.0.template)));
    };
    let mut bare = whole;
    (bare.with_items, bare.with_param, bare.with_sequence) = (Vec::new(), None, None);
    engine.begin(group(place, task));
    let bare = Rc::new(bare);
    let mut started: JoinSet<(usize, Outcome)> = JoinSet::new();
    let mut ended: Vec<Option<Outcome>> = vec![None; list.len()];
    let mut waiting = list.iter().enumerate();
    loop {
        while started.len() < WINDOW
            && let Some((index, item)) = waiting.next()
        {
            let label = items::label(index, item);
            let place = Place {
                kind: place.kind,
                node: format!("{}({label})", place.node),
                found: Ok(found.clone()),
                names: Rc::clone(&place.names),
                around: place.around.inner(&place.node, format!("{}({label})", place.around.name)),
            };
            let (engine, task, bare, item) = (Rc::clone(engine), Rc::clone(task), Rc::clone(&bare), item.clone());
            started.spawn_local(async move { (index, one(&engine, &place, &task, &bare, &item).await) });
        }
        match started.join_next().await {
            Some(Ok((index, outcome))) => ended[index] = Some(outcome),
            Some(Err(error)) => return Err(Outcome::error(error.to_string())),
            None => break,
        }
    }
    let ended: Vec<_> = ended.into_iter().flatten().collect();
    let sibling = Sibling::group(&ended);
    engine.end(&place.node, Kind::TaskGroup, &Outcome::new(sibling.phase, ""));
    Ok(sibling)
}

/// One round of a loop.
async fn one(engine: &Rc<Engine>, place: &Place, task: &Task, bare: &Task, item: &Value) -> Outcome {
    let ended = match (item_task(bare, item, &place.names.at(&place.node)), &place.found) {
        (Ok(whole), Ok(found)) => round(engine, place, found, task, &whole).await,
        (Err(outcome), _) => Err(outcome),
        (_, Err(message)) => Err(Outcome::error(message.clone())),
    };
    ended.unwrap_or_else(|outcome| call::unstarted(engine, &place.node, &place.around, outcome))
}

fn group(place: &Place, task: &Task) -> Node {
    Node {
        node: place.node.clone(),
        parent: place.around.parent.clone(),
        name: place.around.name.clone(),
        kind: Kind::TaskGroup,
        template: task.template.clone().unwrap_or_default(),
        after: place.around.after.to_vec(),
        parameters: BTreeMap::new(),
        artifacts: BTreeMap::new(),
        folder: None,
        at: now(),
    }
}

/// The task with all that is known before its rounds, without its hooks; an outcome where it will not run.
fn resolved(place: &Place, task: &Task) -> Result<Task, Outcome> {
    let mut whole = task.clone();
    (whole.hooks, whole.on_exit) = (BTreeMap::new(), None);
    let names = place.names.at(&place.node);
    if let Some(when) = &task.when {
        let when = substitute_text(when, &names, Unresolved::Stays).map_err(Outcome::error)?;
        if !items::is_loop(task) {
            holds(&when)?;
        }
        whole.when = Some(when);
    }
    drop_absent(&mut whole, place);
    substitute(&whole, &names, Unresolved::SiblingsFail).map_err(Outcome::error)
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

/// An argument that is nothing but an output of a task that was skipped counts as not given, and so does an optional artifact
/// that is not there.
fn drop_absent(task: &mut Task, place: &Place) {
    task.arguments.artifacts.retain(|argument| !argument.optional || stored(argument, &place.names).is_ok());
    task.arguments.parameters.retain(|argument| {
        let Some(value) = &argument.value else { return true };
        let name = value.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")).map(str::trim);
        let Some((sibling, _)) = name.and_then(|name| name.split_once(".outputs.parameters.")) else { return true };
        let status = place.names.get(&format!("{sibling}.status")).map(String::as_str);
        let is_absent = matches!(status, Some("Skipped" | "Omitted"));
        !is_absent || name.is_none_or(|name| place.names.contains_key(name))
    });
}

/// One round, and its hooks.
async fn round(
    engine: &Rc<Engine>,
    place: &Place,
    found: &Found,
    task: &Task,
    whole: &Task,
) -> Result<Outcome, Outcome> {
    let names = place.names.at(&place.node);
    let passed = passed(&whole.arguments, &found.0.template, &names, &engine.sources).map_err(Outcome::error)?;
    let it = Call {
        node: place.node.clone(),
        found: found.clone(),
        passed,
        locals: Names::from([(format!("{}.name", place.kind), task.name.clone())]),
        around: Around { depth: place.around.depth + 1, ..place.around.clone() },
    };
    let mut hooks = Hooks::new(engine, place, task);
    hooks.see("Pending");
    hooks.see("Running");
    let outcome = call::call(Rc::clone(engine), it).await;
    if matches!(outcome.phase, Phase::Skipped | Phase::Omitted) {
        return Ok(outcome);
    }
    hooks.end(&outcome).await;
    Ok(outcome)
}

/// What arguments pass, with everything substituted.
pub(crate) fn passed(
    arguments: &Arguments,
    template: &Template,
    names: &Names,
    sources: &Sources,
) -> Result<Passed, String> {
    let mut passed = Passed::default();
    for argument in &arguments.parameters {
        let from = argument.value_from.as_ref().filter(|_| argument.value.is_none());
        let from = from.map(|from| call::from_elsewhere(sources, from)).transpose()?.flatten().map(AnyString);
        let expression = argument.value_from.as_ref().and_then(|from| from.expression.clone());
        let value = match (argument.value.clone().or(from), expression) {
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
            Ok(Value::String(text)) => {
                read(&text).map(|whole| part(whole, artifact)).ok_or_else(|| format!("`{source}` gives no artifact"))
            }
            Ok(_) => Err(format!("`{source}` gives no artifact")),
            Err(error) => Err(format!("`{source}`: {error}")),
        };
    }
    if let Some(from) = &artifact.from {
        let text = substitute_text(from, names, Unresolved::Stays)?;
        let whole = read(&text).ok_or_else(|| format!("`{from}` refers to nothing"))?;
        return Ok(part(whole, artifact));
    }
    crate::store::location(artifact).ok_or_else(|| "it comes from nowhere".to_owned())
}

fn read(text: &str) -> Option<Stored> {
    serde_json::from_str(text).ok()
}

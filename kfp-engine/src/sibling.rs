//! A task or step that is over, as the others see it.

use crate::depends::Facts;
use crate::expr::{as_written, to_json};
use crate::outcome::{Outcome, Phase};
use crate::scope::{Names, mentioned};
use kfp_core::argo::Template;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A task or step that is over.
pub(crate) struct Sibling {
    pub(crate) phase: Phase,
    /// The worst of the innermost nodes that it ends in; in a DAG, of one that did not run, of those that it comes after.
    pub(crate) tail: Phase,
    pub(crate) facts: Facts,
    /// Its variables, without `tasks.NAME.`.
    variables: Names,
}

pub(crate) type Siblings = BTreeMap<String, Sibling>;

/// The variables of those that a text mentions.
pub(crate) fn variables(kind: &str, siblings: &Siblings, json: &str) -> Names {
    let mut names = Names::new();
    for name in mentioned(json, kind) {
        let Some(sibling) = siblings.get(&name) else { continue };
        names.extend(sibling.variables.iter().map(|(key, value)| (format!("{kind}.{name}.{key}"), value.clone())));
    }
    names
}

impl Sibling {
    /// Whether it was not run.
    pub(crate) fn is_skipped(&self) -> bool {
        matches!(self.phase, Phase::Skipped | Phase::Omitted)
    }

    /// The phase of the branch that it ends.
    pub(crate) fn branch(&self) -> Phase {
        if self.is_skipped() { self.tail } else { self.phase }
    }

    /// One that has run once, or not at all.
    pub(crate) fn one(outcome: &Outcome, template: Option<&Template>) -> Self {
        let mut variables = variables_of(outcome);
        if matches!(outcome.phase, Phase::Skipped | Phase::Omitted) {
            let defaults = template.into_iter().flat_map(|template| &template.outputs.parameters);
            for parameter in defaults {
                if let Some(default) = parameter.value_from.as_ref().and_then(|from| from.default.clone()) {
                    variables.insert(format!("outputs.parameters.{}", parameter.name), default.0);
                }
            }
        }
        let facts = Facts { is_daemon: outcome.is_daemon, ..Facts::of(outcome.phase) };
        Self { phase: outcome.phase, tail: outcome.tail.unwrap_or(outcome.phase), facts, variables }
    }

    /// A loop.
    pub(crate) fn group(children: &[Outcome]) -> Self {
        if children.is_empty() {
            let mut group = Self::one(&Outcome::new(Phase::Skipped, "Skipped, empty params"), None);
            group.variables.insert("outputs.result".to_owned(), "[]".to_owned());
            group.variables.insert("outputs.parameters".to_owned(), "[]".to_owned());
            return group;
        }
        let phase = Phase::worst(children.iter().rev().map(|child| child.phase));
        let tail = Phase::worst(children.iter().rev().map(|child| child.tail.unwrap_or(child.phase)));
        let facts = Facts {
            any_succeeded: children.iter().any(|child| child.phase == Phase::Succeeded),
            all_failed: children.iter().all(|child| child.phase == Phase::Failed),
            ..Facts::of(phase)
        };
        let mut variables = aggregates(children);
        variables.insert("status".to_owned(), phase.to_string());
        Self { phase, tail, facts, variables }
    }
}

fn variables_of(outcome: &Outcome) -> Names {
    let status = if outcome.is_daemon { "Running".to_owned() } else { outcome.phase.to_string() };
    let mut names = Names::from([("status".to_owned(), status)]);
    if outcome.is_daemon {
        // Everything here has the network of this machine.
        names.insert("ip".to_owned(), "127.0.0.1".to_owned());
    }
    let outputs = &outcome.outputs;
    names.extend(outputs.result.clone().map(|result| ("outputs.result".to_owned(), result)));
    names.extend(outputs.exit_code.map(|code| ("exitCode".to_owned(), code.to_string())));
    for (name, value) in &outputs.parameters {
        names.insert(format!("outputs.parameters.{name}"), value.clone());
    }
    for (name, stored) in &outputs.artifacts {
        let text = serde_json::to_string(stored).unwrap_or_default();
        names.insert(format!("outputs.artifacts.{name}"), text);
    }
    names
}

/// What those that went well gave, as lists.
fn aggregates(children: &[Outcome]) -> Names {
    let good: Vec<_> = children.iter().filter(|child| child.phase == Phase::Succeeded).collect();
    let mut names = Names::new();
    let results: Vec<_> = good.iter().filter_map(|child| child.outputs.result.as_deref()).collect();
    let values: Result<Vec<Value>, _> = results.iter().map(|text| serde_json::from_str(text)).collect();
    // A result that is no JSON makes no list; who refers to it gets an error, as in Argo.
    if let Ok(values) = values {
        names.insert("outputs.result".to_owned(), as_written(&Value::from(values)));
    }
    let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut all = Vec::new();
    for child in good {
        let mut fields = Map::new();
        for (name, value) in &child.outputs.parameters {
            lists.entry(name).or_default().push(value);
            fields.insert(name.clone(), value.as_str().into());
        }
        all.push(Value::Object(fields));
    }
    names.insert("outputs.parameters".to_owned(), to_json(&Value::from(all)));
    for (name, texts) in lists {
        let parsed = texts.iter().map(|text| serde_json::from_str::<Value>(text).ok());
        let objects: Option<Vec<_>> =
            parsed.map(|value| value.filter(|value| value.is_object() || value.is_array())).collect();
        let list = objects.map_or_else(|| Value::from(texts), Value::from);
        names.insert(format!("outputs.parameters.{name}"), to_json(&list));
    }
    names
}

//! What a task comes after: `depends`, and `dependencies` as Argo rewrites them.

use crate::expr::Expression;
use crate::outcome::Phase;
use kfp_core::argo::{ContinueOn, Task};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Facts about a task that is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Facts {
    pub(crate) phase: Phase,
    pub(crate) is_daemon: bool,
    pub(crate) any_succeeded: bool,
    pub(crate) all_failed: bool,
}

impl Facts {
    pub(crate) fn of(phase: Phase) -> Self {
        Self { phase, is_daemon: false, any_succeeded: false, all_failed: false }
    }

    /// By their names in `depends`.
    fn named(self) -> [(&'static str, bool); 8] {
        let is = |phase| self.phase == phase && !self.is_daemon;
        [
            ("Succeeded", is(Phase::Succeeded)),
            ("Failed", is(Phase::Failed)),
            ("Errored", is(Phase::Error)),
            ("Skipped", is(Phase::Skipped)),
            ("Omitted", is(Phase::Omitted)),
            ("Daemoned", self.is_daemon),
            ("AnySucceeded", self.any_succeeded),
            ("AllFailed", self.all_failed),
        ]
    }

    /// What a bare name means.
    fn lets_go_on(self, on: Option<&ContinueOn>) -> bool {
        match self.phase {
            Phase::Succeeded | Phase::Skipped => true,
            Phase::Failed => on.is_some_and(|on| on.failed),
            Phase::Error => on.is_some_and(|on| on.error),
            Phase::Omitted => false,
        }
    }
}

/// A condition on other tasks.
pub(crate) struct Depends {
    source: String,
    condition: Condition,
    pub(crate) names: Vec<String>,
}

enum Condition {
    /// All let go on, each with its `continueOn`.
    All(Vec<Option<ContinueOn>>),
    Expression(Box<Expression>),
}

impl Depends {
    /// The condition of a task; it may be empty.
    pub(crate) fn of(task: &Task, tasks: &BTreeMap<&str, &Task>) -> Result<Self, String> {
        let Some(source) = task.depends.clone().filter(|text| !text.trim().is_empty()) else {
            let on = |name: &String| {
                let other =
                    tasks.get(name.as_str()).ok_or_else(|| format!("`dependencies`: there is no task `{name}`"))?;
                Ok::<_, String>(other.continue_on.clone())
            };
            let all = task.dependencies.iter().map(on).collect::<Result<_, _>>()?;
            return Ok(Self {
                source: String::new(),
                condition: Condition::All(all),
                names: task.dependencies.clone(),
            });
        };
        let (expanded, names) = expand(&source, tasks)?;
        let expression = Expression::parse(&expanded).map_err(|error| format!("`depends: {source}`: {error}"))?;
        Ok(Self { source, condition: Condition::Expression(Box::new(expression)), names })
    }

    /// Whether it holds.
    pub(crate) fn holds(&self, facts: impl Fn(&str) -> Option<Facts>) -> Result<bool, String> {
        let expression = match &self.condition {
            Condition::Expression(expression) => expression,
            Condition::All(on) => {
                let mut all = self.names.iter().zip(on);
                return Ok(all.all(|(name, on)| facts(name).is_some_and(|facts| facts.lets_go_on(on.as_ref()))));
            }
        };
        let object = |name: &String| {
            let named = facts(name).map(Facts::named).into_iter().flatten();
            (key(name), Value::Object(named.map(|(fact, holds)| (fact.to_owned(), Value::Bool(holds))).collect()))
        };
        let variables: Map<String, Value> = self.names.iter().map(object).collect();
        match expression.evaluate(&variables) {
            Ok(Value::Bool(holds)) => Ok(holds),
            Ok(_) => Err(format!("`depends: {}` is neither true nor false", self.source)),
            Err(error) => Err(format!("`depends: {}`: {error}", self.source)),
        }
    }
}

/// The name of a task as it can stand in an expression.
fn key(name: &str) -> String {
    name.replace('-', "_")
}

fn expand(source: &str, tasks: &BTreeMap<&str, &Task>) -> Result<(String, Vec<String>), String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let (mut whole, mut names) = (String::new(), Vec::new());
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        if !is_name(first) {
            whole.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let Some(task) = tasks.get(name) else { return Err(format!("`{source}`: there is no task `{name}`")) };
        names.push(name.to_owned());
        let result = after.strip_prefix('.').map(|after| &after[..after.find(|c| !is_name(c)).unwrap_or(after.len())]);
        match result {
            Some(result) => {
                whole.extend([&key(name), ".", result]);
                rest = &after[result.len() + 1..];
            }
            None => {
                whole.push_str(&bare(&key(name), task));
                rest = after;
            }
        }
    }
    Ok((whole, names))
}

fn bare(key: &str, task: &Task) -> String {
    let mut results = vec!["Succeeded", "Skipped", "Daemoned"];
    let on = task.continue_on.as_ref();
    results.extend(on.filter(|on| on.error).map(|_| "Errored"));
    results.extend(on.filter(|on| on.failed).map(|_| "Failed"));
    let any: Vec<_> = results.iter().map(|result| format!("{key}.{result}")).collect();
    format!("({})", any.join(" || "))
}

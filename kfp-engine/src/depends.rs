//! What a task comes after: `depends`, and `dependencies` as Argo rewrites them.

use crate::expr::Expression;
use kfp_core::argo::Task;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Facts about a task that is over, by their names in `depends`: `Succeeded`, `AnySucceeded`, ..
pub(crate) type Facts = BTreeMap<&'static str, bool>;

/// A condition on other tasks.
pub(crate) struct Depends {
    source: String,
    expression: Option<Expression>,
    pub(crate) names: Vec<String>,
}

impl Depends {
    /// The condition of a task; it may be empty.
    pub(crate) fn of(task: &Task, tasks: &BTreeMap<&str, &Task>) -> Result<Self, String> {
        let source = match &task.depends {
            Some(text) => text.clone(),
            None => task.dependencies.join(" && "),
        };
        let (expanded, names) = expand(&source, tasks)?;
        let expression = if names.is_empty() { None } else { Some(Expression::parse(&expanded)) };
        let expression = expression.transpose().map_err(|error| format!("`depends: {source}`: {error}"))?;
        Ok(Self { source, expression, names })
    }

    /// Whether it holds.
    pub(crate) fn holds(&self, facts: impl Fn(&str) -> Facts) -> Result<bool, String> {
        let Some(expression) = &self.expression else { return Ok(true) };
        let object = |name: &String| {
            let facts = facts(name).into_iter().map(|(fact, holds)| (fact.to_owned(), Value::Bool(holds)));
            (key(name), Value::Object(facts.collect()))
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

//! A template that lists what is stored, and makes something of the list.

use crate::expr::{Expression, to_json};
use crate::outcome::{Outcome, Phase};
use crate::pod::Pod;
use crate::stage;
use crate::store;
use kfp_core::argo::Artifact;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::fs;
use std::io;

/// What stands below `data`.
#[derive(Deserialize)]
struct Data {
    source: Source,
    #[serde(default)]
    transformation: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Source {
    artifact_paths: Option<Artifact>,
}

#[derive(Deserialize)]
struct Step {
    #[serde(default)]
    expression: String,
}

fn read(data: &Value) -> Result<(String, Vec<String>), String> {
    let data: Data = serde_json::from_value(data.clone()).map_err(|error| error.to_string())?;
    let artifact = data.source.artifact_paths.ok_or("`source` is not `artifactPaths`")?;
    let key = match store::location(&artifact) {
        // All that is in the bucket.
        None => String::new(),
        Some(stored) => stored.key().ok_or("only the store of the run can be listed, not a server")?.to_owned(),
    };
    Ok((key, data.transformation.into_iter().map(|step| step.expression).collect()))
}

/// Why it cannot be done here, as far as can be seen before it is done.
pub(crate) fn check(data: &Value) -> Result<(), String> {
    let (_, steps) = read(data)?;
    let steps = steps.iter().filter(|step| !step.contains("{{"));
    steps.filter(|step| !step.is_empty()).try_for_each(|step| match Expression::parse(step) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("`{step}`: {error}")),
    })
}

/// Gives the list as its result.
pub(crate) fn run(pod: &Pod, data: &Value) -> io::Result<Outcome> {
    let (key, steps) = match read(data) {
        Ok(read) => read,
        Err(message) => return Ok(Outcome::error(message)),
    };
    let keys = stage::store(pod).list(&key)?;
    let mut value = Value::from(keys);
    for step in steps.iter().filter(|step| !step.is_empty()) {
        let variables = Map::from_iter([("data".to_owned(), value)]);
        value = match crate::expr::evaluate(step, &variables) {
            Ok(value) => value,
            Err(error) => return Ok(Outcome::error(format!("`{step}`: {error}"))),
        };
    }
    let text = to_json(&value);
    fs::write(pod.folder().join("main.out"), &text)?;
    let mut outcome = Outcome::new(Phase::Succeeded, "");
    outcome.outputs.result = Some(text);
    Ok(outcome)
}

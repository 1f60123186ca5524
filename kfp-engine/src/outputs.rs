//! The outputs of DAGs and steps.

use crate::expr::go_text;
use crate::outcome::Outputs;
use crate::scope::{Names, Unresolved, evaluate, substitute_text};
use crate::task;
use kfp_core::argo::Template;
use serde_json::Value;

/// What a DAG or steps give, from what their tasks gave.
pub(crate) fn of(template: &Template, names: &Names) -> Result<Outputs, String> {
    let mut outputs = Outputs::default();
    for parameter in &template.outputs.parameters {
        let wrong = |message: String| format!("outputs.parameters.{}: {message}", parameter.name);
        let from = parameter.value_from.clone().unwrap_or_default();
        let value = match (&from.parameter, &from.expression) {
            (Some(reference), _) => substitute_text(reference, names, Unresolved::Fails),
            (None, Some(source)) => match evaluate(source, names) {
                Ok(Value::Null) => Err(format!("`{source}` has no value")),
                Ok(value) => Ok(go_text(&value)),
                Err(error) => Err(format!("`{source}`: {error}")),
            },
            (None, None) => match &parameter.value {
                Some(value) => Ok(value.0.clone()),
                None => Err("it comes from nowhere".to_owned()),
            },
        };
        let value = value.or_else(|message| from.default.map(|text| text.0).ok_or_else(|| wrong(message)))?;
        outputs.parameters.insert(parameter.name.clone(), value);
    }
    for artifact in &template.outputs.artifacts {
        match task::stored(artifact, names) {
            Ok(stored) => drop(outputs.artifacts.insert(artifact.name.clone(), stored)),
            Err(_) if artifact.optional => {}
            Err(message) => return Err(format!("outputs.artifacts.{}: {message}", artifact.name)),
        }
    }
    Ok(outputs)
}

//! What a workflow knows everywhere: its parameters, and `workflow.*`.

use crate::call::from_elsewhere;
use crate::decisions::Decisions;
use crate::error::{PARAMETER, Refusal};
use crate::journal::Header;
use crate::load::Library;
use crate::scope::{Names, evaluate};
use crate::sources::Sources;
use jiff::Timestamp;
use kfp_core::argo::Workflow;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The parameters of the workflow, with those that were given.
pub(crate) fn parameters(
    library: &Library,
    sources: &Sources,
    given: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, Refusal> {
    let mut values = BTreeMap::new();
    for parameter in &library.spec.arguments.parameters {
        let own = || parameter.value.clone().or_else(|| parameter.default.clone()).map(|text| text.0);
        let wrong = |message: String| Refusal::new(PARAMETER, format!("parameter `{}`", parameter.name), message);
        let from = || parameter.value_from.as_ref().map_or(Ok(None), |from| from_elsewhere(sources, from));
        let value = match given.get(&parameter.name).cloned().or_else(own) {
            Some(value) => Some(value),
            None => from().map_err(wrong)?,
        };
        let Some(value) = value else {
            return Err(Refusal::new(PARAMETER, format!("parameter `{}`", parameter.name), "it has no value")
                .help(format!("give one with `-p {}=VALUE`", parameter.name)));
        };
        if !parameter.choices.is_empty() && !parameter.choices.iter().any(|choice| **choice == *value) {
            let choices: Vec<_> = parameter.choices.iter().map(|choice| format!("`{choice}`")).collect();
            let message = format!("`{value}` is none of {}", choices.join(", "));
            return Err(Refusal::new(PARAMETER, format!("parameter `{}`", parameter.name), message));
        }
        values.insert(parameter.name.clone(), value);
    }
    match given.keys().find(|name| !values.contains_key(*name)) {
        Some(unknown) => {
            let known: Vec<_> = values.keys().map(|name| format!("`{name}`")).collect();
            Err(Refusal::new(PARAMETER, format!("parameter `{unknown}`"), "the workflow has no such parameter")
                .help(if known.is_empty() { "it has none".to_owned() } else { format!("it has {}", known.join(", ")) }))
        }
        None => Ok(values),
    }
}

/// `workflow.*`.
pub(crate) fn globals(
    header: &Header,
    workflow: &Workflow,
    library: &Library,
    sources: &Sources,
    decisions: Rc<Decisions>,
) -> Result<Names, Refusal> {
    let mut names = Names::of(decisions);
    let mut set = |name: &str, value: String| names.insert(format!("workflow.{name}"), value);
    set("name", header.name.clone());
    set("namespace", workflow.metadata.namespace.clone().unwrap_or_else(|| "default".to_owned()));
    set("uid", header.uid.clone());
    set("mainEntrypoint", library.spec.entrypoint.clone().unwrap_or_default());
    let account = library.spec.service_account_name.clone();
    set("serviceAccountName", account.unwrap_or_else(|| "default".to_owned()));
    set("creationTimestamp", header.created.clone());
    set("creationTimestamp.RFC3339", header.created.clone());
    if let Ok(time) = header.created.parse::<Timestamp>() {
        set("creationTimestamp.s", time.as_second().to_string());
        for letter in ["Y", "m", "d", "H", "M", "S", "y", "j", "B", "b", "A", "a", "F", "T"] {
            let text = time.strftime(&format!("%{letter}")).to_string();
            set(&format!("creationTimestamp.{letter}"), text);
        }
    }
    let mut list = Vec::new();
    for (name, value) in parameters(library, sources, &header.parameters)? {
        list.push(json!({"name": name, "value": value}));
        set(&format!("parameters.{name}"), value);
    }
    // In the order of the manifest, as in Argo.
    let order = |item: &Value| library.spec.arguments.parameters.iter().position(|known| item["name"] == known.name);
    list.sort_by_key(order);
    for name in ["parameters", "parameters.json"] {
        set(name, json!(list).to_string());
    }
    let mut labels = workflow.metadata.labels.clone();
    let metadata = library.spec.workflow_metadata.clone().unwrap_or_default();
    labels.extend(metadata.labels.clone());
    for (kind, pairs) in [("labels", &labels), ("annotations", &workflow.metadata.annotations)] {
        set(&format!("{kind}.json"), json!(pairs).to_string());
        for (name, value) in pairs {
            set(&format!("{kind}.{name}"), value.clone());
        }
    }
    for (label, from) in &metadata.labels_from {
        let source = from["expression"].as_str().unwrap_or_default();
        let place = format!("spec.workflowMetadata.labelsFrom.{label}");
        match evaluate(source, &names) {
            Ok(Value::String(value)) => drop(names.insert(format!("workflow.labels.{label}"), value)),
            Ok(_) => return Err(Refusal::new(PARAMETER, place, format!("`{source}` gives no string"))),
            Err(error) => return Err(Refusal::new(PARAMETER, place, format!("`{source}`: {error}"))),
        }
    }
    Ok(names)
}

//! What `podSpecPatch` changes about what runs: a strategic merge patch of the pod that a template would be.

use crate::call::Ready;
use crate::engine::Engine;
use crate::scope::{Unresolved, substitute_text};
use kfp_core::argo::{Template, documents};
use serde_json::{Value, json};
use std::sync::Arc;

/// Containers that Argo adds to a pod.
const OF_ARGO: [&str; 2] = ["wait", "init"];

/// The template with the patches of the workflow and its own; nothing where there are none.
pub(crate) fn patched(engine: &Engine, ready: &Ready) -> Result<Option<Arc<Template>>, String> {
    let own = ready.template.pod_spec_patch.as_deref().map(|text| Ok(text.to_owned()));
    let of_all = engine.library.spec.pod_spec_patch.as_deref();
    let of_all = of_all.map(|text| substitute_text(text, &engine.globals().at(&ready.node), Unresolved::Stays));
    let texts: Vec<String> = of_all.into_iter().chain(own).collect::<Result<_, _>>()?;
    if texts.is_empty() {
        return Ok(None);
    }
    let wrong = |what: String| format!("`podSpecPatch`: {what}");
    let mut template = serde_json::to_value(&*ready.template).map_err(|error| wrong(error.to_string()))?;
    for text in &texts {
        apply(&mut template, &read(text).map_err(wrong)?).map_err(wrong)?;
    }
    serde_json::from_value(template).map(|template| Some(Arc::new(template))).map_err(|error| wrong(error.to_string()))
}

/// Why a patch cannot be applied to a template, as far as can be seen before it runs.
pub(crate) fn check(text: &str, template: &Template) -> Result<(), String> {
    if text.contains("{{")
        || template.container.is_none() && template.script.is_none() && template.container_set.is_none()
    {
        return Ok(());
    }
    let mut template = serde_json::to_value(template).map_err(|error| error.to_string())?;
    apply(&mut template, &read(text)?)
}

fn read(text: &str) -> Result<Value, String> {
    let read = documents::<Value>(text).map_err(|error| error.to_string())?;
    match read.into_iter().next() {
        Some(patch @ Value::Object(_)) => Ok(patch),
        _ => Err("it is no map of fields of a pod".to_owned()),
    }
}

/// What is about where a pod runs, and what it may use, changes nothing here.
fn apply(template: &mut Value, patch: &Value) -> Result<(), String> {
    if patch.to_string().contains("\"$patch\"") || patch.to_string().contains("\"$retainKeys\"") {
        return Err("directives such as `$patch` are not known here".to_owned());
    }
    let listed = |field: &str| patch[field].as_array().cloned().unwrap_or_default();
    for change in listed("containers") {
        container(template, &["container", "script"], &["containerSet/containers", "sidecars"], change);
    }
    for change in listed("initContainers") {
        container(template, &[], &["initContainers"], change);
    }
    if !listed("volumes").is_empty() {
        merge(&mut template["volumes"], &patch["volumes"], "volumes");
    }
    Ok(())
}

/// Changes the container of that name, which is `main`, or one of a list; a new one comes to the last.
fn container(template: &mut Value, mains: &[&str], lists: &[&str], mut change: Value) {
    let name = change["name"].as_str().unwrap_or_default().to_owned();
    if let Some(main) = mains.iter().find(|field| name == "main" && template[**field].is_object()) {
        change.as_object_mut().map(|change| change.remove("name"));
        merge(&mut template[*main], &change, "");
        return;
    }
    for path in lists {
        let list = template.pointer_mut(&format!("/{path}")).and_then(Value::as_array_mut);
        if let Some(known) = list.into_iter().flatten().find(|known| known["name"] == name.as_str()) {
            merge(known, &change, "");
            return;
        }
    }
    if let Some(last) = lists.last().filter(|_| !OF_ARGO.contains(&name.as_str())) {
        merge(&mut template[*last], &json!([change]), "env");
    }
}

/// Fields come over those that are there; of these lists, so do those with the same name.
fn merge(into: &mut Value, change: &Value, field: &str) {
    let key = match field {
        "env" | "volumes" => Some("name"),
        "volumeMounts" => Some("mountPath"),
        "ports" => Some("containerPort"),
        _ => None,
    };
    match (change, key) {
        (Value::Object(fields), _) => {
            if !into.is_object() {
                *into = json!({});
            }
            for (name, value) in fields {
                match value {
                    Value::Null => drop(into.as_object_mut().map(|into| into.remove(name))),
                    value => merge(&mut into[name.as_str()], value, name),
                }
            }
        }
        (Value::Array(changes), Some(key)) => {
            if !into.is_array() {
                *into = json!([]);
            }
            for change in changes {
                let Some(list) = into.as_array_mut() else { return };
                match list.iter_mut().find(|known| known[key] == change[key]) {
                    Some(known) => merge(known, change, ""),
                    None => list.push(change.clone()),
                }
            }
        }
        (change, _) => *into = change.clone(),
    }
}

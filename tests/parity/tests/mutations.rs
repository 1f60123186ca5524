//! The comparer notices a change of anything that a manifest says: every scalar of every pipeline is changed, every field
//! and every element of a list left out, one at a time.

#![allow(clippy::print_stdout, reason = "how much was changed")]

use kfp::argo::Workflow;
use kfp_parity::comparer::deliberate::is_ignored;
use kfp_parity::comparer::differences;
use kfp_parity::pipelines::{conformance, sdk};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A place in a manifest: keys, indices, and `manifest!` where a text is a document of its own.
type Path = Vec<String>;

/// One change: where, and what it makes of the manifest.
struct Mutant {
    place: Path,
    what: &'static str,
    manifest: Value,
}

/// Fields whose value is a text that is a document.
const DOCUMENTS: [&str; 2] = ["manifest", "podSpecPatch"];
/// Maps whose keys are a user's.
const MAPS: [&str; 5] = ["labels", "annotations", "limits", "requests", "nodeSelector"];
/// Changes of a kind that are made in all pipelines together.
const ENOUGH: usize = 6;

fn document(field: &str, text: &str) -> Option<Value> {
    let read = DOCUMENTS.contains(&field).then(|| kfp::argo::documents::<Value>(text).ok())??;
    read.into_iter().next().filter(Value::is_object)
}

/// All places below a value.
fn places(value: &Value, path: &Path, found: &mut Vec<Path>) {
    let mut below = |key: String, value: &Value| {
        let mut path = path.clone();
        path.push(key);
        found.push(path.clone());
        places(value, &path, found);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| below(key.clone(), value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, value)| below(at.to_string(), value)),
        Value::String(text) => {
            let inner = path.last().and_then(|field| document(field, text));
            if let Some(inner) = inner {
                below("!".to_owned(), &inner);
            }
        }
        _ => {}
    }
}

/// Changes what stands at a place; `None` if there is nothing to change.
fn change(value: &mut Value, path: &[String], how: &dyn Fn(&mut Value, &str) -> bool) -> bool {
    match path {
        [] => false,
        [last] => how(value, last),
        [field, mark, rest @ ..] if mark == "!" => {
            let Some(text) = value.get(field).and_then(Value::as_str) else { return false };
            let Some(mut inner) = document(field, text) else { return false };
            let done = !rest.is_empty() && change(&mut inner, rest, how);
            value[field.as_str()] = Value::String(inner.to_string());
            done
        }
        [first, rest @ ..] => {
            let inner = match value {
                Value::Object(fields) => fields.get_mut(first),
                Value::Array(items) => first.parse().ok().and_then(|at: usize| items.get_mut(at)),
                _ => None,
            };
            inner.is_some_and(|inner| change(inner, rest, how))
        }
    }
}

fn left_out(parent: &mut Value, key: &str) -> bool {
    match parent {
        Value::Object(fields) => fields.remove(key).is_some(),
        Value::Array(items) => key.parse().is_ok_and(|at: usize| {
            items.remove(at);
            true
        }),
        _ => false,
    }
}

fn changed(parent: &mut Value, key: &str) -> bool {
    let value = match parent {
        Value::Object(fields) => fields.get_mut(key),
        Value::Array(items) => key.parse().ok().and_then(|at: usize| items.get_mut(at)),
        _ => None,
    };
    match value {
        Some(Value::String(text)) if document(key, text).is_none() => {
            // What refers to something refers to something else; the rest is another text.
            *text = match text.strip_suffix("}}") {
                Some(reference) => format!("{reference}}}x"),
                None => format!("{text}x"),
            };
            true
        }
        Some(Value::Bool(flag)) => {
            *flag = !*flag;
            true
        }
        Some(value @ Value::Number(_)) => {
            *value = Value::from(value.as_i64().unwrap_or_default() + 1);
            true
        }
        _ => false,
    }
}

/// The kind of a place: without the indices and the keys of a user's.
fn class(path: &Path) -> String {
    let mut words: Vec<&str> = Vec::new();
    for key in path {
        match words.last() {
            _ if key.parse::<usize>().is_ok() => words.push("*"),
            Some(last) if MAPS.contains(last) => words.push("KEY"),
            _ => words.push(key),
        }
    }
    words.join(".")
}

/// Another input of the same template in place of the one that a text refers to.
fn swapped(manifest: &Value, place: &Path) -> Option<Value> {
    let [spec, templates, at, ..] = &place[..] else { return None };
    let template = (spec == "spec" && templates == "templates").then(|| at.parse::<usize>().ok())??;
    let inputs = manifest.pointer(&format!("/spec/templates/{template}/inputs/parameters"))?.as_array()?;
    let names: Vec<&str> = inputs.iter().filter_map(|input| input["name"].as_str()).collect();
    let mut mutant = manifest.clone();
    let done = change(&mut mutant, place, &|parent, key| {
        let Some(Value::String(text)) = parent.get_mut(key) else { return false };
        let reference = |name: &str| format!("{{{{inputs.parameters.{name}}}}}");
        let Some(from) = names.iter().find(|name| text.contains(&reference(name))) else { return false };
        let Some(to) = names.iter().find(|name| name != &from) else { return false };
        *text = text.replace(&reference(from), &reference(to));
        true
    });
    done.then_some(mutant)
}

fn mutants(manifest: &Value, counts: &mut BTreeMap<String, usize>) -> Vec<Mutant> {
    let mut found = Vec::new();
    places(manifest, &Path::new(), &mut found);
    let made = |how: &dyn Fn(&mut Value, &str) -> bool, place: &Path| {
        let mut mutant = manifest.clone();
        (place.last().is_some_and(|last| last != "!") && change(&mut mutant, place, how)).then_some(mutant)
    };
    let mut mutants = Vec::new();
    for place in found {
        for what in ["left out", "changed", "swapped"] {
            let count = counts.entry(format!("{} {what}", class(&place))).or_default();
            if *count >= ENOUGH {
                continue;
            }
            let manifest = match what {
                "left out" => made(&left_out, &place),
                "changed" => made(&changed, &place),
                _ => swapped(manifest, &place),
            };
            if let Some(manifest) = manifest {
                *count += 1;
                mutants.push(Mutant { place: place.clone(), what, manifest });
            }
        }
    }
    mutants
}

/// Whether nothing that would run is different: names for people, what nobody reads, what is said twice.
fn means_nothing(manifest: &Value, mutant: &Mutant) -> bool {
    let place: Vec<&str> = mutant.place.iter().map(String::as_str).collect();
    let at = |depth: usize| manifest.pointer(&format!("/{}", mutant.place[..depth].join("/"))).expect("it is there");
    match place[..] {
        ["spec", "templates", _, "dag", "tasks", _, "name"] => true,
        ["spec", "templates", _, "dag", "tasks", _, "dependencies", _] => {
            waits_anyhow(at(5), &at(6)["name"], at(8).as_str().expect("a name"))
        }
        ["spec", "templates", _, "metadata", ..] => {
            let ignored = |fields: &Value| fields.as_object().expect("a map").keys().all(|key| is_ignored(key));
            match place[4..] {
                [] => at(4).as_object().expect("a map").values().all(ignored),
                [_] => ignored(at(5)),
                _ => is_ignored(place[5]),
            }
        }
        ["spec", "templates", _, "outputs", kind, ..] => {
            let of: Vec<&Value> =
                if place.len() == 5 { at(5).as_array().expect("a list").iter().collect() } else { vec![at(6)] };
            let is_name = place.last() == Some(&"name");
            of.iter().all(|output| {
                nobody_reads(manifest, at(3), kind, output) && (is_name || is_given_anyhow(at(4), output))
            })
        }
        _ => false,
    }
}

/// Whether a task waits for another one also by way of the others that it waits for.
fn waits_anyhow(tasks: &Value, task: &Value, dropped: &str) -> bool {
    let of = |name: &Value| {
        let found = tasks.as_array().expect("tasks").iter().find(|task| &task["name"] == name);
        found.and_then(|task| task["dependencies"].as_array().cloned()).unwrap_or_default()
    };
    let mut open: Vec<Value> = of(task).into_iter().filter(|name| name != dropped).collect();
    while let Some(name) = open.pop() {
        if name == dropped {
            return true;
        }
        open.extend(of(&name));
    }
    false
}

/// Whether no task of the template has an output read by another one.
fn nobody_reads(manifest: &Value, template: &Value, kind: &str, output: &Value) -> bool {
    let name = output["name"].as_str().expect("a name");
    let read_in = |dag: &Value| {
        let text = dag.to_string();
        let tasks = dag.pointer("/dag/tasks").and_then(Value::as_array).into_iter().flatten();
        tasks.filter(|task| task["template"] == template["name"]).filter_map(|task| task["name"].as_str()).any(|task| {
            let readers =
                [format!("tasks.{task}.outputs.{kind}.{name}"), format!("tasks['{task}'].outputs.{kind}.{name}")];
            let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_');
            readers.iter().any(|reader| text.split(reader.as_str()).skip(1).any(ends))
        })
    };
    !manifest["spec"]["templates"].as_array().expect("templates").iter().any(read_in)
}

/// Whether the file of an output is one of another output, too, or it is none.
fn is_given_anyhow(outputs: &Value, output: &Value) -> bool {
    let path = |output: &Value| output.get("path").or(output.pointer("/valueFrom/path")).cloned();
    let all = ["parameters", "artifacts"].into_iter().filter_map(|kind| outputs.get(kind)?.as_array()).flatten();
    path(output).is_none() || all.filter(|other| path(other) == path(output)).count() > 1
}

#[test]
fn every_change_is_noticed() {
    let mut counts = BTreeMap::new();
    let (mut total, mut unnoticed) = (0, BTreeSet::new());
    for (_, workflow) in sdk::all().iter().chain(conformance::ALL) {
        let workflow = workflow().expect("a workflow");
        let manifest = serde_json::to_value(&workflow).expect("JSON");
        for mutant in mutants(&manifest, &mut counts) {
            total += 1;
            // What is no manifest any more is noticed as well.
            let Ok(other) = Workflow::from_yaml(&mutant.manifest.to_string()) else { continue };
            let is_unnoticed = differences(&workflow, &other).is_ok_and(|found| found.is_empty());
            if is_unnoticed && !means_nothing(&manifest, &mutant) {
                unnoticed.insert(format!("{} {}", class(&mutant.place), mutant.what));
            }
        }
    }
    println!("{total} changes of {} kinds", counts.values().filter(|count| **count > 0).count());
    assert_eq!(unnoticed.into_iter().collect::<Vec<_>>(), Vec::<String>::new());
    assert!(total > 1500, "only {total} changes were made");
}

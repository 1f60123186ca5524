//! The functions of sprig over lists and maps.

use super::builtins;
use super::json::go_text;
use super::sprig::{is_empty, number_of};
use serde_json::{Map, Value};

const NAMES: [&str; 28] = [
    "append",
    "prepend",
    "concat",
    "reverse",
    "without",
    "compact",
    "slice",
    "chunk",
    "sortAlpha",
    "values",
    "pick",
    "omit",
    "merge",
    "mergeOverwrite",
    "set",
    "unset",
    "pluck",
    "dig",
    "all",
    "any",
    "tuple",
    "deepEqual",
    "deepCopy",
    "biggest",
    "first",
    "last",
    "rest",
    "initial",
];

pub(super) fn is_known(name: &str) -> bool {
    NAMES.contains(&name)
}

pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    on_list(name, arguments).or_else(|| on_map(name, arguments)).or_else(|| on_anything(name, arguments))
}

fn on_anything(name: &str, arguments: &[Value]) -> Option<Value> {
    Some(match (name, arguments) {
        ("all", values) => values.iter().all(|value| !is_empty(value)).into(),
        ("any", values) => values.iter().any(|value| !is_empty(value)).into(),
        ("tuple", items) => items.to_vec().into(),
        ("deepEqual", [a, b]) => (a == b).into(),
        ("deepCopy", [value]) => value.clone(),
        ("biggest", [_, ..]) => arguments.iter().map(number_of).max()?.into(),
        _ => return None,
    })
}

fn on_list(name: &str, arguments: &[Value]) -> Option<Value> {
    if name == "concat" {
        let lists = arguments.iter().map(|list| list.as_array().cloned()).collect::<Option<Vec<_>>>()?;
        return Some(lists.concat().into());
    }
    if let ("chunk", [size, Value::Array(items)]) = (name, arguments) {
        let size = usize::try_from(number_of(size)).ok().filter(|size| *size > 0)?;
        return Some(items.chunks(size).map(|chunk| Value::from(chunk.to_vec())).collect());
    }
    let [Value::Array(items), rest @ ..] = arguments else { return None };
    Some(match (name, rest) {
        ("append", [item]) => items.iter().chain([item]).cloned().collect(),
        ("prepend", [item]) => std::iter::once(item).chain(items).cloned().collect(),
        ("reverse", []) => items.iter().rev().cloned().collect(),
        ("without", omitted) => items.iter().filter(|item| !omitted.contains(item)).cloned().collect(),
        ("compact", []) => items.iter().filter(|item| !is_empty(item)).cloned().collect(),
        ("slice", bounds) => {
            let bound = |index: usize| bounds.get(index).map(|value| usize::try_from(number_of(value)));
            let start = bound(0).transpose().ok()?.unwrap_or(0);
            let end = bound(1).transpose().ok()?.unwrap_or(items.len());
            items.get(start..end)?.to_vec().into()
        }
        ("sortAlpha", []) => {
            let mut texts: Vec<String> = items.iter().map(go_text).collect();
            texts.sort();
            texts.into()
        }
        ("first", []) => items.first().cloned().unwrap_or_default(),
        ("last", []) => items.last().cloned().unwrap_or_default(),
        ("rest", []) => items.iter().skip(1).cloned().collect(),
        ("initial", []) => items.iter().take(items.len().saturating_sub(1)).cloned().collect(),
        _ => return None,
    })
}

fn on_map(name: &str, arguments: &[Value]) -> Option<Value> {
    match (name, arguments) {
        ("pluck", [Value::String(key), maps @ ..]) => {
            Some(maps.iter().filter_map(|map| map.get(key)).cloned().collect())
        }
        ("dig", [path @ .., default, map]) => {
            let found = path.iter().try_fold(map, |at, key| at.get(key.as_str()?));
            Some(found.unwrap_or(default).clone())
        }
        (_, [Value::Object(fields), rest @ ..]) => on_fields(name, fields, rest),
        _ => None,
    }
}

fn on_fields(name: &str, fields: &Map<String, Value>, rest: &[Value]) -> Option<Value> {
    let is_named = |key: &String| rest.iter().any(|name| name.as_str() == Some(key));
    let kept = |is_kept: &dyn Fn(&String) -> bool| {
        let pairs = fields.iter().filter(|(key, _)| is_kept(key)).map(|(key, value)| (key.clone(), value.clone()));
        Value::Object(pairs.collect())
    };
    Some(match (name, rest) {
        ("values", []) => return builtins::plain("values", &[Value::Object(fields.clone())]).ok(),
        ("pick", _) => kept(&is_named),
        ("omit" | "unset", _) => kept(&|key| !is_named(key)),
        ("set", [Value::String(key), value]) => {
            let mut all = fields.clone();
            all.insert(key.clone(), value.clone());
            all.into()
        }
        ("merge" | "mergeOverwrite", others) => {
            let mut all = fields.clone();
            for other in others {
                merge(&mut all, other, name == "mergeOverwrite");
            }
            all.into()
        }
        _ => return None,
    })
}

fn merge(into: &mut Map<String, Value>, other: &Value, is_over: bool) {
    for (key, value) in other.as_object().into_iter().flatten() {
        match into.get_mut(key) {
            Some(Value::Object(inner)) if value.is_object() => merge(inner, value, is_over),
            // What is empty counts as not there, on either side.
            Some(known) if is_empty(known) || is_over => *known = value.clone(),
            Some(_) => {}
            None => drop(into.insert(key.clone(), value.clone())),
        }
    }
}

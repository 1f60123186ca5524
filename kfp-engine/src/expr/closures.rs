//! The functions that take a closure: `map(items, {# + 1})`.

use super::ast::Node;
use super::eval::{Frame, eval};
use super::json::go_text;
use super::{ExprError, Result, failed, operators};
use serde_json::{Map, Value};

const NAMES: [&str; 15] = [
    "all",
    "none",
    "any",
    "one",
    "filter",
    "map",
    "count",
    "find",
    "findIndex",
    "findLast",
    "findLastIndex",
    "groupBy",
    "sum",
    "sortBy",
    "reduce",
];

pub(super) fn is_known(name: &str) -> bool {
    NAMES.contains(&name)
}

pub(super) fn call(name: &str, arguments: &[Node], frame: &Frame<'_>) -> Result<Value> {
    let items = match arguments.first().map(|node| eval(node, frame)).transpose()? {
        Some(Value::Array(items)) => items,
        Some(Value::Object(fields)) => fields.into_iter().map(|(_, value)| value).collect(),
        _ => return failed(format!("`{name}` takes a list")),
    };
    let closure = match arguments.get(1) {
        Some(Node::Closure(body)) => Some(&**body),
        _ if matches!(name, "count" | "sum") => None,
        _ => return failed(format!("`{name}` takes a list and a closure")),
    };
    let of = |index: usize, item: &Value| match closure {
        Some(body) => eval(body, &frame.with("#", item.clone()).with("#index", index.into())),
        None => Ok(item.clone()),
    };
    let each = || items.iter().enumerate().map(|(index, item)| of(index, item));
    let holds = || each().map(|value| truth(name, value?)).collect::<Result<Vec<bool>>>();
    Ok(match name {
        "map" => each().collect::<Result<_>>()?,
        "sum" => each().try_fold(Value::from(0), |sum, value| operators::binary("+", &sum, &value?, 0))?,
        "groupBy" => group(&items, each())?,
        "sortBy" => sort(&items, each(), arguments.get(2).map(|node| eval(node, frame)).transpose()?)?,
        "reduce" => reduce(&items, arguments, frame)?,
        _ => picked(name, &items, &holds()?),
    })
}

fn picked(name: &str, items: &[Value], holds: &[bool]) -> Value {
    let first = holds.iter().position(|holds| *holds);
    let last = holds.iter().rposition(|holds| *holds);
    let count = holds.iter().filter(|holds| **holds).count();
    let item = |index: Option<usize>| index.map_or(Value::Null, |index| items[index].clone());
    match name {
        "all" => (count == items.len()).into(),
        "none" => (count == 0).into(),
        "any" => (count > 0).into(),
        "one" => (count == 1).into(),
        "count" => count.into(),
        "find" => item(first),
        "findLast" => item(last),
        "findIndex" => first.map_or(Value::Null, Value::from),
        "findLastIndex" => last.map_or(Value::Null, Value::from),
        _ => items.iter().zip(holds).filter(|(_, holds)| **holds).map(|(item, _)| item.clone()).collect(),
    }
}

fn truth(name: &str, value: Value) -> Result<bool> {
    value.as_bool().ok_or_else(|| ExprError::Run(format!("the closure of `{name}` has to give true or false")))
}

fn group(items: &[Value], keys: impl Iterator<Item = Result<Value>>) -> Result<Value> {
    let mut groups: Map<String, Value> = Map::new();
    for (item, key) in items.iter().zip(keys) {
        let group = groups.entry(go_text(&key?)).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(members) = group {
            members.push(item.clone());
        }
    }
    Ok(Value::Object(groups))
}

fn sort(items: &[Value], keys: impl Iterator<Item = Result<Value>>, direction: Option<Value>) -> Result<Value> {
    let keys = keys.collect::<Result<Vec<_>>>()?;
    let mut pairs: Vec<_> = keys.into_iter().zip(items.iter().cloned()).collect();
    pairs.sort_by(|a, b| operators::order(&a.0, &b.0).unwrap_or(std::cmp::Ordering::Equal));
    if direction.as_ref().and_then(Value::as_str) == Some("desc") {
        pairs.reverse();
    }
    Ok(pairs.into_iter().map(|(_, item)| item).collect())
}

fn reduce(items: &[Value], arguments: &[Node], frame: &Frame<'_>) -> Result<Value> {
    let Some(Node::Closure(body)) = arguments.get(1) else { return failed("`reduce` takes a closure") };
    let start = arguments.get(2).map(|node| eval(node, frame)).transpose()?;
    let skipped = usize::from(start.is_none());
    let Some(mut total) = start.or_else(|| items.first().cloned()) else {
        return failed("`reduce` of an empty list without a first value");
    };
    for (index, item) in items.iter().enumerate().skip(skipped) {
        total = eval(body, &frame.with("#", item.clone()).with("#acc", total).with("#index", index.into()))?;
    }
    Ok(total)
}

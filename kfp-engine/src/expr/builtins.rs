//! The functions of the language, and Argo's own beside them.

use super::chance::Chance;
use super::json::{go_text, to_indented_json, type_name};
use super::operators::{equal, number, order, whole};
use super::special::Special;
use super::{ExprError, Result, argo, dates, failed, sprig};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value};
use std::cmp::Ordering;

const NAMES: [&str; 52] = [
    "len",
    "trim",
    "trimPrefix",
    "trimSuffix",
    "upper",
    "lower",
    "split",
    "splitAfter",
    "replace",
    "repeat",
    "indexOf",
    "lastIndexOf",
    "hasPrefix",
    "hasSuffix",
    "max",
    "min",
    "mean",
    "median",
    "abs",
    "ceil",
    "floor",
    "round",
    "int",
    "float",
    "string",
    "type",
    "toJSON",
    "fromJSON",
    "toBase64",
    "fromBase64",
    "first",
    "last",
    "take",
    "get",
    "keys",
    "values",
    "toPairs",
    "fromPairs",
    "join",
    "reverse",
    "sort",
    "uniq",
    "concat",
    "flatten",
    "bitand",
    "bitor",
    "bitxor",
    "bitshl",
    "bitshr",
    "bitnot",
    "bitnand",
    "bitushr",
];

pub(super) fn is_known(name: &str) -> bool {
    NAMES.contains(&name)
        || argo::is_known(name)
        || dates::is_known(name)
        || name.strip_prefix("sprig.").is_some_and(sprig::is_known)
}

pub(super) fn call(name: &str, arguments: &[Value], chance: &Chance<'_>) -> Result<Value> {
    if dates::is_known(name) {
        return dates::call(name, arguments, chance);
    }
    if let Some(name) = name.strip_prefix("sprig.") {
        return sprig::call(name, arguments, chance);
    }
    if argo::is_known(name) {
        return argo::call(name, arguments);
    }
    plain(name, arguments)
}

/// The functions of the language that are about nothing but their arguments.
pub(super) fn plain(name: &str, arguments: &[Value]) -> Result<Value> {
    let result = match arguments {
        [first, ..] if Special::of(first).is_some() => None,
        [Value::String(text), rest @ ..] => on_text(name, text, rest),
        [Value::Array(items), rest @ ..] => on_list(name, items, rest),
        [Value::Object(fields), rest @ ..] => on_map(name, fields, rest),
        [Value::Number(_), ..] => on_numbers(name, arguments),
        _ => None,
    };
    if let Some(result) = result.or_else(|| on_anything(name, arguments)) {
        return result;
    }
    let types: Vec<_> = arguments.iter().map(type_name).collect();
    failed(format!("`{name}` does not take ({})", types.join(", ")))
}

pub(super) fn int(value: &Value) -> Result<Value> {
    let parsed = match value {
        Value::Object(_) => Special::of(value).and_then(|special| special.plain().as_i64()),
        Value::String(text) => text.parse::<i64>().ok(),
        #[expect(clippy::cast_possible_truncation, reason = "what Go's conversion does")]
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(|float| float as i64)),
        _ => None,
    };
    parsed.map(Value::from).ok_or_else(|| ExprError::Run(format!("invalid operation: int({})", go_text(value))))
}

pub(super) fn float(value: &Value) -> Result<Value> {
    let parsed = match value {
        Value::String(text) => text.parse::<f64>().ok(),
        _ => value.as_f64(),
    };
    parsed.map(number).ok_or_else(|| ExprError::Run(format!("invalid operation: float({})", go_text(value))))
}

fn on_anything(name: &str, arguments: &[Value]) -> Option<Result<Value>> {
    let [value, rest @ ..] = arguments else { return None };
    Some(match (name, rest) {
        ("string", []) => Ok(go_text(value).into()),
        ("type", []) => Ok(kind(value).into()),
        ("toJSON", []) => Ok(to_indented_json(value).into()),
        ("int", []) => int(value),
        ("float", []) => float(value),
        ("get", [_]) => Ok(Value::Null),
        _ => return None,
    })
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nil",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => Special::of(value).map_or("map", |special| special.type_name().trim_start_matches('*')),
    }
}

fn on_text(name: &str, text: &str, rest: &[Value]) -> Option<Result<Value>> {
    let other = rest.first().and_then(Value::as_str);
    // In bytes, as in Go.
    let position = |found: Option<usize>| found.map_or(Value::from(-1), Value::from);
    Some(Ok(match (name, other) {
        ("len", None) => text.chars().count().into(),
        ("trim", None) => text.trim().into(),
        ("trim", Some(set)) => text.trim_matches(|c| set.contains(c)).into(),
        ("trimPrefix", prefix) => text.strip_prefix(prefix.unwrap_or(" ")).unwrap_or(text).into(),
        ("trimSuffix", suffix) => text.strip_suffix(suffix.unwrap_or(" ")).unwrap_or(text).into(),
        ("upper", None) => text.to_uppercase().into(),
        ("lower", None) => text.to_lowercase().into(),
        ("split", Some(separator)) => split(text, separator, rest.get(1)).into(),
        ("splitAfter", Some(separator)) => {
            let parts = split(text, separator, rest.get(1));
            let last = parts.len().saturating_sub(1);
            let whole = |(index, part): (usize, Value)| match part.as_str() {
                Some(part) if index < last => format!("{part}{separator}").into(),
                _ => part,
            };
            parts.into_iter().enumerate().map(whole).collect()
        }
        ("replace", Some(old)) => {
            let new = rest.get(1)?.as_str()?;
            match rest.get(2).map(|count| usize::try_from(count.as_i64()?).ok()) {
                Some(Some(count)) => text.replacen(old, new, count).into(),
                _ => text.replace(old, new).into(),
            }
        }
        ("repeat", None) => {
            let count = usize::try_from(rest.first()?.as_i64()?).ok()?;
            if count.saturating_mul(text.len()) > 1_000_000 {
                return Some(failed("`repeat` makes more than a million characters"));
            }
            text.repeat(count).into()
        }
        ("indexOf", Some(other)) => position(text.find(other)),
        ("lastIndexOf", Some(other)) => position(text.rfind(other)),
        ("hasPrefix", Some(prefix)) => text.starts_with(prefix).into(),
        ("hasSuffix", Some(suffix)) => text.ends_with(suffix).into(),
        ("fromJSON", None) => return Some(from_json(text)),
        ("toBase64", None) => BASE64_STANDARD.encode(text).into(),
        ("fromBase64", None) => return Some(from_base64(text)),
        _ => return None,
    }))
}

fn split(text: &str, separator: &str, limit: Option<&Value>) -> Vec<Value> {
    let limit = limit.and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
    if separator.is_empty() {
        return text.chars().map(|c| c.to_string().into()).collect();
    }
    match limit {
        Some(limit) => text.splitn(limit, separator).map(Value::from).collect(),
        None => text.split(separator).map(Value::from).collect(),
    }
}

/// Every number is a float, as in Go.
pub(super) fn from_json(text: &str) -> Result<Value> {
    serde_json::from_str(text).map(floats).map_err(|error| ExprError::Run(format!("no JSON: {error}")))
}

fn floats(value: Value) -> Value {
    match value {
        Value::Number(whole) => number(whole.as_f64().unwrap_or_default()),
        Value::Array(items) => items.into_iter().map(floats).collect(),
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (key, floats(value))).collect(),
        value => value,
    }
}

pub(super) fn from_base64(text: &str) -> Result<Value> {
    let bytes = BASE64_STANDARD.decode(text).map_err(|error| ExprError::Run(format!("no base64: {error}")))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned().into())
}

fn on_list(name: &str, items: &[Value], rest: &[Value]) -> Option<Result<Value>> {
    let argument = rest.first();
    Some(Ok(match (name, argument) {
        ("len", None) => items.len().into(),
        ("first", None) => items.first().cloned().unwrap_or_default(),
        ("last", None) => items.last().cloned().unwrap_or_default(),
        ("get", Some(index)) => {
            let index = usize::try_from(index.as_i64()?).ok();
            index.and_then(|index| items.get(index)).cloned().unwrap_or_default()
        }
        ("take", Some(count)) => items.iter().take(usize::try_from(count.as_i64()?).ok()?).cloned().collect(),
        ("join", separator) => {
            let texts: Option<Vec<_>> = items.iter().map(Value::as_str).collect();
            texts?.join(separator.and_then(Value::as_str).unwrap_or_default()).into()
        }
        ("reverse", None) => items.iter().rev().cloned().collect(),
        ("sort", direction) => {
            let mut sorted = items.to_vec();
            sorted.sort_by(|a, b| order(a, b).unwrap_or(Ordering::Equal));
            if direction.and_then(Value::as_str) == Some("desc") {
                sorted.reverse();
            }
            sorted.into()
        }
        ("uniq", None) => {
            let mut kept: Vec<Value> = Vec::new();
            for item in items {
                if !kept.iter().any(|known| equal(known, item)) {
                    kept.push(item.clone());
                }
            }
            kept.into()
        }
        ("concat", _) => {
            let lists: Option<Vec<_>> = rest.iter().map(Value::as_array).collect();
            items.iter().chain(lists?.into_iter().flatten()).cloned().collect()
        }
        ("flatten", None) => flatten(items).into(),
        ("fromPairs", None) => {
            let pair = |pair: &Value| Some((go_text(pair.get(0)?), pair.get(1)?.clone()));
            Value::Object(items.iter().map(pair).collect::<Option<Map<_, _>>>()?)
        }
        ("max" | "min" | "mean" | "median", _) => {
            return several(name, &items.iter().chain(rest).cloned().collect::<Vec<_>>());
        }
        _ => return None,
    }))
}

fn flatten(items: &[Value]) -> Vec<Value> {
    let flat = |item: &Value| match item {
        Value::Array(items) => flatten(items),
        item => vec![item.clone()],
    };
    items.iter().flat_map(flat).collect()
}

fn on_map(name: &str, fields: &Map<String, Value>, rest: &[Value]) -> Option<Result<Value>> {
    let sorted = || {
        let mut pairs: Vec<_> = fields.iter().collect();
        pairs.sort_by_key(|(key, _)| *key);
        pairs.into_iter()
    };
    Some(Ok(match (name, rest) {
        ("len", []) => fields.len().into(),
        ("get", [Value::String(key)]) => fields.get(key).cloned().unwrap_or_default(),
        ("keys", []) => sorted().map(|(key, _)| Value::from(key.as_str())).collect(),
        ("values", []) => sorted().map(|(_, value)| value.clone()).collect(),
        ("toPairs", []) => sorted().map(|(key, value)| Value::from(vec![key.as_str().into(), value.clone()])).collect(),
        _ => return None,
    }))
}

fn on_numbers(name: &str, arguments: &[Value]) -> Option<Result<Value>> {
    if matches!(name, "max" | "min" | "mean" | "median") {
        return several(name, arguments);
    }
    let value = arguments.first()?;
    let float = value.as_f64()?;
    let bits = || Some((whole(value)?, whole(arguments.get(1)?)?));
    Some(Ok(match name {
        "abs" => value.as_i64().map_or_else(|| number(float.abs()), |whole| whole.wrapping_abs().into()),
        "ceil" => number(float.ceil()),
        "floor" => number(float.floor()),
        "round" => number(float.round()),
        "bitnot" => (!whole(value)?).into(),
        "bitnand" => bits().map(|(a, b)| a & !b)?.into(),
        "bitushr" => {
            let shift = |bits: i64, by| bits.cast_unsigned().checked_shr(by).map(u64::cast_signed);
            return Some(shifted(bits()?, shift, 0));
        }
        "bitand" => bits().map(|(a, b)| a & b)?.into(),
        "bitor" => bits().map(|(a, b)| a | b)?.into(),
        "bitxor" => bits().map(|(a, b)| a ^ b)?.into(),
        "bitshl" => return Some(shifted(bits()?, i64::checked_shl, 0)),
        "bitshr" => return Some(shifted(bits()?, i64::checked_shr, if whole(value)? < 0 { -1 } else { 0 })),
        _ => return None,
    }))
}

/// Bits that are moved, by more than there are or less; by less than none is an error.
fn shifted((bits, by): (i64, i64), shift: impl Fn(i64, u32) -> Option<i64>, beyond: i64) -> Result<Value> {
    match u32::try_from(by) {
        Ok(by) => Ok(shift(bits, by).unwrap_or(beyond).into()),
        Err(_) if by < 0 => failed(format!("invalid operation: negative shift count {by} (type int)")),
        Err(_) => Ok(beyond.into()),
    }
}

fn several(name: &str, arguments: &[Value]) -> Option<Result<Value>> {
    let mut values = flatten(arguments);
    if values.is_empty() || !values.iter().all(Value::is_number) {
        return None;
    }
    values.sort_by(|a, b| order(a, b).unwrap_or(Ordering::Equal));
    let floats: Vec<f64> = values.iter().filter_map(Value::as_f64).collect();
    #[expect(clippy::cast_precision_loss, reason = "nobody has that many values")]
    let count = floats.len() as f64;
    let middle = floats.len() / 2;
    Some(Ok(match name {
        "min" => values.first()?.clone(),
        "max" => values.last()?.clone(),
        "mean" => number(floats.iter().sum::<f64>() / count),
        _ if floats.len() % 2 == 1 => number(floats[middle]),
        _ => number(f64::midpoint(floats[middle - 1], floats[middle])),
    }))
}

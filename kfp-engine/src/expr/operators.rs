//! What the operators do.

use super::json::{go_text, type_name};
use super::{ExprError, Result, failed, special};
use serde_json::Value;
use std::cmp::Ordering;

pub(super) fn mismatch<T>(operator: &str, left: &Value, right: &Value, at: usize) -> Result<T> {
    let (left, right) = (type_name(left), type_name(right));
    failed(format!("invalid operation: {left} {operator} {right} (1:{})", at + 1))
}

pub(super) fn unary(operator: &str, value: &Value, at: usize) -> Result<Value> {
    match (operator, value) {
        ("!", Value::Bool(value)) => Ok((!value).into()),
        ("+", Value::Number(_)) => Ok(value.clone()),
        ("-", Value::Number(number)) => match number.as_i64() {
            Some(whole) => Ok(whole.wrapping_neg().into()),
            None => Ok((-number.as_f64().unwrap_or_default()).into()),
        },
        _ => failed(format!("invalid operation: {operator} {} (1:{})", type_name(value), at + 1)),
    }
}

pub(super) fn binary(operator: &str, left: &Value, right: &Value, at: usize) -> Result<Value> {
    let none = || mismatch(operator, left, right, at);
    Ok(match operator {
        "==" => equal(left, right).into(),
        "!=" => (!equal(left, right)).into(),
        "<" | ">" | "<=" | ">=" => {
            let Some(order) = order(left, right) else { return none() };
            match operator {
                "<" => order.is_lt(),
                ">" => order.is_gt(),
                "<=" => order.is_le(),
                _ => order.is_ge(),
            }
            .into()
        }
        "in" => is_in(left, right).map_or_else(none, |found| Ok(found.into()))?,
        "matches" | "contains" | "startsWith" | "endsWith" => match (left, right) {
            (Value::String(text), Value::String(other)) => text_operator(operator, text, other)?.into(),
            _ => return none(),
        },
        ".." => match (whole(left), whole(right)) {
            (Some(from), Some(to)) if to.saturating_sub(from) < 1_000_000 => (from..=to).collect(),
            (Some(_), Some(_)) => return failed("a range of more than a million numbers"),
            _ => return none(),
        },
        "+" if left.is_string() && right.is_string() => (go_text(left) + &go_text(right)).into(),
        _ => return arithmetic(operator, left, right).unwrap_or_else(none),
    })
}

fn text_operator(operator: &str, text: &str, other: &str) -> Result<bool> {
    Ok(match operator {
        "contains" => text.contains(other),
        "startsWith" => text.starts_with(other),
        "endsWith" => text.ends_with(other),
        _ => match regex::Regex::new(other) {
            Ok(pattern) => pattern.is_match(text),
            Err(error) => return failed(format!("`{other}` is no pattern: {error}")),
        },
    })
}

fn is_in(value: &Value, right: &Value) -> Option<bool> {
    match right {
        Value::Array(items) => Some(items.iter().any(|item| equal(item, value))),
        Value::Object(fields) => Some(value.as_str().is_some_and(|name| fields.contains_key(name))),
        Value::Null => Some(false),
        _ => None,
    }
}

fn arithmetic(operator: &str, left: &Value, right: &Value) -> Option<Result<Value>> {
    let (Value::Number(a), Value::Number(b)) = (left, right) else {
        return special::arithmetic(operator, left, right);
    };
    let (x, y) = (a.as_f64()?, b.as_f64()?);
    let whole = a.as_i64().zip(b.as_i64());
    Some(Ok(match (operator, whole) {
        ("+", Some((a, b))) => a.wrapping_add(b).into(),
        ("-", Some((a, b))) => a.wrapping_sub(b).into(),
        ("*", Some((a, b))) => a.wrapping_mul(b).into(),
        ("%", Some((_, 0))) => return Some(failed("integer divide by zero")),
        ("%", Some((a, b))) => a.wrapping_rem(b).into(),
        ("+", None) => number(x + y),
        ("-", None) => number(x - y),
        ("*", None) => number(x * y),
        ("/", _) => number(x / y),
        ("**" | "^", _) => number(x.powf(y)),
        _ => return None,
    }))
}

/// A float, also where JSON has none: infinity and NaN become text.
pub(super) fn number(value: f64) -> Value {
    serde_json::Number::from_f64(value).map_or_else(|| super::json::float_text(value).into(), Value::Number)
}

/// Numbers are equal by value, whatever their kind.
pub(super) fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            special::order(left, right).is_some_and(Ordering::is_eq)
                || a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| equal(a, b)))
        }
        _ => left == right,
    }
}

pub(super) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => match a.as_i64().zip(b.as_i64()) {
            Some((a, b)) => Some(a.cmp(&b)),
            None => a.as_f64()?.partial_cmp(&b.as_f64()?),
        },
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        _ => special::order(left, right),
    }
}

/// A whole number, also one that is written as a float.
#[expect(clippy::cast_possible_truncation, reason = "only what has no fraction gets here")]
pub(super) fn whole(value: &Value) -> Option<i64> {
    let number = value.as_number()?;
    number.as_i64().or_else(|| number.as_f64().filter(|float| float.fract() == 0.0).map(|float| float as i64))
}

pub(super) fn slice(base: &Value, from: Option<Value>, to: Option<Value>) -> Result<Value> {
    let length = match base {
        Value::Array(items) => items.len(),
        // In bytes, as in Go.
        Value::String(text) => text.len(),
        _ => return failed(format!("cannot slice {}", type_name(base))),
    };
    let place = |end: Option<Value>, default: usize| {
        let Some(end) = end else { return Ok(default) };
        let index = whole(&end).ok_or_else(|| ExprError::Run("an index has to be a whole number".to_owned()))?;
        let size = i64::try_from(length).unwrap_or(i64::MAX);
        let index = if index < 0 { (index + size).max(0) } else { index.min(size) };
        Ok(usize::try_from(index).unwrap_or_default())
    };
    let to = place(to, length)?;
    let from = place(from, 0)?.min(to);
    Ok(match base {
        Value::Array(items) => items[from..to].to_vec().into(),
        Value::String(text) => String::from_utf8_lossy(&text.as_bytes()[from..to]).into(),
        _ => Value::Null,
    })
}

//! A tree to a value.

use super::parser::Node;
use super::{Result, WhenError};
use std::fmt;

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Value {
    Number(f64),
    Bool(bool),
    Text(String),
    List(Vec<Value>),
    Nothing,
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Bool(value) => value.fmt(f),
            Self::Text(text) => f.write_str(text),
            Self::List(_) => f.write_str("a list"),
            Self::Nothing => f.write_str("nothing"),
        }
    }
}

pub(super) fn evaluate(node: &Node) -> Result<Value> {
    Ok(match node {
        Node::Number(number) => Value::Number(*number),
        Node::Bool(value) => Value::Bool(*value),
        Node::Text(text) => Value::Text(text.clone()),
        Node::Path(path) => return Err(WhenError::Evaluate(format!("No parameter '{}' found.", path[0]))),
        Node::List(items) => Value::List(items.iter().map(evaluate).collect::<Result<_>>()?),
        Node::Prefix(operator, node) => prefix(operator, &evaluate(node)?)?,
        Node::Binary(operator, left, right) => return binary(operator, &evaluate(left)?, right),
    })
}

fn prefix(operator: &str, value: &Value) -> Result<Value> {
    match (operator, value) {
        ("!", Value::Bool(value)) => Ok(Value::Bool(!value)),
        ("-", Value::Number(number)) => Ok(Value::Number(-number)),
        ("~", Value::Number(number)) => Ok(from_bits(!bits(*number))),
        _ => Err(WhenError::Evaluate(format!("Value '{value}' cannot be used with the prefix '{operator}'"))),
    }
}

fn binary(operator: &str, left: &Value, right: &Node) -> Result<Value> {
    match (operator, left) {
        ("&&", Value::Bool(false)) | ("||", Value::Bool(true)) => return Ok(left.clone()),
        ("?", Value::Bool(false)) => return Ok(Value::Nothing),
        (":" | "??", value) if *value != Value::Nothing => return Ok(left.clone()),
        _ => {}
    }
    let right = evaluate(right)?;
    let unusable = |value: &Value, why: &str| {
        Err(WhenError::Evaluate(format!("Value '{value}' cannot be used with the {why} '{operator}'")))
    };
    Ok(match (operator, left, &right) {
        ("==", _, _) => Value::Bool(*left == right),
        ("!=", _, _) => Value::Bool(*left != right),
        ("<" | ">" | "<=" | ">=", Value::Number(a), Value::Number(b)) => Value::Bool(compare(operator, a, b)),
        ("<" | ">" | "<=" | ">=", Value::Text(a), Value::Text(b)) => Value::Bool(compare(operator, a, b)),
        ("=~" | "!~", Value::Text(text), Value::Text(pattern)) => match regex::Regex::new(pattern) {
            Ok(pattern) => Value::Bool(pattern.is_match(text) == (operator == "=~")),
            Err(_) => return Err(WhenError::Parse(format!("Unable to compile regexp pattern '{pattern}'"))),
        },
        ("in", _, Value::List(items)) => Value::Bool(items.contains(left)),
        ("in", _, _) => return unusable(&right, "comparator"),
        ("&&" | "||", Value::Bool(_), Value::Bool(_)) | ("?", Value::Bool(_), _) | (":" | "??", ..) => right,
        ("&&" | "||", Value::Bool(_), _) => return unusable(&right, "logical operator"),
        ("&&" | "||" | "?", ..) => return unusable(left, "logical operator"),
        ("+", Value::Text(_), _) | ("+", _, Value::Text(_)) => Value::Text(format!("{left}{right}")),
        (_, Value::Number(a), Value::Number(b)) => arithmetic(operator, *a, *b),
        (_, Value::Number(_), _) => return unusable(&right, "modifier"),
        _ => {
            return Err(WhenError::Evaluate(format!(
                "Value '{left}' cannot be used with the modifier '{operator}', it is not a number"
            )));
        }
    })
}

fn compare<T: PartialOrd + ?Sized>(operator: &str, a: &T, b: &T) -> bool {
    match operator {
        "<" => a < b,
        ">" => a > b,
        "<=" => a <= b,
        _ => a >= b,
    }
}

fn arithmetic(operator: &str, a: f64, b: f64) -> Value {
    Value::Number(match operator {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => a / b,
        "%" => a % b,
        "**" => a.powf(b),
        "&" => return from_bits(bits(a) & bits(b)),
        "|" => return from_bits(bits(a) | bits(b)),
        "^" => return from_bits(bits(a) ^ bits(b)),
        "<<" => return from_bits(bits(a).checked_shl(shift(b)).unwrap_or(0)),
        _ => return from_bits(bits(a).checked_shr(shift(b)).unwrap_or(0)),
    })
}

#[expect(clippy::cast_possible_truncation, reason = "what Go's conversion does")]
fn bits(number: f64) -> i64 {
    number as i64
}

fn shift(number: f64) -> u32 {
    u32::try_from(bits(number)).unwrap_or(64)
}

#[expect(clippy::cast_precision_loss, reason = "every number is a float here")]
fn from_bits(bits: i64) -> Value {
    Value::Number(bits as f64)
}

//! What a tree gives.

use super::parser::Node;
use crate::Stuck;
use serde_json::{Number, Value};

pub(super) struct Context<'a> {
    pub(super) variables: &'a Value,
    pub(super) item: Option<&'a Value>,
}

pub(super) fn eval(node: &Node, context: &Context<'_>) -> Result<Value, Stuck> {
    Ok(match node {
        Node::Constant(value) => value.clone(),
        Node::Name(name) => member(context.variables, &Value::String(name.clone()))?,
        Node::Item => context.item.cloned().ok_or_else(|| Stuck::new("`#` stands outside of `map`"))?,
        Node::List(nodes) => nodes.iter().map(|node| eval(node, context)).collect::<Result<_, _>>()?,
        Node::Member(of, name) => member(&eval(of, context)?, &eval(name, context)?)?,
        Node::Call(name, arguments) => call(name, arguments, context)?,
        Node::Not(node) => Value::Bool(!boolean(&eval(node, context)?)?),
        Node::Minus(node) => match eval(node, context)?.as_f64() {
            Some(number) => float(-number)?,
            None => return Err(Stuck::new("`-` stands before no number")),
        },
        Node::Binary("&&", left, right) => {
            Value::Bool(boolean(&eval(left, context)?)? && boolean(&eval(right, context)?)?)
        }
        Node::Binary("||", left, right) => {
            Value::Bool(boolean(&eval(left, context)?)? || boolean(&eval(right, context)?)?)
        }
        Node::Binary(sign, left, right) => binary(sign, &eval(left, context)?, &eval(right, context)?)?,
        Node::Choice(condition, yes, no) => eval(if boolean(&eval(condition, context)?)? { yes } else { no }, context)?,
    })
}

fn member(of: &Value, name: &Value) -> Result<Value, Stuck> {
    let found = match name {
        Value::String(name) => of.get(name),
        name => name.as_u64().and_then(|index| of.get(usize::try_from(index).ok()?)),
    };
    found
        .cloned()
        .ok_or_else(|| Stuck::new(format!("nothing is named `{}`", name.as_str().unwrap_or(&name.to_string()))))
}

fn binary(sign: &str, left: &Value, right: &Value) -> Result<Value, Stuck> {
    let numbers = left.as_f64().zip(right.as_f64());
    let ordering = match (numbers, left, right) {
        (Some((left, right)), ..) => left.partial_cmp(&right),
        (None, Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        _ => None,
    };
    Ok(match (sign, ordering) {
        ("==", Some(ordering)) => ordering.is_eq().into(),
        ("!=", Some(ordering)) => ordering.is_ne().into(),
        ("==", None) => (left == right).into(),
        ("!=", None) => (left != right).into(),
        ("<", Some(ordering)) => ordering.is_lt().into(),
        ("<=", Some(ordering)) => ordering.is_le().into(),
        (">", Some(ordering)) => ordering.is_gt().into(),
        (">=", Some(ordering)) => ordering.is_ge().into(),
        ("+", _) => match (left, right, numbers) {
            (Value::String(left), Value::String(right), _) => Value::String(format!("{left}{right}")),
            (_, _, Some((left, right))) => float(left + right)?,
            _ => return Err(Stuck::new(format!("cannot add {left} and {right}"))),
        },
        ("-", _) if numbers.is_some() => float(numbers.map_or(0.0, |(left, right)| left - right))?,
        _ => return Err(Stuck::new(format!("cannot compare {left} {sign} {right}"))),
    })
}

fn call(name: &str, arguments: &[Node], context: &Context<'_>) -> Result<Value, Stuck> {
    if let ("map", [list, each]) = (name, arguments) {
        let Value::Array(items) = eval(list, context)? else { return Err(Stuck::new("`map` needs a list")) };
        return items
            .iter()
            .map(|item| eval(each, &Context { item: Some(item), ..*context }))
            .collect::<Result<_, _>>();
    }
    let values = arguments.iter().map(|node| eval(node, context)).collect::<Result<Vec<_>, _>>()?;
    Ok(match (name, &values[..]) {
        ("int" | "asInt", [value]) => match as_text(value).parse::<i64>() {
            Ok(number) => number.into(),
            Err(_) => return Err(Stuck::new(format!("{value} is no whole number"))),
        },
        ("float" | "asFloat", [value]) => match as_text(value).parse::<f64>() {
            Ok(number) => float(number)?,
            Err(_) => return Err(Stuck::new(format!("{value} is no number"))),
        },
        ("lower", [Value::String(text)]) => text.to_lowercase().into(),
        ("string", [value]) => as_text(value).into(),
        ("toJson", [value]) => json(value).into(),
        ("fromJSON" | "fromJson", [Value::String(text)]) => {
            serde_json::from_str(text).map_err(|error| Stuck::new(format!("`{text}` is no JSON: {error}")))?
        }
        ("join", [Value::Array(items), Value::String(between)]) => {
            let texts = items
                .iter()
                .map(|item| item.as_str().ok_or_else(|| Stuck::new(format!("`join` needs strings, not {item}"))));
            texts.collect::<Result<Vec<_>, _>>()?.join(between).into()
        }
        ("len", [Value::Array(items)]) => items.len().into(),
        _ => return Err(Stuck::new(format!("this runner has no function `{name}` of {} arguments", values.len()))),
    })
}

fn boolean(value: &Value) -> Result<bool, Stuck> {
    value.as_bool().ok_or_else(|| Stuck::new(format!("{value} is neither true nor false")))
}

fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| json(value), str::to_owned)
}

fn float(number: f64) -> Result<Value, Stuck> {
    Number::from_f64(number).map(Value::Number).ok_or_else(|| Stuck::new("a number has become infinite"))
}

/// The JSON of a value as Go writes it: whole numbers without a fraction.
pub(super) fn json(value: &Value) -> String {
    whole(value).to_string()
}

#[expect(clippy::cast_possible_truncation, reason = "below 2^53 a whole float is an integer")]
fn whole(value: &Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 9e15 => (float as i64).into(),
            _ => value.clone(),
        },
        Value::Array(items) => items.iter().map(whole).collect(),
        Value::Object(members) => members.iter().map(|(name, member)| (name.clone(), whole(member))).collect(),
        _ => value.clone(),
    }
}

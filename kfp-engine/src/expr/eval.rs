//! A tree to a value.

use super::ast::Node;
use super::chance::Chance;
use super::json::go_text;
use super::special::Special;
use super::{ExprError, Result, builtins, closures, failed, methods, operators};
use serde_json::{Map, Value};

/// The variables, and what closures and `let` have bound, innermost last.
#[derive(Clone)]
pub(super) struct Frame<'a> {
    variables: &'a Map<String, Value>,
    chance: &'a Chance<'a>,
    bound: Vec<(String, Value)>,
}

impl Frame<'_> {
    pub(super) fn with(&self, name: &str, value: Value) -> Self {
        let mut frame = self.clone();
        frame.bound.push((name.to_owned(), value));
        frame
    }

    fn bound(&self, name: &str) -> Option<&Value> {
        self.bound.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

pub(super) fn evaluate(node: &Node, variables: &Map<String, Value>, chance: &Chance<'_>) -> Result<Value> {
    eval(node, &Frame { variables, chance, bound: Vec::new() })
}

pub(super) fn eval(node: &Node, frame: &Frame<'_>) -> Result<Value> {
    match node {
        Node::Literal(value) => Ok(value.clone()),
        Node::Name(name, _) => {
            let value = frame.bound(name).or_else(|| frame.variables.get(name));
            value.cloned().ok_or_else(|| ExprError::Run(format!("there is no `{name}`")))
        }
        Node::Pointer(name) => {
            let value = frame.bound(&format!("#{name}")).cloned();
            value.ok_or_else(|| ExprError::Compile("`#` stands for nothing outside of a closure".to_owned()))
        }
        Node::Member { base, key, optional, .. } => {
            let base = match eval(base, frame)? {
                Value::Null if *optional || is_optional(base) => return Ok(Value::Null),
                base => base,
            };
            member(&base, &eval(key, frame)?)
        }
        Node::Slice { base, from, to } => {
            let bound = |end: &Option<Box<Node>>| end.as_ref().map(|node| eval(node, frame)).transpose();
            operators::slice(&eval(base, frame)?, bound(from)?, bound(to)?)
        }
        Node::Unary(operator, node, at) => operators::unary(operator, &eval(node, frame)?, *at),
        Node::Binary { operator, left, right, at } => binary(operator, left, right, *at, frame),
        Node::Conditional(parts) => {
            let [condition, then, other] = &**parts;
            match eval(condition, frame)? {
                Value::Bool(true) => eval(then, frame),
                Value::Bool(false) => eval(other, frame),
                value => failed(format!("a condition has to be true or false, found {}", go_text(&value))),
            }
        }
        Node::Call { name, arguments, .. } if closures::is_known(name) => closures::call(name, arguments, frame),
        Node::Call { name, arguments, .. } => builtins::call(name, &values(name, arguments, frame)?, frame.chance),
        Node::Method { base, name, arguments } => {
            methods::call(&eval(base, frame)?, name, &values("", arguments, frame)?)
        }
        Node::Closure(_) => failed("a closure is no value"),
        Node::List(items) => items.iter().map(|node| eval(node, frame)).collect(),
        Node::Map(pairs) => {
            let pair = |(key, value): &(Node, Node)| Ok((go_text(&eval(key, frame)?), eval(value, frame)?));
            pairs.iter().map(pair).collect::<Result<Map<_, _>>>().map(Value::Object)
        }
        Node::Let(name, value, body) => eval(body, &frame.with(name, eval(value, frame)?)),
    }
}

/// The arguments of a call.
fn values(name: &str, arguments: &[Node], frame: &Frame<'_>) -> Result<Vec<Value>> {
    arguments.iter().map(|node| Ok(if_long(name, node, eval(node, frame)?))).collect()
}

/// Sprig's `duration` and `durationRound` take a number only if it has the type of those that sprig calculates.
fn if_long(name: &str, node: &Node, value: Value) -> Value {
    const LONG: [&str; 10] = ["int64", "add", "add1", "sub", "mul", "div", "mod", "max", "min", "biggest"];
    let unit = match name {
        "sprig.duration" => "",
        "sprig.durationRound" => "ns",
        _ => return value,
    };
    match node {
        Node::Call { name, .. } if name.strip_prefix("sprig.").is_some_and(|name| LONG.contains(&name)) => {
            format!("{}{unit}", go_text(&value)).into()
        }
        _ => value,
    }
}

/// Whether an earlier link of the chain is optional: then the rest of it is.
fn is_optional(node: &Node) -> bool {
    match node {
        Node::Member { base, optional, .. } => *optional || is_optional(base),
        _ => false,
    }
}

fn binary(operator: &str, left: &Node, right: &Node, at: usize, frame: &Frame<'_>) -> Result<Value> {
    let first = eval(left, frame)?;
    match (operator, &first) {
        ("&&" | "and", Value::Bool(false)) | ("||" | "or", Value::Bool(true)) => Ok(first),
        ("&&" | "and" | "||" | "or", Value::Bool(_)) => match eval(right, frame)? {
            Value::Bool(second) => Ok(second.into()),
            second => operators::mismatch(operator, &first, &second, at),
        },
        ("??", Value::Null) => eval(right, frame),
        ("??", _) => Ok(first),
        _ => operators::binary(operator, &first, &eval(right, frame)?, at),
    }
}

pub(super) fn member(base: &Value, key: &Value) -> Result<Value> {
    match (base, key) {
        _ if Special::of(base).is_some() => failed(format!("cannot fetch {} from {}", go_text(key), go_text(base))),
        (Value::Object(fields), Value::String(name)) => Ok(fields.get(name).cloned().unwrap_or_default()),
        (Value::Array(items), Value::Number(_)) => {
            let Some(index) = operators::whole(key) else { return failed("an index has to be a whole number") };
            let index = if index < 0 { index + i64::try_from(items.len()).unwrap_or(i64::MAX) } else { index };
            let found = usize::try_from(index).ok().and_then(|index| items.get(index));
            found.cloned().ok_or_else(|| ExprError::Run(format!("index out of range: {key} (length {})", items.len())))
        }
        _ => failed(format!("cannot fetch {} from {}", go_text(key), go_text(base))),
    }
}

//! The functions that Argo adds to the language.

use super::json::to_json;
use super::{Result, builtins, failed, jsonpath};
use serde_json::Value;

pub(super) fn is_known(name: &str) -> bool {
    matches!(name, "asInt" | "asFloat" | "toJson" | "jsonpath")
}

pub(super) fn call(name: &str, arguments: &[Value]) -> Result<Value> {
    match (name, arguments) {
        ("asInt", [value]) => builtins::int(value),
        ("asFloat", [value]) => builtins::float(value),
        ("toJson", [value]) => Ok(to_json(value).into()),
        ("jsonpath", [Value::String(text), Value::String(path)]) => jsonpath::query(text, path),
        _ => failed(format!("`{name}` is called with the wrong arguments")),
    }
}

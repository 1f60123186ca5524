//! The functions of sprig that tell what a value is, in the words of Go.

use super::json::{kind, type_name};
use serde_json::Value;

pub(super) fn is_known(name: &str) -> bool {
    matches!(name, "typeOf" | "typeIs" | "typeIsLike" | "kindOf" | "kindIs")
}

pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    Some(match (name, arguments) {
        ("typeOf", [value]) => type_name(value).into(),
        ("kindOf", [value]) => kind(value).into(),
        ("typeIs", [Value::String(wanted), value]) => (wanted == type_name(value)).into(),
        ("kindIs", [Value::String(wanted), value]) => (wanted == kind(value)).into(),
        ("typeIsLike", [Value::String(wanted), value]) => {
            let own = type_name(value);
            (wanted == own || own.strip_prefix('*') == Some(wanted)).into()
        }
        _ => return None,
    })
}

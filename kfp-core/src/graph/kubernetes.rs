//! What Kubernetes' API says, as JSON with inputs of the operation in it.
//!
//! A string holds text, with inputs in it as [`OpText`] has them. A string that is a *hole* stands for an input as it is,
//! with its type: a number stays a number.

use super::{OpText, TextPart, mark};
use serde_json::{Map, Value};

/// Fields of an object of Kubernetes' API by their names there.
pub type Fields = Map<String, Value>;

/// The string that stands for an input with its type.
pub fn hole(input: &str) -> String {
    mark::typed(input)
}

/// The input that a string stands for, if it is a hole.
pub fn as_hole(text: &str) -> Option<&str> {
    mark::as_typed(text)
}

/// Whether a value has an input in it, as text or as a hole.
pub fn has_inputs(value: &Value) -> bool {
    match value {
        Value::String(text) => as_hole(text).is_some() || OpText::from(text.as_str()).literal().is_none(),
        Value::Array(items) => items.iter().any(has_inputs),
        Value::Object(fields) => fields.iter().any(|(name, field)| is_named_late(name) || has_inputs(field)),
        _ => false,
    }
}

/// Whether the name of a field has an input in it.
pub fn is_named_late(name: &str) -> bool {
    OpText::from(name).literal().is_none()
}

/// Whether a value has a hole in it.
pub fn has_holes(value: &Value) -> bool {
    match value {
        Value::String(text) => as_hole(text).is_some(),
        Value::Array(items) => items.iter().any(has_holes),
        Value::Object(fields) => fields.values().any(has_holes),
        _ => false,
    }
}

/// Gives every input another name.
pub(crate) fn rename(value: &mut Value, name: &mut impl FnMut(&str) -> String) {
    match value {
        Value::String(text) => *text = renamed(text, name),
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, name)),
        Value::Object(fields) => {
            let named = std::mem::take(fields).into_iter().map(|(field, mut value)| {
                rename(&mut value, name);
                (renamed(&field, name), value)
            });
            *fields = named.collect();
        }
        _ => {}
    }
}

fn renamed(text: &str, name: &mut impl FnMut(&str) -> String) -> String {
    if let Some(input) = as_hole(text) {
        return hole(&name(input));
    }
    let part = |part: &TextPart| match part {
        TextPart::Literal(text) => text.clone(),
        TextPart::Parameter(input) => OpText::marker(&name(input)),
        part => OpText(vec![part.clone()]).marked(),
    };
    OpText::from(text).0.iter().map(part).collect()
}

/// Lays fields of a container over others: what is set wins, but requests and limits are set one by one, and lists
/// become longer. A variable of the environment takes the place of the one of its name.
pub fn lay(base: &mut Fields, over: &Fields) {
    for (name, value) in over {
        match (base.get_mut(name), value) {
            (Some(Value::Array(items)), Value::Array(more)) => {
                if name == "env" {
                    items.retain(|known| more.iter().all(|one| one["name"] != known["name"]));
                }
                items.extend(more.iter().cloned());
            }
            (Some(Value::Object(fields)), Value::Object(more))
                if matches!(&**name, "resources" | "limits" | "requests") =>
            {
                lay(fields, more);
            }
            _ => {
                base.insert(name.clone(), value.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fields(value: Value) -> Fields {
        serde_json::from_value(value).expect("an object")
    }

    #[test]
    fn fields_are_laid_over_each_other() {
        let mut base = fields(json!({
            "tty": true,
            "env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}],
            "resources": {"limits": {"cpu": "1", "memory": "1Gi"}},
            "securityContext": {"privileged": true},
        }));
        let over = fields(json!({
            "env": [{"name": "A", "value": "3"}],
            "resources": {"limits": {"cpu": "2"}, "requests": {"cpu": "1"}},
            "securityContext": {"runAsUser": 1},
        }));
        lay(&mut base, &over);
        let laid = json!({
            "tty": true,
            "env": [{"name": "B", "value": "2"}, {"name": "A", "value": "3"}],
            "resources": {"limits": {"cpu": "2", "memory": "1Gi"}, "requests": {"cpu": "1"}},
            "securityContext": {"runAsUser": 1},
        });
        assert_eq!(Value::Object(base), laid);
    }

    #[test]
    fn inputs_are_found_and_renamed() {
        let mut value =
            json!({"a": [hole("x")], "b": format!("n={}", OpText::marker("y")), "c": 1, "d": {OpText::marker("z"): 2}});
        assert!(
            has_inputs(&value)
                && has_holes(&value)
                && !has_holes(&value["b"])
                && !has_inputs(&value["c"])
                && has_inputs(&value["d"])
        );
        rename(&mut value, &mut |name| name.to_uppercase());
        assert_eq!(
            value,
            json!({"a": [hole("X")], "b": format!("n={}", OpText::marker("Y")), "c": 1, "d": {OpText::marker("Z"): 2}})
        );
    }
}

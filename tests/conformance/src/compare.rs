//! Whether a manifest that was read and written again has lost anything.

use serde_json::Value;

/// Fields that mean the same as no field when they are empty or false.
const MAY_BE_EMPTY: &[&str] = &[
    "arguments",
    "inputs",
    "outputs",
    "metadata",
    "labels",
    "annotations",
    "parameters",
    "artifacts",
    "resources",
    "args",
    "command",
    "setOwnerReference",
    "optional",
    "clusterScope",
];

/// Fields whose scalars Argo reads as strings, whatever they are.
const STRINGS: &[&str] =
    &["value", "default", "enum", "description", "duration", "maxDuration", "limits", "requests", "podSpecPatch"];

/// The differences between a manifest and what became of it, but for what the model says that it normalises.
pub fn lost(before: &Value, after: &Value) -> Vec<String> {
    let mut differences = Vec::new();
    compare("", "", before, Some(after), &mut differences);
    differences
}

fn compare(path: &str, field: &str, before: &Value, after: Option<&Value>, differences: &mut Vec<String>) {
    match (before, after) {
        (Value::Null, None) => {}
        (before, None) if MAY_BE_EMPTY.contains(&field) && is_empty(before) => {}
        (Value::Object(before), Some(Value::Object(after))) => {
            // The names of resources are the keys of a map of such strings.
            let inherited = if field == "limits" || field == "requests" { Some(field) } else { None };
            for (key, value) in before {
                compare(&format!("{path}.{key}"), inherited.unwrap_or(key), value, after.get(key), differences);
            }
            differences.extend(
                after.keys().filter(|key| !before.contains_key(*key)).map(|key| format!("{path}.{key} is new")),
            );
        }
        (Value::Array(before), Some(Value::Array(after))) if before.len() == after.len() => {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                compare(&format!("{path}[{index}]"), field, before, Some(after), differences);
            }
        }
        (Value::Number(number), Some(Value::String(text)))
            if STRINGS.contains(&field) && number.to_string() == *text => {}
        (Value::Bool(flag), Some(Value::String(text))) if STRINGS.contains(&field) && flag.to_string() == *text => {}
        (before, Some(after)) if before == after => {}
        (before, after) => differences.push(format!("{path}: {before} became {}", after.unwrap_or(&Value::Null))),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => {
            fields.iter().all(|(key, value)| MAY_BE_EMPTY.contains(&key.as_str()) && is_empty(value))
        }
        Value::Bool(flag) => !flag,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::lost;
    use serde_json::json;

    #[test]
    fn a_lost_pause_is_a_difference() {
        assert_eq!(lost(&json!({"suspend": {}}), &json!({})), [".suspend: {} became null"]);
    }

    #[test]
    fn a_number_may_become_a_string_only_where_argo_reads_one() {
        assert_eq!(lost(&json!({"value": 5}), &json!({"value": "5"})), Vec::<String>::new());
        assert_eq!(lost(&json!({"mode": 5}), &json!({"mode": "5"})), [".mode: 5 became \"5\""]);
    }
}

//! JSON as YAML that a person can read: the manifest of a resource, which is text inside of the workflow.

use serde_json::Value;

/// Writes the strings, which may hold inputs.
pub(super) trait Scalars {
    /// A string as a YAML scalar on one line.
    fn string(&mut self, text: &str) -> String;
}

/// A value as YAML in block style.
pub(super) fn yaml(value: &Value, scalars: &mut impl Scalars) -> String {
    let mut text = String::new();
    write(&mut text, value, 0, false, scalars);
    text
}

/// Writes a value that stands after a key or a dash (`nested`), or at the beginning.
fn write(text: &mut String, value: &Value, indent: usize, nested: bool, scalars: &mut impl Scalars) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (index, (name, value)) in fields.iter().enumerate() {
                start(text, indent, index == 0 && !nested);
                text.push_str(&key(name, scalars));
                text.push(':');
                field(text, value, indent, scalars);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                start(text, indent, index == 0 && !nested);
                text.push('-');
                match item {
                    // The first field of an object stands beside the dash.
                    Value::Object(fields) if !fields.is_empty() => {
                        text.push(' ');
                        write(text, item, indent + 1, false, scalars);
                    }
                    item => field(text, item, indent, scalars),
                }
            }
        }
        scalar => text.push_str(&plain(scalar, scalars)),
    }
}

fn field(text: &mut String, value: &Value, indent: usize, scalars: &mut impl Scalars) {
    match value {
        Value::Object(fields) if !fields.is_empty() => write(text, value, indent + 1, true, scalars),
        Value::Array(items) if !items.is_empty() => write(text, value, indent + 1, true, scalars),
        scalar => {
            text.push(' ');
            text.push_str(&plain(scalar, scalars));
        }
    }
}

fn start(text: &mut String, indent: usize, same_line: bool) {
    if !same_line {
        text.push('\n');
        text.push_str(&"  ".repeat(indent));
    }
}

fn plain(value: &Value, scalars: &mut impl Scalars) -> String {
    match value {
        Value::String(text) if is_plain(text) => text.clone(),
        Value::String(text) => scalars.string(text),
        other => other.to_string(),
    }
}

fn key(name: &str, scalars: &mut impl Scalars) -> String {
    if is_plain(name) { name.to_owned() } else { scalars.string(name) }
}

/// Whether a string is one without quotes: a word that no version of YAML reads as something else.
fn is_plain(name: &str) -> bool {
    let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    let is_word = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte));
    is_word && !words.contains(&name.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Quoted;

    impl Scalars for Quoted {
        fn string(&mut self, text: &str) -> String {
            Value::String(text.to_owned()).to_string()
        }
    }

    #[test]
    fn what_is_written_reads_as_it_was() {
        let value = serde_json::json!({
            "apiVersion": "v1",
            "on": "yes",
            "1": [],
            "a": {"b": {}, "c": [[1, 2], {"d": null, "e": [true]}, "x: y # z"]},
            "text": "two\nlines\u{1b} \u{85}",
        });
        let text = yaml(&value, &mut Quoted);
        let back: Value = serde_saphyr::from_str(&text).expect(&text);
        assert_eq!(back, value, "{text}");
    }

    #[test]
    fn it_is_for_people() {
        let value = serde_json::json!({"spec": {"containers": [{"name": "main", "args": ["a", "b"]}]}});
        let expected = "spec:\n  containers:\n    - name: main\n      args:\n        - a\n        - b";
        assert_eq!(yaml(&value, &mut Quoted), expected);
    }
}

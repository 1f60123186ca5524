//! Manifests as YAML and JSON text.

use super::style::Style;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;
use serde_saphyr::{DoubleQuoted, LitStr, ser_options};

/// Writes a manifest as a YAML document; the same value gives the same bytes.
///
/// The values of parameters are always quoted, the lines of a script are a block where no parser can misread it.
pub fn to_yaml<T: Serialize>(manifest: &T) -> String {
    let value = to_value(manifest);
    let options = ser_options! { prefer_block_scalars: false };
    serde_saphyr::to_string_with_options(&Node { value: &value, text: false }, options)
        .expect("every JSON value has a YAML text")
}

/// Writes a manifest as JSON on one line, in the order of its fields.
pub fn to_json<T: Serialize>(manifest: &T) -> String {
    to_value(manifest).to_string()
}

fn to_value<T: Serialize>(manifest: &T) -> Value {
    serde_json::to_value(manifest).expect("a manifest has string keys and no failing fields")
}

/// A value, with the styles of [`Style`].
struct Node<'a> {
    value: &'a Value,
    /// Whether a string in it is shown to be one.
    text: bool,
}

/// The fields whose strings are shown to be strings: what flows through parameters and environment variables.
const TEXTS: [&str; 3] = ["value", "default", "enum"];

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::String(text) => {
                let style = if self.text { Style::of_text(text) } else { Style::of_value(text) };
                write_string(text, style, serializer)
            }
            Value::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for value in items {
                    list.serialize_element(&Node { value, text: self.text })?;
                }
                list.end()
            }
            Value::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (key, value) in fields {
                    map.serialize_entry(&Key(key), &Node { value, text: TEXTS.contains(&key.as_str()) })?;
                }
                map.end()
            }
            scalar => scalar.serialize(serializer),
        }
    }
}

/// The key of a map.
struct Key<'a>(&'a str);

impl Serialize for Key<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_string(self.0, Style::of_key(self.0), serializer)
    }
}

fn write_string<S: Serializer>(text: &str, style: Style, serializer: S) -> Result<S::Ok, S::Error> {
    match style {
        Style::Plain => serializer.serialize_str(text),
        Style::Block => LitStr(text).serialize(serializer),
        Style::Quoted => DoubleQuoted(text).serialize(serializer),
    }
}

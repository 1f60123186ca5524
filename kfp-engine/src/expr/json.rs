//! Values as text, the way Go writes them.

use super::special::Special;
use serde_json::Value;
use std::fmt::Write;

/// Compact JSON as Go's `json.Marshal` has it: keys sorted, `1.0` as `1`, `<`, `>` and `&` escaped.
pub fn to_json(value: &Value) -> String {
    written(value, Style { indent: None, keeps_floats: false, is_html_safe: true })
}

/// Compact JSON in which numbers are as they were read, as those of Argo's items: `1.0` stays.
pub fn as_written(value: &Value) -> String {
    written(value, Style { indent: None, keeps_floats: true, is_html_safe: true })
}

/// Indented JSON, as the builtin `toJSON` gives it.
pub(super) fn to_indented_json(value: &Value) -> String {
    written(value, Style { indent: Some("  "), keeps_floats: false, is_html_safe: false })
}

/// Compact JSON with `<`, `>` and `&` as they are: sprig's `toRawJson`.
pub(super) fn to_raw_json(value: &Value) -> String {
    written(value, Style { indent: None, keeps_floats: false, is_html_safe: false })
}

#[derive(Clone, Copy)]
struct Style {
    indent: Option<&'static str>,
    keeps_floats: bool,
    is_html_safe: bool,
}

fn written(value: &Value, style: Style) -> String {
    let mut text = String::new();
    write(value, &mut text, style, 0);
    text
}

/// A value as Go's `%v` prints it: `[a b]`, `map[k:v]`, `<nil>`.
pub fn go_text(value: &Value) -> String {
    if let Some(special) = Special::of(value) {
        return special.text();
    }
    match value {
        Value::Null => "<nil>".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => whole.to_string(),
            None => float_text(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(go_text).collect::<Vec<_>>().join(" ")),
        Value::Object(fields) => {
            let mut pairs: Vec<_> = fields.iter().map(|(key, value)| format!("{key}:{}", go_text(value))).collect();
            pairs.sort();
            format!("map[{}]", pairs.join(" "))
        }
    }
}

pub(super) fn type_name(value: &Value) -> &'static str {
    if let Some(special) = Special::of(value) {
        return special.type_name();
    }
    match value {
        Value::Null => "<nil>",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float64",
        Value::Number(_) => "int",
        Value::String(_) => "string",
        Value::Array(_) => "[]interface {}",
        Value::Object(_) => "map[string]interface {}",
    }
}

/// The kind of its type in Go.
pub(super) fn kind(value: &Value) -> &'static str {
    if let Some(special) = Special::of(value) {
        return special.kind();
    }
    match value {
        Value::Null => "invalid",
        Value::Array(_) => "slice",
        Value::Object(_) => "map",
        value => type_name(value),
    }
}

/// A float as Go's `%v` has it: shortest, with an exponent from a million and below 1e-4.
pub(super) fn float_text(value: f64) -> String {
    exponent(value, 1e-4..1e6)
}

fn exponent(value: f64, plain: std::ops::Range<f64>) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let size = value.abs();
    if size == 0.0 || plain.contains(&size) {
        return value.to_string();
    }
    let text = format!("{value:e}");
    let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, power) = power.strip_prefix('-').map_or(('+', power), |power| ('-', power));
    format!("{digits}e{sign}{power:0>2}")
}

fn write(value: &Value, text: &mut String, style: Style, depth: usize) {
    let indent = style.indent;
    let line = |text: &mut String, depth: usize| {
        if let Some(indent) = indent {
            text.push('\n');
            text.push_str(&indent.repeat(depth));
        }
    };
    match value {
        Value::Null => text.push_str("null"),
        Value::Number(number) if number.is_f64() && !style.keeps_floats => {
            let digits = exponent(number.as_f64().unwrap_or_default(), 1e-6..1e21);
            text.push_str(&digits.replace("e-0", "e-"));
        }
        Value::Bool(_) | Value::Number(_) => text.push_str(&value.to_string()),
        Value::String(string) => write_string(string, text, style.is_html_safe),
        Value::Array(items) if items.is_empty() => text.push_str("[]"),
        Value::Object(fields) if fields.is_empty() => text.push_str("{}"),
        value if Special::of(value).is_some() => {
            write(&Special::of(value).map(|special| special.plain()).unwrap_or_default(), text, style, depth);
        }
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                line(text, depth + 1);
                write(item, text, style, depth + 1);
            }
            line(text, depth);
            text.push(']');
        }
        Value::Object(fields) => {
            let mut pairs: Vec<_> = fields.iter().collect();
            pairs.sort_by_key(|(key, _)| *key);
            text.push('{');
            for (index, (key, value)) in pairs.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                line(text, depth + 1);
                write_string(key, text, style.is_html_safe);
                text.push_str(if indent.is_some() { ": " } else { ":" });
                write(value, text, style, depth + 1);
            }
            line(text, depth);
            text.push('}');
        }
    }
}

fn write_string(string: &str, text: &mut String, is_html_safe: bool) {
    text.push('"');
    for character in string.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '<' | '>' | '&' if is_html_safe => push_code(text, character),
            '\u{2028}' | '\u{2029}' | '\0'..='\x1f' => push_code(text, character),
            _ => text.push(character),
        }
    }
    text.push('"');
}

fn push_code(text: &mut String, character: char) {
    // Writing to a string does not fail.
    let _ = write!(text, "\\u{:04x}", u32::from(character));
}

//! Scalars, each so that every parser reads the same thing.

use super::super::style::{Style, is_printable};
use std::fmt::{Display, Write};

pub(super) fn integer(text: &mut String, number: impl Display) {
    let _ = write!(text, "{number}");
}

/// A number with a point in it, and an exponent with its sign: without them YAML 1.1 knows no float.
pub(super) fn float(text: &mut String, number: f64) {
    let Some(number) = serde_json::Number::from_f64(number) else {
        text.push_str("null");
        return;
    };
    let number = number.to_string();
    let Some((digits, exponent)) = number.split_once('e') else {
        text.push_str(&number);
        return;
    };
    let point = if digits.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with(['-', '+']) { "" } else { "+" };
    let _ = write!(text, "{digits}{point}e{sign}{exponent}");
}

pub(super) fn key(text: &mut String, key: &str) {
    match Style::of_key(key) {
        Style::Plain => text.push_str(key),
        _ => quoted(text, key),
    }
}

/// In double quotes, on one line.
pub(super) fn quoted(text: &mut String, string: &str) {
    text.push('"');
    let mut start = 0;
    for (index, character) in string.char_indices() {
        if is_printable(character) && !matches!(character, '"' | '\\') {
            continue;
        }
        text.push_str(&string[start..index]);
        start = index + character.len_utf8();
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\0'..='\u{ff}' => drop(write!(text, "\\x{:02X}", u32::from(character))),
            '\u{100}'..='\u{ffff}' => drop(write!(text, "\\u{:04X}", u32::from(character))),
            _ => drop(write!(text, "\\U{:08X}", u32::from(character))),
        }
    }
    text.push_str(&string[start..]);
    text.push('"');
}

/// A block: `|`, or `|-` without a line end at its end. Its lines stand at the column.
pub(super) fn block(text: &mut String, string: &str, column: usize) {
    text.push_str(if string.ends_with('\n') { "|" } else { "|-" });
    for line in string.lines() {
        text.push('\n');
        if !line.is_empty() {
            text.extend(std::iter::repeat_n(' ', column));
            text.push_str(line);
        }
    }
}

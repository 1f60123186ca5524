//! How Argo puts a text into JSON: with Go's `strconv.Quote`, which is not JSON's.

use std::fmt::Write;

/// The text between the quotes of Go's `strconv.Quote`.
///
/// It is no JSON where the text has a control character that JSON writes otherwise: Argo stops such a workflow, and so
/// does this engine.
pub fn go_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\x07' => quoted.push_str("\\a"),
            '\x08' => quoted.push_str("\\b"),
            '\x0c' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\x0b' => quoted.push_str("\\v"),
            _ if is_printable(character) => quoted.push(character),
            _ => push_code(&mut quoted, character),
        }
    }
    quoted
}

fn push_code(text: &mut String, character: char) {
    let code = u32::from(character);
    // Writing to a string does not fail.
    let _ = match code {
        0..=0x1f | 0x7f => write!(text, "\\x{code:02x}"),
        0..=0xffff => write!(text, "\\u{code:04x}"),
        _ => write!(text, "\\U{code:08x}"),
    };
}

/// As Go's `strconv.IsPrint`, near enough: what is a control, a format or a separator other than the space is not.
fn is_printable(character: char) -> bool {
    let is_hidden = character.is_control()
        || matches!(u32::from(character),
            0xa0 | 0xad | 0x600..=0x605 | 0x61c | 0x6dd | 0x70f | 0x8e2 | 0x1680 | 0x180e | 0x2000..=0x200f
            | 0x2028..=0x202f | 0x205f..=0x206f | 0x3000 | 0xe000..=0xf8ff | 0xfeff | 0xfff0..=0xfffb
            | 0xfffe..=0xffff | 0x110bd | 0x110cd | 0x13430..=0x1343f | 0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a
            | 0xe0000..=0xe00ff | 0xe01f0..=0x0010_ffff);
    !is_hidden
}

//! What is wrong with a text or a value.

use serde::{de, ser};
use std::fmt;

/// Why a value has no text, or a text no value of the wanted type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WireError(String);

impl WireError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    pub(super) fn expected(what: &str, found: &str) -> Self {
        Self(format!("expected {what}, found {}", shorten(found)))
    }
}

/// A text in quotes, cut where it gets long.
fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        None => format!("{text:?}"),
        Some((end, _)) => format!("{:?}.. ({} bytes)", &text[..end], text.len()),
    }
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WireError {}

impl de::Error for WireError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl ser::Error for WireError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

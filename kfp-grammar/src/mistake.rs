//! What is wrong with a text, and what to write instead.

use crate::Code;
use std::{fmt, ops::Range};

/// One thing that is wrong with a text in a small language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistake {
    /// Which kind of mistake.
    pub code: Code,
    /// What is wrong, in the user's words: lower case, no full stop, what was written in backticks.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The bytes of the text that are wrong; empty at the end of the text where something is missing.
    pub at: Range<usize>,
}

impl Mistake {
    pub(crate) fn new(code: Code, at: Range<usize>, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None, at }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Moves the place, for a text that is a part of another.
    pub(crate) fn shifted(mut self, by: usize) -> Self {
        self.at = self.at.start + by..self.at.end + by;
        self
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Mistake {}

/// The bytes of the character that starts at `from`, so that a place never cuts one.
pub(crate) fn char_at(text: &str, from: usize) -> Range<usize> {
    from..from + text[from..].chars().next().map_or(0, char::len_utf8)
}

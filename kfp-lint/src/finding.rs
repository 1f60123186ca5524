//! What was found, and what was looked at.

use kfp_grammar::Code;
use std::fmt;

/// A file that is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its name in findings.
    pub name: &'a str,
    /// What is in it: YAML documents, or JSON.
    pub text: &'a str,
}

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// It fails, hangs or does something else than it says.
    Error,
    /// It may be meant.
    Warning,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// Something that is wrong in a manifest.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The name of the file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// How bad it is.
    pub level: Level,
    /// Which kind of mistake.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, level, code, message, .. } = self;
        write!(f, "{file}:{line}:{column}: {level}: [{code}] {message}")
    }
}

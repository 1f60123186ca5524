//! The language of `when`, after substitution: govaluate as Argo uses it, where every name that is left is a string.

mod eval;
mod lexer;
mod parser;

use std::fmt;

/// Why a condition has no answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WhenError {
    /// The text is no condition.
    Parse(String),
    /// Its parts do not go together.
    Evaluate(String),
    /// It gives something else than true or false.
    NotBool(String),
}

impl fmt::Display for WhenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parse(message) | Self::Evaluate(message) => f.write_str(message),
            Self::NotBool(value) => write!(f, "expected true or false, found `{value}`"),
        }
    }
}

impl std::error::Error for WhenError {}

type Result<T> = std::result::Result<T, WhenError>;

/// Whether a condition holds.
pub fn holds(text: &str) -> Result<bool> {
    let tree = parser::parse(text)?;
    match eval::evaluate(&tree)? {
        eval::Value::Bool(holds) => Ok(holds),
        other => Err(WhenError::NotBool(other.to_string())),
    }
}

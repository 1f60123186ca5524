//! The expression language of `{{= .. }}`, `depends`, `expression` and `fromExpression`: `expr` as Argo uses it.
//!
//! Argo compiles with Go's library of that name; what it returns is in the conformance data beside the repository, and
//! every line of it is a test here. The crates that exist panic on maps with quoted keys and do not tell a name that is
//! missing from one that is `nil`, on which Argo's passes of substitution depend.

mod argo;
mod ast;
mod base32;
mod builtins;
mod chance;
mod closures;
mod dates;
mod decimal;
mod eval;
mod go_duration;
mod go_layout;
mod go_parse;
mod go_time;
mod json;
mod jsonpath;
mod lexer;
mod methods;
mod operators;
mod parser;
mod special;
mod sprig;
mod sprig_cases;
mod sprig_ciphers;
mod sprig_lists;
mod sprig_lots;
mod sprig_texts;
mod sprig_types;
mod urls;
mod versions;

pub use ast::{Expression, Reference};
pub(crate) use chance::entropy;
pub use chance::{Chance, Decisions};
pub use json::{as_written, go_text, to_json};

use serde_json::{Map, Value};
use std::fmt;

/// Why an expression has no value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ExprError {
    /// The text is no expression.
    Compile(String),
    /// It names a variable or function that is not there.
    Unknown(String),
    /// It cannot be calculated with these values.
    Run(String),
}

impl fmt::Display for ExprError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compile(message) | Self::Unknown(message) | Self::Run(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for ExprError {}

pub(crate) type Result<T> = std::result::Result<T, ExprError>;

pub(crate) fn failed<T>(message: impl Into<String>) -> Result<T> {
    Err(ExprError::Run(message.into()))
}

/// What an expression gives for these variables.
pub fn evaluate(text: &str, variables: &Map<String, Value>) -> Result<Value> {
    Expression::parse(text)?.evaluate(variables)
}

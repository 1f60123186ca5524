//! Whether two manifests mean the same, whatever templates and names they use.
//!
//! Each manifest is expanded from its entrypoint into a [`Plan`]: the tasks that would run, each with facts about it in which
//! every text is followed back to where it comes from. The plans are matched, and what differs is said in words.

mod compare;
mod condition;
pub mod deliberate;
mod expand;
mod expression;
mod matching;
mod parse;
mod plan;
mod scope;
mod text;
mod words;

pub use compare::{Difference, compare, differences};
pub use expand::expand;
pub use expression::Expr;
pub use plan::{Entity, Fact, Id, Kind, Plan};
pub use text::{Origin, Piece, Source, Text};

/// Why a manifest cannot be expanded: in words, for the person who wrote the test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cannot(pub String);

impl std::fmt::Display for Cannot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Cannot {}

type Result<T> = std::result::Result<T, Cannot>;

fn cannot<T>(message: impl Into<String>) -> Result<T> {
    Err(Cannot(message.into()))
}

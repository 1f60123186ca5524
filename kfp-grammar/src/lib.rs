//! The small languages that a pipeline holds beside Rust: Kubernetes quantities, labels and names, durations,
//! image references, resource conditions, JSONPath; and the catalogue of codes that name every error.
//!
//! Nothing here knows a pipeline: whoever reads such a text, before a manifest is written or in one that is there, says the
//! same about it.

#![warn(missing_docs)]

mod ascii;
pub mod code;
pub mod component;
pub mod condition;
pub mod cron;
pub mod duration;
pub mod env;
pub mod image;
pub mod iso8601;
pub mod jsonpath;
pub mod label;
pub mod literal;
mod mistake;
pub mod name;
mod nearest;
pub mod path;
pub mod quantity;
pub mod substitution;
pub mod word;

pub use code::Code;
pub use mistake::Mistake;
pub use nearest::nearest;

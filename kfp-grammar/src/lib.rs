//! The small languages that a pipeline holds beside Rust: Kubernetes quantities, labels and names, durations,
//! image references, resource conditions, JSONPath; and the catalogue of codes that name every error.
//!
//! Nothing here knows a pipeline: macros read a literal with it during expansion, the whole-graph checks and
//! lint read the same text later, and all of them say the same about it.

pub mod code;
pub mod condition;
pub mod duration;
pub mod image;
pub mod iso8601;
pub mod jsonpath;
pub mod label;
mod mistake;
pub mod name;
pub mod quantity;

pub use code::Code;
pub use mistake::Mistake;

//! Values as text: what stands in a manifest, on a command line and in an output file.
//!
//! | type | text |
//! | --- | --- |
//! | strings and characters | as they are |
//! | enums whose variants all hold no data | the variant's name |
//! | whole numbers, `bool` | `3`, `true` (`True` is read as well) |
//! | floats | as JSON; `NaN`, `inf` and `-inf` as Rust writes them, in a value of its own only |
//! | newtype structs | as what they hold |
//! | `Option<T>` | `null`, or the JSON of the value: `Some("a")` is `"a"` with its quotes |
//! | everything else | JSON without spaces |
//!
//! Which row a type belongs to is its [`shape`], and nothing about a single value: both sides agree on it before the
//! value exists.

mod error;
mod finite;
mod json;
mod number;
mod read;
mod shape;
#[cfg(test)]
mod tests;
mod write;

pub use error::WireError;
pub use read::from_text;
pub use shape::{shape, variants};
pub use write::to_text;

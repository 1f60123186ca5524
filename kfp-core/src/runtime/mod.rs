//! Inside the container: arguments become typed inputs, results become files.
//!
//! `program kfp-exec NAME@FINGERPRINT --depth 3 --table /tmp/inputs/table/data -- --model /tmp/outputs/model/data`
//! finds the component in the registry, reads its inputs, calls its function and moves what it wrote to where it
//! belongs: all of it, or nothing when anything went wrong.

mod cause;
mod command_line;
mod exec;
mod failure;
mod invocation;
mod panics;
mod staging;
#[cfg(test)]
mod tests;

pub use cause::{ByConversion, ByForgetting, IntoCause};
pub use exec::exec;
pub use failure::Failure;
pub use invocation::Invocation;

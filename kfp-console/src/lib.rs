//! What a person sees of runs on this machine: progress while one goes on, the list of runs, logs, pictures, reports.
//!
//! The command `kfp` and the programs of `kfp::main!()` with the feature `engine` share it.

#![warn(missing_docs)]

mod execute;
mod graph;
mod lines;
mod logs;
mod options;
mod progress;
mod report;
mod runs;
pub mod say;
mod size;

pub use execute::{Show, refused, resume, run};
pub use graph::{Form, graph};
pub use logs::logs;
pub use options::{RunOptions, approve, manifests};
pub use report::report;
pub use runs::{folder_of, free_folder, runs};
pub use size::size;

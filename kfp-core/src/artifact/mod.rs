//! Artifacts: files and folders that pass between tasks by reference.

mod input;
mod kinds;
mod metrics;
mod output;
mod temp;
#[cfg(test)]
mod tests;
mod viewer;

pub use input::Input;
pub use kinds::{
    Accepts, Any, AnyName, Artifact, ClassificationMetrics, Dataset, Html, Markdown, Metrics, Model, Named, Text,
    UiMetadata, Unnamed, Untyped, name_hash,
};
pub use metrics::Metric;
pub use output::Output;
pub use viewer::Viewer;

use std::io;
use std::path::Path;

/// An error of the file system that names the file.
fn at(path: &Path, what: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot {what} `{}`: {error}", path.display()))
}

//! The pipelines, as they are written here.

pub mod conformance;
pub mod sdk;

use kfp::Diagnostics;
use kfp::argo::Workflow;

/// A pipeline by its name there.
pub type Named = (&'static str, fn() -> Result<Workflow, Diagnostics>);

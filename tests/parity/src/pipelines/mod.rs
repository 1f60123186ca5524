//! The pipelines, as they are written here.

pub mod conformance;

//! Pipelines of the Python SDK met by the same pipelines in Rust, and the comparer that says whether they mean the same.

pub mod comparer;
pub mod met;
pub mod pipelines;

//! Pipelines of the Python SDK met by the same pipelines in Rust.

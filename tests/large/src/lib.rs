//! Pipelines of any size: what the compiler is measured with, and what is too large for a cluster in one piece.

pub mod workloads;

//! The pipelines of this crate, and the program that compiles them.

mod pipelines;

kfp::main!();

//! The pipelines of this crate, and the program that compiles them.

#![expect(clippy::print_stdout, reason = "what a step prints is its log")]

mod pipelines;

kfp::main!();

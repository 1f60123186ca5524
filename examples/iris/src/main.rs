//! The program that runs in the containers of the steps, and the pipelines that it can compile.

#![expect(clippy::print_stdout, reason = "what a step prints is its log")]

mod pipelines;
mod table;
mod tree;

kfp::main!();

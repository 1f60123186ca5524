//! Runs Argo manifests on one machine: ours or anybody's, read from the same file that a cluster gets.

pub mod expr;
pub mod govaluate;
pub mod quote;
pub mod tags;

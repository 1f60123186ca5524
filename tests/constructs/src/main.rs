//! Every construct of the language, once in Rust and once as the manifest that it becomes.
//!
//! The manifests in `snapshots/` are reviewed by hand; each says in its first lines which tasks run, in which order, and
//! which values they see. `BLESS=1 cargo test -p kfp-constructs` writes them anew. The program runs the steps of these
//! manifests, and `tests/runs.rs` sees that they run as they read.

#![allow(clippy::needless_pass_by_value, reason = "inputs of components are owned")]
#![cfg_attr(not(test), allow(unused_imports, reason = "the tests are in the same files"))]

mod argo_options;
mod calls;
mod component_types;
mod components;
mod conditions;
mod conf;
mod container_op;
mod container_sets;
mod containers;
mod daemons;
mod exits;
mod fan_in;
mod files;
mod groups;
mod hooks;
mod host;
mod imported;
mod kinds;
mod limits;
mod locations;
mod loops;
mod matches;
mod metrics;
mod named;
mod nested;
mod options;
mod other_scripts;
mod outcomes;
mod placeholders;
#[cfg(test)]
mod refused;
mod requests;
mod resources;
mod scripts;
#[cfg(test)]
mod snapshot;
mod steps;
mod strings;
mod structs;
mod suspends;
mod template_refs;
mod text;
mod together;
mod values;
mod viewers;
mod volumes;

kfp::main!();

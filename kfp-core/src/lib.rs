//! The pipeline model behind `kfp`. A user's crate names `kfp` alone; what is here reaches it through that facade.
//!
//! Data goes one way: [`dsl`] (the typed surface that macros call) -> [`graph`] (the untyped DAG model) -> [`check`]
//! -> [`argo`] (manifests). [`runtime`] is the other end: what runs inside the container.

#![warn(missing_docs)]

pub mod argo;
pub mod artifact;
pub mod check;
pub mod component_file;
pub mod diagnostic;
pub mod dsl;
pub mod graph;
mod hash;
#[cfg(feature = "k8s-openapi")]
pub mod k8s;
pub mod registry;
pub mod runtime;
pub mod types;
pub mod wire;

pub use check::{compile, compile_as};

#[doc(hidden)]
pub use inventory;

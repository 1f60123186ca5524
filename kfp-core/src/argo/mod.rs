//! Argo's manifests as Rust values, to be written and read.
//!
//! The fields have Argo's names and stand in the order in which a person reads a manifest, which is the order they are
//! written in. What is empty is not written. What neither an emitter nor an engine looks into (affinity, volumes,
//! locations of artifacts, ..) is a plain [`serde_json::Value`], and fields that are not modelled are kept in `other`:
//! a foreign manifest that is read and written loses nothing.
//!
//! Three things are normalised on the way: a scalar that Argo reads as [`AnyString`] is written as a string, an explicit
//! `null` is the same as an absent field, and so is an empty list, an empty map or a `false` where that is the default.

mod artifact;
mod container;
mod cron;
mod dag;
#[doc(hidden)]
pub mod emit;
mod field;
mod manifest;
mod metadata;
mod node;
mod parameter;
mod pod;
mod read;
#[doc(hidden)]
pub mod references;
mod retry;
mod scalar;
#[doc(hidden)]
pub mod size;
mod spec;
mod style;
mod synchronization;
mod template;
mod tree;
mod workflow;
mod write;
mod yaml;

pub use artifact::{ArchiveStrategy, Artifact, RawArtifact};
pub use container::{Container, ContainerNode, ContainerSet, EnvVar, Resources, Script, UserContainer, VolumeMount};
pub use cron::{CronSpec, CronWorkflow};
pub use dag::{ContinueOn, Dag, Hook, Sequence, Task, TemplateRef};
#[doc(hidden)]
pub use emit::{manifest, workflow};
pub use manifest::Manifest;
pub use metadata::{Metadata, ObjectMeta, WorkflowMetadata};
pub use node::{ResourceTemplate, Suspend};
pub use parameter::{Arguments, Inputs, Outputs, Parameter, ValueFrom};
pub use pod::{PodGc, Toleration, TtlStrategy};
pub use read::{NOT_THAT_KIND, ReadError, UNREADABLE, documents, from_yaml};
pub use retry::{Backoff, RetryStrategy};
pub use scalar::{AnyString, IntOrString};
pub use spec::{Spec, WorkflowTemplateRef};
pub use synchronization::{Memoize, Mutex, Synchronization};
pub use template::Template;
pub use workflow::{API_VERSION, ClusterWorkflowTemplate, Workflow, WorkflowTemplate};
pub use write::{to_json, to_yaml};

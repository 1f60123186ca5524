//! Runs Argo manifests on one machine: ours or anybody's, read from the same file that a cluster gets.
//!
//! What cannot be done here is refused before the first task starts. Every node that has ended is in a journal on disk
//! before anything that depends on it starts, so that a run which was cut short can be [`resume`]d.

mod again;
mod approvals;
mod archive;
mod around;
mod call;
mod check;
mod clone;
mod contained;
mod containers;
mod daemons;
mod dag;
mod data;
mod decisions;
mod depends;
mod engine;
mod environment;
mod error;
mod event;
pub mod expr;
mod fetch;
mod globals;
pub mod govaluate;
mod history;
mod hooks;
mod hosts;
mod http;
mod images;
mod items;
mod journal;
mod jq;
mod kubectl;
mod leaf;
mod load;
mod locks;
mod memo;
mod orphan;
mod outcome;
mod outputs;
mod patch;
mod places;
mod pod;
mod pool;
mod probe;
mod process;
pub mod quote;
mod reaper;
mod refers;
mod resource;
mod retry;
mod room;
mod run;
mod runner;
pub mod scope;
mod sibling;
mod sources;
mod stage;
mod steps;
mod store;
mod sweeper;
pub mod tags;
mod task;
mod volumes;
mod web;
mod workflow;

pub use again::Again;
pub use approvals::approve;
pub use error::{
    CLUSTER, FILES, IMAGE, JOURNAL, NO_TASK, NO_TEMPLATE, PARAMETER, PROGRAM, RUNNER, Refusal, SOURCE, UNSUPPORTED,
};
pub use event::{Ended, Event, Kind, Node};
pub use history::{History, Record};
pub use images::Images;
pub use outcome::{Outcome, Outputs, Phase, Stored};
pub use room::enter_user_namespace;
pub use run::{Options, Report, check, resume, run};
pub use runner::Runner;
pub use sources::Sources;

//! Runs Argo manifests on one machine: ours or anybody's, read from the same file that a cluster gets.
//!
//! What cannot be done here is refused before the first task starts. Every node that has ended is in a journal on disk
//! before anything that depends on it starts, so that a run which was cut short can be [`resume`]d.

mod call;
mod check;
mod dag;
mod depends;
mod engine;
mod error;
pub mod expr;
pub mod govaluate;
mod images;
mod items;
mod journal;
mod leaf;
mod load;
mod memo;
mod orphan;
mod outcome;
mod outputs;
mod places;
mod pod;
mod process;
pub mod quote;
mod refers;
mod retry;
mod run;
pub mod scope;
mod sibling;
mod steps;
mod store;
pub mod tags;
mod task;

pub use engine::Event;
pub use error::{FILES, JOURNAL, NO_TEMPLATE, PARAMETER, Refusal, UNSUPPORTED};
pub use outcome::{Outcome, Outputs, Phase, Stored};
pub use process::enter_user_namespace;
pub use run::{Options, Report, resume, run};

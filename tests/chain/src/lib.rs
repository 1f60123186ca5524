//! Runs the steps of an Argo Workflow one after the other on this machine, with the commands and files that the manifest
//! names: what the tests of the examples use, until there is an engine.
//!
//! It knows what the manifests of the examples need and refuses the rest by name: templates of kind `dag` and
//! `container`, `dependencies`, `when`, `withItems` and `withParam`, recursion, outputs by reference and by expression,
//! `onExit`. No image is pulled: a command has to be on this machine, and paths below `/tmp/inputs` and `/tmp/outputs`
//! are moved to a folder of the step. Retries, limits, timeouts and everything else about pods is ignored.

mod dag;
mod expression;
mod scope;
mod step;
mod workflow;

pub use expression::evaluate;
pub use scope::Scope;
pub use workflow::{Run, Setup, run};

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// What a template is given, or gives.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Values {
    /// Texts by name.
    pub parameters: BTreeMap<String, String>,
    /// Files and folders by name.
    pub artifacts: BTreeMap<String, PathBuf>,
}

/// How something ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Well.
    Succeeded,
    /// The command said so.
    Failed,
    /// It was not started: its `when` is false, or its loop has no items.
    Skipped,
    /// It was not started: something before it failed.
    Omitted,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Why a manifest cannot be run: what it needs and this runner has not, or what is wrong in it.
#[derive(Debug)]
pub struct Stuck {
    place: Option<String>,
    message: String,
}

impl Stuck {
    fn new(message: impl Into<String>) -> Self {
        Self { place: None, message: message.into() }
    }

    /// Says where, unless that is known already.
    fn at(self, place: &str) -> Self {
        Self { place: self.place.or_else(|| Some(place.to_owned())), ..self }
    }
}

impl fmt::Display for Stuck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{place}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Stuck {}

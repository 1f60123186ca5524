//! Manifests from YAML and JSON text.

use super::{ClusterWorkflowTemplate, CronWorkflow, Manifest, Workflow, WorkflowTemplate};
use kfp_grammar::Code;
use serde::de::DeserializeOwned;
use serde_saphyr::{Options, budget, options};
use std::fmt;

/// The text is not YAML, or not the YAML of a manifest.
pub const UNREADABLE: Code = Code(450);
/// The text holds another kind of manifest, none at all, or more than one.
pub const NOT_THAT_KIND: Code = Code(451);

/// Why a text could not be read as a manifest.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadError {
    /// Which kind of mistake.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// Line and column, both from 1, where one is known.
    pub position: Option<(u64, u64)>,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.position {
            write!(f, "{line}:{column}: ")?;
        }
        write!(f, "[{}] {}", self.code, self.message)
    }
}

impl std::error::Error for ReadError {}

/// Reads every document of a text, which may be JSON as well; empty documents are left out.
pub fn from_yaml(text: &str) -> Result<Vec<Manifest>, ReadError> {
    documents(text)
}

/// Reads every document of a text as a `T`, with Argo's reading of YAML 1.1 scalars (`yes` is a boolean, `010` is 8).
pub fn documents<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, ReadError> {
    serde_saphyr::from_multiple_with_options(text, reading()).map_err(|error| {
        let error = error.without_snippet();
        ReadError {
            code: UNREADABLE,
            message: error.to_string(),
            position: error.location().map(|at| (at.line(), at.column())),
        }
    })
}

/// Manifests of any size are read; what is limited is how deep they nest.
fn reading() -> Options {
    const ANY: usize = usize::MAX;
    options! {
        budget: budget! {
            max_events: ANY, max_nodes: ANY, max_total_scalar_bytes: ANY, max_documents: ANY, max_depth: 128,
        },
        legacy_octal_numbers: true,
    }
}

macro_rules! reads_itself {
    ($($name:ident)*) => { $(
        impl $name {
            /// Writes it as a YAML document; the same value gives the same bytes.
            pub fn to_yaml(&self) -> String {
                super::to_yaml(self)
            }

            /// Writes it as JSON on one line.
            pub fn to_json(&self) -> String {
                super::to_json(self)
            }

            /// Reads it from a YAML (or JSON) text that holds it and nothing else.
            pub fn from_yaml(text: &str) -> Result<Self, ReadError> {
                let mut manifests = from_yaml(text)?;
                match manifests.pop() {
                    Some(Manifest::$name(manifest)) if manifests.is_empty() => Ok(*manifest),
                    last => Err(not_that_kind(stringify!($name), manifests.into_iter().chain(last))),
                }
            }
        }
    )* };
}

reads_itself! { Workflow WorkflowTemplate ClusterWorkflowTemplate CronWorkflow }

fn not_that_kind(expected: &str, found: impl Iterator<Item = Manifest>) -> ReadError {
    let kinds: Vec<_> = found.map(|manifest| format!("a `{}`", manifest.kind())).collect();
    let found = if kinds.is_empty() { "nothing".to_owned() } else { kinds.join(", ") };
    ReadError {
        code: NOT_THAT_KIND,
        message: format!("expected one manifest of the kind `{expected}`, found {found}"),
        position: None,
    }
}

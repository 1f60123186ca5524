//! How a node ended, and what it gave.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// How a node ended (`NodePhase`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Phase {
    /// Well.
    Succeeded,
    /// Its program said so, or a child failed.
    Failed,
    /// Something around it went wrong: an input, an output, an expression.
    Error,
    /// It was not started: its `when` is false, or its loop is empty.
    Skipped,
    /// It was not started: what it depends on does not hold.
    Omitted,
}

impl Phase {
    /// Whether it is `Failed` or `Error`.
    pub fn is_bad(self) -> bool {
        matches!(self, Self::Failed | Self::Error)
    }

    /// The first that is bad, or else `Succeeded`.
    pub(crate) fn worst(phases: impl IntoIterator<Item = Self>) -> Self {
        phases.into_iter().find(|phase| phase.is_bad()).unwrap_or(Self::Succeeded)
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Where the content of an artifact is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Stored {
    /// In the store, under this key; unpacked where it is a tarball.
    Key(String),
    /// In the store, under this key, and taken as it is (`archive: {none: {}}`).
    Plain(String),
    /// In the store, under this key, as a zip.
    Zip(String),
    /// Here.
    Raw(String),
    /// Nowhere yet: what the fields `http` or `git` of a manifest say.
    #[serde(rename_all = "camelCase")]
    Elsewhere {
        /// `{"http": ..}` or `{"git": ..}`.
        from: serde_json::Value,
        /// Whether it is taken as it is (`archive: {none: {}}`).
        is_plain: bool,
    },
    /// A file or folder in another one (`subPath`).
    #[serde(rename_all = "camelCase")]
    Part {
        /// The whole.
        of: Box<Stored>,
        /// The path in it.
        path: String,
    },
}

impl Stored {
    /// The key in the store under which it is, or what it is a part of.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Key(key) | Self::Plain(key) | Self::Zip(key) => Some(key),
            Self::Part { of, .. } => of.key(),
            Self::Raw(_) | Self::Elsewhere { .. } => None,
        }
    }

    /// The same, under another key.
    pub(crate) fn at(&self, key: String) -> Self {
        match self {
            Self::Plain(_) => Self::Plain(key),
            Self::Zip(_) => Self::Zip(key),
            _ => Self::Key(key),
        }
    }
}

/// What a node gave.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Outputs {
    /// Texts by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
    /// Artifacts by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub artifacts: BTreeMap<String, Stored>,
    /// What the main container printed, without the last line break.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// The exit code of the main container.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
}

/// How a node ended, and what it gave.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// How it ended.
    pub phase: Phase,
    /// Why, where it did not go well.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// What it gave.
    #[serde(default)]
    pub outputs: Outputs,
    /// Seconds that it took.
    #[serde(default)]
    pub seconds: f64,
    /// Whether it goes on in the background, as a `daemon`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_daemon: bool,
    /// Whether it did not run, because what it would give is remembered: `memoize`, or the cache of components.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_remembered: bool,
    /// The worst of the innermost nodes that a group ends in: what is skipped after it counts as that. None is its own
    /// phase.
    #[serde(skip)]
    pub(crate) tail: Option<Phase>,
}

impl Outcome {
    pub(crate) fn new(phase: Phase, message: impl Into<String>) -> Self {
        Self {
            phase,
            message: message.into(),
            outputs: Outputs::default(),
            seconds: 0.0,
            is_daemon: false,
            is_remembered: false,
            tail: None,
        }
    }

    pub(crate) fn error(message: impl Into<String>) -> Self {
        Self::new(Phase::Error, message)
    }
}

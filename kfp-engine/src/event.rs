//! What happens in a run, for who listens and for the journal.

use crate::outcome::{Outcome, Phase, Stored};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

/// Something that has happened. The lines of the journal and of `kfp run --json` are these as JSON.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "event")]
pub enum Event {
    /// Something that a person should know before the first task.
    Note {
        /// What.
        message: String,
    },
    /// A node begins. Every node does so before it ends, also one that is skipped; twice, if a resumed run begins it again.
    Started(Box<Node>),
    /// A node has ended.
    Ended(Box<Ended>),
    /// What these nodes did counts no more: they are run again.
    Again {
        /// Their names.
        nodes: Vec<String>,
    },
    /// Something that is no function of its arguments, such as the time of day in an expression, has been decided for this
    /// run; only in the journal.
    Decided {
        /// The node that it was decided for.
        node: String,
        /// What, in that node.
        name: String,
        /// The value.
        value: String,
    },
    /// The run has come to its end, with its exit handler. An interrupted one has not.
    Over {
        /// How the workflow ended.
        phase: Phase,
        /// Why, where it did not go well.
        message: String,
        /// When, in milliseconds since 1970.
        at: u64,
    },
}

/// What a node is (`NodeType`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// It runs programs: a container, a script, a set of containers, a resource.
    Pod,
    /// It waits for a time or for somebody.
    Suspend,
    /// It was not started, or could not be: its phase says which.
    Skipped,
    /// The tasks of a DAG.
    #[serde(rename = "DAG")]
    Dag,
    /// The steps of a list of lists.
    Steps,
    /// The rounds of a loop.
    TaskGroup,
    /// The attempts of a template with a `retryStrategy`.
    Retry,
}

impl Kind {
    /// Whether nodes of this kind have others below them.
    pub fn is_group(self) -> bool {
        matches!(self, Self::Dag | Self::Steps | Self::TaskGroup | Self::Retry)
    }
}

/// A node as it begins: a row of the tree that Argo's `status.nodes` is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Node {
    /// Its name as in Argo, such as `wf.train(0:5)`; unique in its run.
    pub node: String,
    /// The name of the node around it; none for the workflow and for its hooks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Its name in that node: of the task or step, with the round or attempt in parentheses.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The template that it runs; empty for an inline one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub template: String,
    /// The names of nodes that it comes after, in the same parent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// Its input parameters; long ones are cut, and end with `…`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
    /// Its input artifacts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub artifacts: BTreeMap<String, Stored>,
    /// Of a pod, the folder of its logs below that of the run: `NAME.out` and `NAME.err` for each container, mostly `main`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// When, in milliseconds since 1970.
    pub at: u64,
}

/// A node that has ended.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ended {
    /// Its name as in Argo.
    pub node: String,
    /// What it is.
    pub kind: Kind,
    /// How it ended, and what it gave.
    pub outcome: Outcome,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// Whether it had ended before the run was resumed; never in the journal.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub before: bool,
    /// The last lines of the log of one that did not go well; never in the journal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub log: Vec<String>,
}

/// Milliseconds since 1970.
pub(crate) fn now() -> u64 {
    let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// A text for people: the start of a long one.
pub(crate) fn cut(text: &str) -> String {
    const LONGEST: usize = 1000;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

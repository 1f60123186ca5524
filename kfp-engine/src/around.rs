//! Where a node stands among the others.

use crate::daemons::Daemons;
use std::rc::Rc;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Where a node stands among the others.
#[derive(Clone)]
pub(crate) struct Around {
    /// The node around it.
    pub(crate) parent: Option<String>,
    /// Its name there.
    pub(crate) name: String,
    /// The nodes there that it comes after.
    pub(crate) after: Rc<[String]>,
    pub(crate) depth: usize,
    /// The `parallelism` of the node around it.
    pub(crate) boundary: Option<Arc<Semaphore>>,
    /// The daemons that end with the node around it.
    pub(crate) daemons: Rc<Daemons>,
    /// Whether somebody may ask what it printed.
    pub(crate) is_result_wanted: bool,
}

impl Around {
    /// A node that stands for itself: the workflow, or a hook of it.
    pub(crate) fn nothing(name: &str) -> Self {
        Self {
            parent: None,
            name: name.to_owned(),
            after: Rc::from([]),
            depth: 0,
            boundary: None,
            daemons: Rc::default(),
            is_result_wanted: false,
        }
    }

    /// A node in this one's place, under another name: a round, an attempt, a hook.
    pub(crate) fn inner(&self, parent: &str, name: String) -> Self {
        Self { parent: Some(parent.to_owned()), name, after: Rc::from([]), ..self.clone() }
    }
}

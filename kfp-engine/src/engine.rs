//! What all nodes of a run share.

use crate::error::Refusal;
use crate::journal::Journal;
use crate::load::Library;
use crate::outcome::Outcome;
use crate::process::Running;
use crate::scope::Names;
use serde::Serialize;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Something that has happened.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "event")]
pub enum Event {
    /// Something that a person should know before the first task.
    Note {
        /// What.
        message: String,
    },
    /// A program starts.
    Started {
        /// The name of the node, as in Argo.
        node: String,
    },
    /// A program has ended, or a node that will not run a program is done.
    Ended {
        /// The name of the node, as in Argo.
        node: String,
        /// How.
        outcome: Outcome,
        /// Whether it had ended before the run was resumed.
        before: bool,
        /// The last lines of the log of one that did not go well.
        log: Vec<String>,
    },
}

/// Why nothing new may start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stop {
    Deadline,
    Interrupted,
    Broken,
}

pub(crate) struct Engine {
    pub(crate) library: Library,
    pub(crate) name: String,
    pub(crate) run: PathBuf,
    pub(crate) shared: PathBuf,
    pub(crate) program: Option<PathBuf>,
    pub(crate) is_isolated: bool,
    /// `workflow.*`.
    pub(crate) globals: RefCell<Rc<Names>>,
    pub(crate) journal: Journal,
    /// What had ended before this process began.
    pub(crate) before: BTreeMap<String, Outcome>,
    /// How many programs may run: of the machine, and of the workflow's `parallelism`.
    pub(crate) slots: Vec<Arc<Semaphore>>,
    pub(crate) locks: RefCell<HashMap<String, Arc<Semaphore>>>,
    pub(crate) running: Arc<Running>,
    pub(crate) stop: Cell<Option<Stop>>,
    /// What went wrong with the machine.
    pub(crate) broken: RefCell<Option<Refusal>>,
    pub(crate) next: Cell<u64>,
    pub(crate) listener: Box<dyn Fn(&Event)>,
    /// What has failed, for `workflow.failures`.
    pub(crate) failures: RefCell<Vec<serde_json::Value>>,
}

impl Engine {
    pub(crate) fn tell(&self, event: Event) {
        (self.listener)(&event);
    }

    pub(crate) fn globals(&self) -> Rc<Names> {
        Rc::clone(&self.globals.borrow())
    }

    pub(crate) fn set_global(&self, name: String, value: String) {
        Rc::make_mut(&mut self.globals.borrow_mut()).insert(name, value);
    }

    pub(crate) fn stop(&self, why: Stop) {
        if self.stop.get().is_none() || why != Stop::Deadline {
            self.stop.set(Some(why));
        }
        self.running.stop();
    }

    pub(crate) fn break_off(&self, refusal: Refusal) {
        self.broken.borrow_mut().get_or_insert(refusal);
        self.stop(Stop::Broken);
    }

    /// Why nothing can start, as an outcome.
    pub(crate) fn stopped(&self) -> Option<Outcome> {
        Some(match self.stop.get()? {
            Stop::Deadline => {
                Outcome::new(crate::outcome::Phase::Failed, "the workflow has exceeded its `activeDeadlineSeconds`")
            }
            Stop::Interrupted | Stop::Broken => Outcome::error("the run is being stopped"),
        })
    }

    /// The lock of a name.
    pub(crate) fn lock(&self, name: &str) -> Arc<Semaphore> {
        let mut locks = self.locks.borrow_mut();
        Arc::clone(locks.entry(name.to_owned()).or_insert_with(|| Arc::new(Semaphore::new(1))))
    }
}

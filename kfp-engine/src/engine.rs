//! What all nodes of a run share.

use crate::approvals::Approvals;
use crate::error::Refusal;
use crate::event::{Ended, Event, Kind, Node, now};
use crate::journal::Journal;
use crate::load::Library;
use crate::locks::Locks;
use crate::memo;
use crate::outcome::{Outcome, Phase};
use crate::pool::Pool;
use crate::process::Running;
use crate::scope::Names;
use crate::sources::Sources;
use sha2::{Digest, Sha256};
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use tokio::sync::Semaphore;

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
    pub(crate) namespace: String,
    pub(crate) run: PathBuf,
    pub(crate) shared: PathBuf,
    pub(crate) sources: Arc<Sources>,
    pub(crate) approvals: Approvals,
    /// Whether components that have run before are not run again.
    pub(crate) caches: bool,
    /// The hash of the program of the components, once it is asked for; nothing if there is none.
    pub(crate) program_hash: OnceCell<Option<Vec<u8>>>,
    /// `workflow.*`.
    pub(crate) globals: RefCell<Rc<Names>>,
    pub(crate) journal: Rc<Journal>,
    /// What had ended before this process began.
    pub(crate) before: BTreeMap<String, Outcome>,
    /// How many programs may run: of the machine, and of the workflow's `parallelism`.
    pub(crate) slots: Vec<Arc<Semaphore>>,
    pub(crate) locks: Locks,
    pub(crate) running: Arc<Running>,
    pub(crate) pool: Pool,
    pub(crate) stop: Cell<Option<Stop>>,
    /// What went wrong with the machine.
    pub(crate) broken: RefCell<Option<Refusal>>,
    pub(crate) next: Cell<u64>,
    pub(crate) listener: Box<dyn Fn(&Event)>,
    /// What has failed, for `workflow.failures`.
    pub(crate) failures: RefCell<Vec<serde_json::Value>>,
}

impl Engine {
    pub(crate) fn tell(&self, event: &Event) {
        (self.listener)(event);
    }

    /// Says that a node begins. What had ended before the run was resumed stands in the journal already.
    pub(crate) fn begin(&self, node: Node) {
        let is_known = self.before.contains_key(&node.node);
        let event = Event::Started(Box::new(node));
        self.tell(&event);
        if !is_known {
            self.journal.note(&event);
        }
    }

    /// Says that a node has ended that runs no program; a run that is resumed comes to it again.
    pub(crate) fn end(&self, node: &str, kind: Kind, outcome: &Outcome) {
        if matches!(self.stop.get(), Some(Stop::Interrupted | Stop::Broken)) {
            // It ends like this only because it has been cut short.
            return;
        }
        let (node, outcome) = (node.to_owned(), outcome.clone());
        let event = Event::Ended(Box::new(Ended { node, kind, outcome, at: now(), before: false, log: Vec::new() }));
        self.tell(&event);
        self.journal.note(&event);
    }

    /// The hash of the program of the components.
    pub(crate) fn program_hash(&self) -> Option<&[u8]> {
        let hash = || {
            let mut hash = Sha256::new();
            memo::file(self.pool.house().program.as_ref()?, &mut hash).ok()?;
            Some(hash.finalize().to_vec())
        };
        self.program_hash.get_or_init(hash).as_deref()
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
            Stop::Deadline => Outcome::new(Phase::Failed, "the workflow has exceeded its `activeDeadlineSeconds`"),
            Stop::Interrupted | Stop::Broken => Outcome::error("the run is being stopped"),
        })
    }
}

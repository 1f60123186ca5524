//! What was decided once in a run: it stands in the journal before anything comes of it.

use crate::event::Event;
use crate::expr;
use crate::journal::Journal;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// What was decided, by node and name.
pub(crate) type Decided = BTreeMap<(String, String), String>;

/// The decisions of one run.
pub(crate) struct Decisions {
    pub(crate) journal: Rc<Journal>,
    pub(crate) seed: String,
    pub(crate) known: RefCell<Decided>,
}

impl fmt::Debug for Decisions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The seed is a secret.
        f.debug_struct("Decisions").field("known", &self.known).finish_non_exhaustive()
    }
}

impl expr::Decisions for Decisions {
    fn decided(&self, node: &str, name: &str, make: &dyn Fn() -> String) -> String {
        let key = (node.to_owned(), name.to_owned());
        if let Some(value) = self.known.borrow().get(&key) {
            return value.clone();
        }
        let value = make();
        let (node, name) = key.clone();
        self.journal.settle(&Event::Decided { node, name, value: value.clone() });
        self.known.borrow_mut().insert(key, value.clone());
        value
    }

    fn seed(&self) -> &str {
        &self.seed
    }
}

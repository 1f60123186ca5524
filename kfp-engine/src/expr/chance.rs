//! What is no function of its arguments: the time of day, and what is drawn by lot.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::cell::Cell;
use std::fmt;
use std::io::Read;

/// What is decided once for a run, however often the run is resumed.
pub trait Decisions: fmt::Debug {
    /// What was decided under this name at this place; if nothing was, what is made of it now.
    fn decided(&self, place: &str, name: &str, make: &dyn Fn() -> String) -> String;

    /// A secret of the run from which all that is drawn by lot follows.
    fn seed(&self) -> &str;
}

/// Where an expression is calculated: all that it draws is the same if it is calculated there again.
#[derive(Debug)]
pub struct Chance<'a> {
    decisions: Option<&'a dyn Decisions>,
    place: &'a str,
    /// What tells this expression from the others of its place.
    source: String,
    drawn: Cell<u64>,
}

impl<'a> Chance<'a> {
    /// At a place of a run.
    pub fn new(decisions: Option<&'a dyn Decisions>, place: &'a str, source: String) -> Self {
        Self { decisions, place, source, drawn: Cell::new(0) }
    }

    /// Nowhere: what is calculated again may have another value.
    pub fn free() -> Self {
        Self::new(None, "", String::new())
    }

    /// What is decided once.
    pub(super) fn decided(&self, name: &str, make: &dyn Fn() -> String) -> String {
        match self.decisions {
            Some(decisions) => decisions.decided(self.place, &format!("{name} {}", self.source), make),
            None => make(),
        }
    }

    /// The time at which the expression was calculated first.
    pub(super) fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        self.decided("now", &|| now.to_string()).parse().unwrap_or(now)
    }

    /// The next bytes of the lot.
    pub(super) fn fill(&self, bytes: &mut [u8]) {
        for block in bytes.chunks_mut(32) {
            let number = self.drawn.replace(self.drawn.get() + 1);
            let seed = self.decisions.map_or_else(entropy, |decisions| decisions.seed().to_owned());
            let text = format!("{seed}\n{}\n{}\n{number}", self.place, self.source);
            block.copy_from_slice(&Sha256::digest(text)[..block.len()]);
        }
    }

    /// A number below a limit.
    pub(super) fn below(&self, limit: u64) -> u64 {
        let mut bytes = [0; 8];
        // What lies above the last whole multiple would favour the small numbers.
        let last = u64::MAX - u64::MAX % limit.max(1);
        loop {
            self.fill(&mut bytes);
            let number = u64::from_le_bytes(bytes);
            if number < last {
                return number % limit.max(1);
            }
        }
    }
}

/// A text that nobody can guess.
pub(crate) fn entropy() -> String {
    let mut bytes = [0; 32];
    let read = std::fs::File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut bytes));
    match read {
        Ok(()) => super::sprig::hex(&bytes),
        Err(_) => format!("{:?} {}", Timestamp::now(), std::process::id()),
    }
}

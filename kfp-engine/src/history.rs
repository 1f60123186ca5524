//! A run as its folder tells it: while it is going on, after it, and after it was cut short.

use crate::error::{JOURNAL, Refusal};
use crate::event::{Ended, Event, Node};
use crate::journal::{self, Header};
use crate::outcome::{Phase, Stored};
use crate::store::Store;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What has happened in a run.
///
/// ```no_run
/// let run = kfp_engine::History::read("kfp-runs/iris-1")?;
/// for record in &run.records {
///     let phase = record.ended.as_ref().map(|ended| ended.outcome.phase);
///     println!("{} {phase:?}", record.node.name);
/// }
/// # Ok::<(), kfp_engine::Refusal>(())
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct History {
    /// The folder of the run: `tasks/POD/main.out` and its like, `artifacts/KEY`, `journal.jsonl`.
    pub folder: PathBuf,
    /// The name of the workflow.
    pub name: String,
    /// When it was started: RFC 3339.
    pub created: String,
    /// The parameters that were given on the command line.
    pub parameters: BTreeMap<String, String>,
    /// The manifests as JSON: the workflow, then those given along.
    pub manifests: Vec<String>,
    /// The nodes in the order in which they began first. The first is the workflow.
    pub records: Vec<Record>,
    /// How it ended and why; none while it is going on, and for one that was cut short.
    pub over: Option<(Phase, String, u64)>,
    /// Whether a process is running it now.
    pub is_live: bool,
}

/// A node, and how it ended if it has.
#[derive(Clone, PartialEq, Debug)]
pub struct Record {
    /// The node as it began, last.
    pub node: Node,
    /// How it ended; none while it runs, and for one that was cut short.
    pub ended: Option<Ended>,
}

impl History {
    /// Reads what there is. It may be read again while the run goes on.
    pub fn read(folder: impl AsRef<Path>) -> Result<Self, Refusal> {
        let folder = folder.as_ref();
        let path = folder.join(journal::FILE);
        let bytes = fs::read(&path).map_err(|error| Refusal::journal(&path, &error))?;
        let is_live = fs::File::open(&path).is_ok_and(|file| file.try_lock_shared().is_err());
        let whole = journal::whole(&bytes);
        let broken = |number: usize, error: &dyn std::fmt::Display| {
            Refusal::new(JOURNAL, format!("{}:{number}", path.display()), format!("not a line of a journal: {error}"))
        };
        let text = std::str::from_utf8(whole).map_err(|error| broken(1, &error))?;
        let mut lines = text.lines();
        let header: Header =
            serde_json::from_str(lines.next().unwrap_or_default()).map_err(|error| broken(1, &error))?;
        let mut history = Self {
            folder: folder.to_owned(),
            name: header.name,
            created: header.created,
            parameters: header.parameters,
            manifests: header.manifests,
            records: Vec::new(),
            over: None,
            is_live,
        };
        let mut known = BTreeMap::new();
        for (index, line) in lines.enumerate() {
            history.add(serde_json::from_str(line).map_err(|error| broken(index + 2, &error))?, &mut known);
        }
        Ok(history)
    }

    /// Puts an artifact of the run at a path, unpacked.
    pub fn fetch(&self, artifact: &Stored, to: &Path) -> io::Result<()> {
        Store(self.folder.join("artifacts")).load(artifact, to)
    }

    fn add(&mut self, event: Event, known: &mut BTreeMap<String, usize>) {
        match event {
            Event::Note { .. } | Event::Decided { .. } => {}
            Event::Again { nodes } => {
                self.over = None;
                self.records.retain(|record| !nodes.contains(&record.node.node));
                *known = self.records.iter().enumerate().map(|(index, it)| (it.node.node.clone(), index)).collect();
            }
            Event::Started(node) => match known.get(&node.node) {
                Some(index) => self.records[*index] = Record { node: *node, ended: None },
                None => {
                    known.insert(node.node.clone(), self.records.len());
                    self.records.push(Record { node: *node, ended: None });
                }
            },
            Event::Ended(ended) => {
                if let Some(index) = known.get(&ended.node) {
                    self.records[*index].ended = Some(*ended);
                }
            }
            Event::Over { phase, message, at } => self.over = Some((phase, message, at)),
        }
    }
}

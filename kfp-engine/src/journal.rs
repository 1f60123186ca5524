//! The journal of a run: what has ended, on disk before anything depends on it.
//!
//! A line of JSON for each node that has ended, after a first one about the run. One thread writes: it takes all that is
//! waiting, writes it, syncs once, and lets those who wait go on. A line that was being written when the machine stopped
//! is cut off when the journal is opened again.

use crate::error::{JOURNAL, Refusal};
use crate::outcome::Outcome;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use tokio::sync::oneshot;

/// The first line: what a run was started with.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) uid: String,
    pub(crate) created: String,
    pub(crate) parameters: BTreeMap<String, String>,
    /// The manifests as JSON: the workflow, then those given along.
    pub(crate) manifests: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    node: String,
    #[serde(flatten)]
    outcome: Outcome,
}

type Waiting = (String, oneshot::Sender<Result<(), String>>);

/// The end of a journal where lines are added.
pub(crate) struct Journal {
    path: PathBuf,
    sender: mpsc::Sender<Waiting>,
}

impl Journal {
    /// Starts a journal; an error if there is one already.
    pub(crate) fn create(path: &Path, header: &Header) -> Result<Self, Refusal> {
        let refuse = |error: io::Error| Refusal::file(path, &error);
        let line = serde_json::to_string(header).map_err(|error| refuse(error.into()))?;
        // Under its name only once it is whole: a run either has a journal or has not begun.
        let begun = path.with_extension("begun");
        let mut file = File::create(&begun).map_err(refuse)?;
        lock(path, &file)?;
        writeln!(file, "{line}").map_err(refuse)?;
        file.sync_all().map_err(refuse)?;
        fs::hard_link(&begun, path).map_err(refuse)?;
        fs::remove_file(&begun).map_err(refuse)?;
        if let Some(folder) = path.parent() {
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(refuse)?;
        }
        Ok(Self::write_to(path, file))
    }

    /// Opens a journal to go on with it: the header, and what has ended.
    pub(crate) fn open(path: &Path) -> Result<(Self, Header, BTreeMap<String, Outcome>), Refusal> {
        let refuse = |error: io::Error| Refusal::file(path, &error);
        let bytes = fs::read(path).map_err(refuse)?;
        let file = OpenOptions::new().append(true).open(path).map_err(refuse)?;
        lock(path, &file)?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        file.set_len(u64::try_from(whole).unwrap_or(u64::MAX)).map_err(refuse)?;
        let broken = |number: usize, error: &dyn std::fmt::Display| {
            Refusal::new(JOURNAL, format!("{}:{number}", path.display()), format!("not a line of a journal: {error}"))
        };
        let text = std::str::from_utf8(&bytes[..whole]).map_err(|error| broken(1, &error))?;
        let mut lines = text.lines();
        let header = serde_json::from_str(lines.next().unwrap_or_default()).map_err(|error| broken(1, &error))?;
        let mut ended = BTreeMap::new();
        for (index, line) in lines.enumerate() {
            let line: Line = serde_json::from_str(line).map_err(|error| broken(index + 2, &error))?;
            ended.insert(line.node, line.outcome);
        }
        Ok((Self::write_to(path, file), header, ended))
    }

    fn write_to(path: &Path, file: File) -> Self {
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || write(file, &receiver));
        Self { path: path.to_owned(), sender }
    }

    /// Notes that a node has ended, and comes back when that is on disk.
    pub(crate) async fn ended(&self, node: &str, outcome: &Outcome) -> Result<(), Refusal> {
        let refuse = |message: String| Refusal::new(JOURNAL, self.path.display().to_string(), message);
        let line = Line { node: node.to_owned(), outcome: outcome.clone() };
        let line = serde_json::to_string(&line).map_err(|error| refuse(error.to_string()))?;
        let (sender, receiver) = oneshot::channel();
        let gone = || refuse("the journal is not written any more".to_owned());
        self.sender.send((line, sender)).map_err(|_| gone())?;
        receiver
            .await
            .map_err(|_| gone())?
            .map_err(|message| refuse(message).help("make room or give access, then `kfp resume` the run"))
    }
}

fn lock(path: &Path, file: &File) -> Result<(), Refusal> {
    file.try_lock().map_err(|_| {
        Refusal::new(JOURNAL, path.display().to_string(), "the run is going on in another process")
            .help("wait for it, or stop it")
    })
}

fn write(mut file: File, receiver: &mpsc::Receiver<Waiting>) {
    while let Ok(first) = receiver.recv() {
        let group: Vec<Waiting> = std::iter::once(first).chain(receiver.try_iter()).collect();
        let text: String = group.iter().flat_map(|(line, _)| [line.as_str(), "\n"]).collect();
        let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_data());
        let written = written.map_err(|error| error.to_string());
        let has_failed = written.is_err();
        for (_, waiting) in group {
            // Who waits may be gone.
            let _ = waiting.send(written.clone());
        }
        if has_failed {
            return;
        }
    }
}

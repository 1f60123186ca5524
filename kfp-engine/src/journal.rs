//! The journal of a run: what has ended, on disk before anything depends on it.
//!
//! A line of JSON for each event, after a first one about the run. One thread writes: it takes all that is
//! waiting, writes it, syncs once, and lets those who wait go on. A line that was being written when the machine stopped
//! is cut off when the journal is opened again, and so are the zeros that a killed engine leaves.

use crate::decisions::Decided;
use crate::error::{JOURNAL, Refusal};
use crate::event::{Event, Kind};
use crate::images::Images;
use crate::outcome::Outcome;
use crate::runner::Runner;
use crate::sources::SourcePath;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// The first line: what a run was started with.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) uid: String,
    /// A secret from which all that the run draws by lot follows.
    #[serde(default)]
    pub(crate) seed: String,
    pub(crate) created: String,
    pub(crate) parameters: BTreeMap<String, String>,
    /// The manifests as JSON: the workflow, then those given along.
    pub(crate) manifests: Vec<String>,
    /// The paths of config maps and secrets.
    #[serde(default)]
    pub(crate) sources: Vec<SourcePath>,
    /// The program of the components.
    #[serde(default)]
    pub(crate) program: Option<PathBuf>,
    /// What stands for images.
    #[serde(default)]
    pub(crate) images: Images,
    /// What runs containers.
    #[serde(default)]
    pub(crate) runner: Runner,
}

/// What stands in the journal of a run that is gone on with.
#[derive(Default)]
pub(crate) struct Before {
    /// The pods and pauses that have ended.
    pub(crate) ended: BTreeMap<String, Outcome>,
    pub(crate) decided: Decided,
}

impl Before {
    /// Forgets some nodes, which are run again.
    pub(crate) fn forget(&mut self, is_again: impl Fn(&str) -> bool) {
        self.ended.retain(|node, _| !is_again(node));
        self.decided.retain(|(node, _), _| !is_again(node));
    }
}

/// Lines, and who waits until they are on disk.
type Waiting = (String, Option<oneshot::Sender<Result<(), String>>>);

/// The name of the file in the folder of a run.
pub(crate) const FILE: &str = "journal.jsonl";

/// The end of a journal where lines are added.
pub(crate) struct Journal {
    path: PathBuf,
    sender: Option<mpsc::Sender<Waiting>>,
    /// Lines that nobody waits for.
    noted: RefCell<String>,
    writer: Option<JoinHandle<()>>,
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.flush();
        self.sender = None;
        if let Some(writer) = self.writer.take() {
            // A writer that has died has said so to those who waited.
            let _ = writer.join();
        }
    }
}

impl Journal {
    /// Starts a journal; an error if there is one already.
    pub(crate) fn create(path: &Path, header: &Header) -> Result<Self, Refusal> {
        let refuse = |error: io::Error| Refusal::file(path, &error);
        let line = serde_json::to_string(header).map_err(|error| refuse(error.into()))?;
        // Under its name only once it is whole: a run either has a journal or has not begun.
        let begun = path.with_extension("begun");
        // Manifests may hold secrets.
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&begun).map_err(refuse)?;
        lock(path, &file)?;
        writeln!(file, "{line}").map_err(refuse)?;
        fs::hard_link(&begun, path).map_err(refuse)?;
        fs::remove_file(&begun).map_err(refuse)?;
        let end = file.metadata().map_err(refuse)?.len();
        Ok(Self::write_to(path, file, end, true))
    }

    /// Opens a journal to go on with it.
    pub(crate) fn open(path: &Path) -> Result<(Self, Header, Before), Refusal> {
        let refuse = |error: io::Error| Refusal::file(path, &error);
        let bytes = fs::read(path).map_err(|error| Refusal::journal(path, &error))?;
        let file = OpenOptions::new().write(true).open(path).map_err(refuse)?;
        lock(path, &file)?;
        let bytes = whole(&bytes);
        let end = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        file.set_len(end).map_err(refuse)?;
        let broken = |number: usize, error: &dyn std::fmt::Display| {
            Refusal::new(JOURNAL, format!("{}:{number}", path.display()), format!("not a line of a journal: {error}"))
        };
        let text = std::str::from_utf8(bytes).map_err(|error| broken(1, &error))?;
        let mut lines = text.lines();
        let header = serde_json::from_str(lines.next().unwrap_or_default()).map_err(|error| broken(1, &error))?;
        let mut before = Before::default();
        for (index, line) in lines.enumerate() {
            match serde_json::from_str(line).map_err(|error| broken(index + 2, &error))? {
                Event::Ended(line) if matches!(line.kind, Kind::Pod | Kind::Suspend) => {
                    drop(before.ended.insert(line.node, line.outcome));
                }
                Event::Decided { node, name, value } => drop(before.decided.insert((node, name), value)),
                Event::Again { nodes } => before.forget(|node| nodes.iter().any(|other| other == node)),
                _ => {}
            }
        }
        Ok((Self::write_to(path, file, end, false), header, before))
    }

    fn write_to(path: &Path, file: File, end: u64, is_new: bool) -> Self {
        let (sender, receiver) = mpsc::channel();
        let folder = path.parent().filter(|_| is_new).map(Path::to_owned);
        let writer = std::thread::spawn(move || write(file, end, folder.as_deref(), &receiver));
        Self { path: path.to_owned(), sender: Some(sender), noted: RefCell::default(), writer: Some(writer) }
    }

    /// Notes an event that nothing depends on: it is written with the next one that something does, or with
    /// [`Self::flush`].
    pub(crate) fn note(&self, event: &Event) {
        let mut noted = self.noted.borrow_mut();
        if let Ok(line) = serde_json::to_string(event) {
            noted.push_str(&line);
            noted.push('\n');
        }
    }

    /// Notes an event, and comes back when it is on disk. What it says counts even if it cannot be written: then nothing
    /// that follows from it can be written either.
    pub(crate) fn settle(&self, event: &Event) {
        self.note(event);
        let (sender, receiver) = oneshot::channel();
        let sent = self.sender.as_ref().is_some_and(|journal| journal.send((self.noted.take(), Some(sender))).is_ok());
        if sent {
            // Not on this thread, which a runtime may own.
            std::thread::scope(|scope| drop(scope.spawn(|| receiver.blocking_recv()).join()));
        }
    }

    /// Writes what is noted.
    pub(crate) fn flush(&self) {
        let lines = self.noted.take();
        if let Some(journal) = self.sender.as_ref().filter(|_| !lines.is_empty()) {
            // A writer that is gone has said why to those who wait.
            let _ = journal.send((lines, None));
        }
    }

    /// Notes that a node has ended, and comes back when that is on disk.
    pub(crate) async fn ended(&self, event: &Event) -> Result<(), Refusal> {
        let refuse = |message: String| Refusal::new(JOURNAL, self.path.display().to_string(), message);
        self.note(event);
        let (sender, receiver) = oneshot::channel();
        let gone = || refuse("the journal is not written any more".to_owned());
        let journal = self.sender.as_ref().ok_or_else(gone)?;
        journal.send((self.noted.take(), Some(sender))).map_err(|_| gone())?;
        receiver
            .await
            .map_err(|_| gone())?
            .map_err(|message| refuse(message).help("make room or give access, then `kfp resume` the run"))
    }
}

/// The lines of a journal that are whole. What was written last may have reached the disk in parts; where it has not,
/// there are zeros.
pub(crate) fn whole(bytes: &[u8]) -> &[u8] {
    let written = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let end = bytes[..written].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    &bytes[..end]
}

fn lock(path: &Path, file: &File) -> Result<(), Refusal> {
    // A program that a killed engine was just starting may still hold it for a moment.
    for _ in 0..50 {
        if file.try_lock().is_ok() {
            return Ok(());
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    file.try_lock().map_err(|_| {
        Refusal::new(JOURNAL, path.display().to_string(), "the run is going on in another process")
            .help("wait for it, or stop it")
    })
}

/// Room is made in pieces of this many bytes.
const PIECE: u64 = 256 * 1024;

/// The file, and the room that is ready after its last line.
///
/// The room is zeros that are on disk already: a line that goes there needs no change of the file's length, and syncing
/// it does not wait for whatever else the file system has to note, such as the files of the tasks.
struct Tail {
    file: File,
    end: u64,
    room: u64,
}

impl Tail {
    fn add(&mut self, text: &str, sync: bool) -> io::Result<()> {
        let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
        if self.end.saturating_add(length) >= self.room {
            let room = self.end.saturating_add(length) + PIECE;
            let zeros = vec![0; usize::try_from(room - self.end).unwrap_or(0)];
            self.file.write_all_at(&zeros, self.end)?;
            self.file.sync_all()?;
            self.room = room;
        }
        self.file.write_all_at(text.as_bytes(), self.end)?;
        self.end += length;
        if sync { self.file.sync_data() } else { Ok(()) }
    }
}

fn write(file: File, end: u64, folder: Option<&Path>, receiver: &mpsc::Receiver<Waiting>) {
    let mut tail = Tail { file, end, room: end };
    // While the first tasks run; nothing has ended before the run is on disk.
    let begun = folder.map_or(Ok(()), |folder| {
        tail.add("", true)?;
        File::open(folder)?.sync_all()
    });
    while let Ok(first) = receiver.recv() {
        let group: Vec<Waiting> = std::iter::once(first).chain(receiver.try_iter()).collect();
        let text: String = group.iter().map(|(lines, _)| lines.as_str()).collect();
        let is_awaited = group.iter().any(|(_, waiting)| waiting.is_some());
        let written = match &begun {
            Ok(()) => tail.add(&text, is_awaited).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        let has_failed = written.is_err();
        for waiting in group.into_iter().filter_map(|(_, waiting)| waiting) {
            // Who waits may be gone.
            let _ = waiting.send(written.clone());
        }
        if has_failed {
            break;
        }
    }
    // Zeros at the end do no harm; they are only not nice to look at.
    let _ = tail.file.set_len(tail.end);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Ended;
    use crate::outcome::Phase;
    use proptest::prelude::*;

    fn header() -> Header {
        Header {
            name: "w".to_owned(),
            uid: "u".to_owned(),
            seed: "s".to_owned(),
            created: "c".to_owned(),
            parameters: BTreeMap::new(),
            manifests: Vec::new(),
            sources: Vec::new(),
            program: None,
            images: Images::default(),
            runner: Runner::Host,
        }
    }

    fn note(journal: &Journal, names: impl Iterator<Item = usize>) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        for name in names {
            let (node, outcome) = (format!("node {name}"), Outcome::new(Phase::Failed, "why\nnot"));
            let ended = Ended { node, kind: Kind::Pod, outcome, at: 0, before: false, log: Vec::new() };
            runtime.block_on(journal.ended(&Event::Ended(Box::new(ended)))).expect("a line on disk");
        }
    }

    #[test]
    fn wherever_the_file_is_cut_what_is_whole_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal.jsonl");
        note(&Journal::create(&path, &header()).expect("a journal"), 0..3);
        assert!(Journal::create(&path, &header()).is_err(), "there is one already");
        let bytes = fs::read(&path).expect("a file");
        let first = bytes.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
        for cut in first..=bytes.len() {
            let whole = String::from_utf8_lossy(&bytes[first..cut]).matches('\n').count();
            for end in [&b""[..], &[0; 100], b"\0\0garbage\n"] {
                fs::write(&path, [&bytes[..cut], end].concat()).expect("a file");
                let (journal, read, before) = Journal::open(&path).expect("a journal");
                assert_eq!((read, before.ended.len()), (header(), whole), "cut at {cut}");
                drop(journal);
            }
        }
        let (journal, ..) = Journal::open(&path).expect("a journal");
        note(&journal, 7..9);
        assert!(Journal::open(&path).is_err(), "somebody else is writing it");
        drop(journal);
        let (_journal, _, before) = Journal::open(&path).expect("a journal");
        assert_eq!(before.ended.len(), 5);
        assert_eq!(before.ended["node 8"].message, "why\nnot");
    }

    fn event() -> impl Strategy<Value = Event> {
        let kind = prop::sample::select(vec![Kind::Pod, Kind::Suspend, Kind::Dag, Kind::Retry]);
        let phase = prop::sample::select(vec![Phase::Succeeded, Phase::Failed, Phase::Error, Phase::Skipped]);
        let ended = ("[ab]", kind, phase, any::<String>(), prop::collection::btree_map("[xy]", any::<String>(), 0..3));
        let ended = ended.prop_map(|(node, kind, phase, message, parameters)| {
            let mut outcome = Outcome::new(phase, message);
            outcome.outputs.parameters = parameters;
            Event::Ended(Box::new(Ended { node, kind, outcome, at: 0, before: false, log: Vec::new() }))
        });
        let again = prop::collection::vec("[ab]", 0..2).prop_map(|nodes| Event::Again { nodes });
        prop_oneof![4 => ended, 1 => again]
    }

    /// What has ended by these events.
    fn ended(events: &[Event]) -> BTreeMap<String, Outcome> {
        let mut ended = BTreeMap::new();
        for event in events {
            match event {
                Event::Ended(it) if !it.kind.is_group() => drop(ended.insert(it.node.clone(), it.outcome.clone())),
                Event::Again { nodes } => ended.retain(|node, _| !nodes.contains(node)),
                _ => {}
            }
        }
        ended
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_events_cut_anywhere_are_read_up_to_the_cut(
            events in prop::collection::vec(event(), 0..8),
            cut in any::<prop::sample::Index>(),
            garbage in prop::collection::vec(any::<u8>(), 0..8),
        ) {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("journal.jsonl");
            let journal = Journal::create(&path, &header()).expect("a journal");
            let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
            for event in &events {
                runtime.block_on(journal.ended(event)).expect("a line on disk");
            }
            drop(journal);
            let bytes = fs::read(&path).expect("a file");
            let first = bytes.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
            let cut = first + cut.index(bytes.len() - first + 1);
            let whole = String::from_utf8_lossy(&bytes[first..cut]).matches('\n').count();
            fs::write(&path, [&bytes[..cut], b"\0", &garbage].concat()).expect("a file");
            let (journal, read, found) = Journal::open(&path).expect("a journal");
            prop_assert_eq!((read, found.ended), (header(), ended(&events[..whole])));
            drop(journal);
            // Whatever else stands there is a refusal and no panic.
            fs::write(&path, [&garbage[..], b"\n", &bytes[..cut]].concat()).expect("a file");
            drop(Journal::open(&path));
        }
    }
}

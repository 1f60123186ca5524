//! Why a run does not start or cannot go on.

use kfp_grammar::Code;
use std::fmt;
use std::io;
use std::path::Path;

/// The manifest has something that this engine cannot do.
pub const UNSUPPORTED: Code = Code(601);
/// The manifest refers to a template that is not there.
pub const NO_TEMPLATE: Code = Code(602);
/// A parameter of the workflow is missing or unknown.
pub const PARAMETER: Code = Code(603);
/// A file or folder of the run cannot be read or written.
pub const FILES: Code = Code(604);
/// The journal of a run is not one, or somebody else is writing it.
pub const JOURNAL: Code = Code(605);
/// A config map or secret is not given, or cannot be read.
pub const SOURCE: Code = Code(606);
/// The program of the components is not there.
pub const PROGRAM: Code = Code(607);
/// A task that is to be run again has not run.
pub const NO_TASK: Code = Code(608);
/// The program of an image is not on this machine.
pub const IMAGE: Code = Code(609);

/// A workflow changes resources of a cluster, and none is known here.
pub const CLUSTER: Code = Code(610);

/// The program that is to run containers is not there.
pub const RUNNER: Code = Code(611);

/// Why a run does not start or cannot go on: before the first task, or because the machine refuses something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// Which kind of mistake.
    pub code: Code,
    /// The field or file.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What to do instead; empty if nothing is known.
    pub help: String,
}

impl Refusal {
    pub(crate) fn new(code: Code, place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, place: place.into(), message: message.into(), help: String::new() }
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: help.into(), ..self }
    }

    /// What an error of the machine means for a run: that it cannot go on, if the machine is what is wrong, and not the task.
    pub(crate) fn of_machine(path: &Path, error: &io::Error) -> Option<Self> {
        use io::ErrorKind::{OutOfMemory, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        if let Some(refusal) = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()) {
            return Some(refusal.clone());
        }
        let is_full = matches!(error.kind(), StorageFull | QuotaExceeded | ReadOnlyFilesystem | OutOfMemory);
        // EIO, ENFILE, EMFILE.
        let is_out_of_files = error.raw_os_error().is_some_and(|code| [5, 23, 24].contains(&code));
        (is_full || is_out_of_files).then(|| Self::file(path, error))
    }

    pub(crate) fn file(path: &Path, error: &io::Error) -> Self {
        Self::new(FILES, path.display().to_string(), error.to_string())
            .help("make room or give access, then `kfp resume` the run")
    }

    /// The journal of a run that cannot be read, above all as there is no such run.
    pub(crate) fn journal(path: &Path, error: &io::Error) -> Self {
        if error.kind() != io::ErrorKind::NotFound {
            return Self::file(path, error);
        }
        let folder = path.parent().unwrap_or(path).display().to_string();
        Self::new(FILES, folder, "there is no run here")
            .help("`runs` lists those of this folder's `kfp-runs`; give one of them")
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}] {}: {}", self.code, self.place, self.message)?;
        if self.help.is_empty() { Ok(()) } else { write!(f, "\n  help: {}", self.help) }
    }
}

impl std::error::Error for Refusal {}

//! How files of tasks are kept, and how they are placed for those that read them.

use super::{Graph, NodeId, NodeKind, OpText};

/// How a file that a task gives is kept.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Stored {
    /// How it is packed; a compressed tarball if not given.
    pub archive: Option<Archive>,
    /// Whether it may be missing.
    pub optional: bool,
    /// Where; a place of its own in the run's repository if not given.
    pub kept: Option<Kept>,
    /// When it is deleted: `OnWorkflowCompletion`, `OnWorkflowDeletion` or `Never`; as the run says if not given.
    pub gc: Option<String>,
}

/// How a file or folder is packed where it is kept. Argo's `archive`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Archive {
    /// Not at all: a file as it is, a folder file by file.
    None,
    /// As a zip.
    Zip,
    /// As a tarball.
    Tar {
        /// Of gzip: 0 is none, 9 the smallest.
        compression_level: u8,
    },
}

/// A place in a store.
#[derive(Clone, PartialEq, Debug)]
pub struct Kept {
    /// Argo's word for the store: `s3` or `gcs`.
    pub store: &'static str,
    /// What Argo has to know of it; `accessKeySecret.name` is a field in an object.
    pub fields: Vec<(&'static str, OpText)>,
}

/// How a file that a task reads is placed for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Placed {
    /// Its permissions: `0o755`.
    pub mode: Option<u16>,
    /// Whether they are also those of all that is in a folder.
    pub recurse_mode: bool,
    /// Whether it may be missing.
    pub optional: bool,
}

impl Stored {
    /// Lays `over` over this: what it sets wins.
    pub fn overlaid(&self, over: &Self) -> Self {
        Self {
            archive: over.archive.or(self.archive),
            optional: over.optional || self.optional,
            kept: over.kept.clone().or_else(|| self.kept.clone()),
            gc: over.gc.clone().or_else(|| self.gc.clone()),
        }
    }
}

impl Graph {
    /// Whether an output of a node is a file that its task may leave out.
    pub fn is_optional(&self, node: NodeId, index: u32) -> bool {
        let NodeKind::Task(task) = &self[node].kind else { return false };
        let said = [Some(&self[task.op].options), task.options.as_deref()];
        said.into_iter().flatten().flat_map(|options| &options.stored).any(|(at, it)| *at == index && it.optional)
    }
}

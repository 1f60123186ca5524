//! What a component reads.

use super::at;
use super::temp::TempDir;
use std::fmt;
use std::fs::{self, File};
use std::io;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An artifact that a component reads: a file or a folder. KFP's `InputPath`.
pub struct Input<A> {
    path: PathBuf,
    /// Keeps the folder of an [`Output::temp`](super::Output::temp) that it was made from.
    keeps: Option<Arc<TempDir>>,
    artifact: PhantomData<fn() -> A>,
}

impl<A> Input<A> {
    /// An artifact at a path, for tests: `Input::from_path("tests/iris.csv")`.
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), keeps: None, artifact: PhantomData }
    }

    pub(super) fn kept(path: PathBuf, keeps: Option<Arc<TempDir>>) -> Self {
        Self { path, keeps, artifact: PhantomData }
    }

    /// Where it lies; in a component that describes a pod, `/tmp/inputs/NAME/data`.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it is there; always, unless it is an `#[input(optional)]`.
    pub fn exists(&self) -> bool {
        self.path.exists()
    }

    /// Its bytes.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        fs::read(&self.path).map_err(|error| at(&self.path, "read", &error))
    }

    /// Its text, which must be UTF-8.
    pub fn read_to_string(&self) -> io::Result<String> {
        fs::read_to_string(&self.path).map_err(|error| at(&self.path, "read", &error))
    }

    /// The file, to read from.
    pub fn open(&self) -> io::Result<File> {
        File::open(&self.path).map_err(|error| at(&self.path, "open", &error))
    }
}

impl<A> Clone for Input<A> {
    fn clone(&self) -> Self {
        Self::kept(self.path.clone(), self.keeps.clone())
    }
}

impl<A> fmt::Debug for Input<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Input").field(&self.path).finish()
    }
}

//! What a component writes.

use super::temp::TempDir;
use super::{Input, at};
use std::fmt;
use std::fs::{self, File};
use std::io;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An artifact that a component writes: a file, or a folder made at [`path`](Self::path). KFP's `OutputPath`.
///
/// Inside a container it lies beside its destination until the component has ended well.
pub struct Output<A> {
    path: PathBuf,
    keeps: Option<Arc<TempDir>>,
    artifact: PhantomData<fn() -> A>,
}

impl<A> Output<A> {
    /// An artifact in a new folder of its own, for tests. The folder goes when this and every
    /// [`to_input`](Self::to_input) of it is dropped.
    pub fn temp() -> io::Result<Self> {
        let folder = TempDir::new()?;
        Ok(Self { path: folder.path().join("data"), keeps: Some(Arc::new(folder)), artifact: PhantomData })
    }

    /// An artifact at a path whose folder exists.
    #[doc(hidden)]
    pub fn placed(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), keeps: None, artifact: PhantomData }
    }

    /// Where to write it; in a component that describes a pod, `/tmp/outputs/NAME/data`.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A new file, to write to.
    pub fn create(&self) -> io::Result<File> {
        File::create(&self.path).map_err(|error| at(&self.path, "create", &error))
    }

    /// Writes the whole file at once.
    pub fn write(&self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        fs::write(&self.path, bytes).map_err(|error| at(&self.path, "write", &error))
    }

    /// What was written, as text.
    pub fn read_to_string(&self) -> io::Result<String> {
        self.to_input().read_to_string()
    }

    /// What was written, as the input of the next step.
    pub fn to_input(&self) -> Input<A> {
        Input::kept(self.path.clone(), self.keeps.clone())
    }
}

/// Two of one place: a test passes one to the component and reads the other.
impl<A> Clone for Output<A> {
    fn clone(&self) -> Self {
        Self { path: self.path.clone(), keeps: self.keeps.clone(), artifact: PhantomData }
    }
}

impl<A> fmt::Debug for Output<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Output").field(&self.path).finish()
    }
}

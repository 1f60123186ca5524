//! Outputs whole or not at all: each is written beside its destination and moved there at the end.

use super::Failure;
use super::failure::FILES;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The outputs of one call. What was not [moved](Self::commit) goes when it is dropped.
#[derive(Default, Debug)]
pub(super) struct Staging(Vec<Staged>);

#[derive(Debug)]
pub(super) struct Staged {
    pub name: String,
    pub path: PathBuf,
    pub destination: PathBuf,
    /// Whether it may be left out.
    pub optional: bool,
}

impl Staging {
    /// Makes the destination's folder, and a place in it that nothing else has.
    pub(super) fn stage(&mut self, name: &str, destination: &str) -> io::Result<&Path> {
        let destination = PathBuf::from(destination);
        let folder = destination.parent().unwrap_or(Path::new(""));
        if !folder.as_os_str().is_empty() {
            fs::create_dir_all(folder)?;
        }
        let path = folder.join(format!(".kfp-{}-{}", std::process::id(), self.0.len()));
        remove(&path)?;
        self.0.push(Staged { name: name.to_owned(), path, destination, optional: false });
        Ok(&self.0[self.0.len() - 1].path)
    }

    /// The last one may stay unwritten.
    pub(super) fn may_be_left_out(&mut self) {
        self.0.iter_mut().next_back().into_iter().for_each(|staged| staged.optional = true);
    }

    /// Those that were never written.
    pub(super) fn unwritten(&self) -> impl Iterator<Item = &str> {
        let unwritten = |staged: &&Staged| !staged.optional && !staged.is_written();
        self.0.iter().filter(unwritten).map(|staged| staged.name.as_str())
    }

    /// Moves all of them to their destinations. If one cannot be moved, those before it are taken back.
    pub(super) fn commit(self, component: &str) -> Result<(), Failure> {
        for (index, staged) in self.0.iter().enumerate().filter(|(_, staged)| staged.is_written()) {
            if let Err(error) = staged.publish() {
                for done in &self.0[..index] {
                    let _ = remove(&done.destination);
                }
                return Err(refused(component, &staged.name, &staged.destination.display().to_string(), &error));
            }
        }
        Ok(())
    }
}

impl Staged {
    fn is_written(&self) -> bool {
        fs::symlink_metadata(&self.path).is_ok()
    }

    /// Moves it, over a file in one go; a folder that stands there has to go first.
    fn publish(&self) -> io::Result<()> {
        fs::rename(&self.path, &self.destination)
            .or_else(|_| remove(&self.destination).and_then(|()| fs::rename(&self.path, &self.destination)))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        for staged in &self.0 {
            let _ = remove(&staged.path);
        }
    }
}

/// An output that the file system does not take.
pub(super) fn refused(component: &str, name: &str, path: &str, error: &io::Error) -> Failure {
    Failure::new(FILES, 1, format!("component `{component}`: output `{name}`: cannot write `{path}`: {error}"))
}

/// Removes a file or a folder, if there is one.
fn remove(path: &Path) -> io::Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

//! A thread in the machine's own mount namespace that empties rooms.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use crate::places::{HIDDEN, use_by_all};

type Order = (PathBuf, BTreeSet<String>, mpsc::Sender<io::Result<()>>);

/// The thread, which ends with the last handle.
#[derive(Debug)]
pub(crate) struct Sweeper(mpsc::Sender<Order>);

impl Default for Sweeper {
    fn default() -> Self {
        let (sender, orders) = mpsc::channel::<Order>();
        std::thread::spawn(move || {
            for (root, furniture, done) in orders {
                // Who ordered it may be gone.
                let _ = done.send(sweep(&root, &furniture));
            }
        });
        Self(sender)
    }
}

impl Sweeper {
    /// Removes all that a task has written to its root.
    pub(crate) fn sweep(&self, root: &Path, furniture: &BTreeSet<String>) -> io::Result<()> {
        let gone = || io::Error::other("the thread that cleans up has died");
        let (sender, done) = mpsc::channel();
        self.0.send((root.to_owned(), furniture.clone(), sender)).map_err(|_| gone())?;
        done.recv().map_err(|_| gone())?
    }
}

fn sweep(root: &Path, furniture: &BTreeSet<String>) -> io::Result<()> {
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        if !furniture.contains(&*entry.file_name().to_string_lossy()) {
            remove(&entry.path())?;
        }
    }
    for name in HIDDEN {
        let folder = root.join(name);
        if !fs::symlink_metadata(&folder).is_ok_and(|found| found.is_dir()) {
            let _ = fs::remove_file(&folder);
            fs::create_dir_all(&folder)?;
        }
        empty(&folder)?;
    }
    use_by_all(&root.join("tmp"))
}

/// Removes all that is in a folder.
pub(crate) fn empty(folder: &Path) -> io::Result<()> {
    fs::read_dir(folder)?.try_for_each(|entry| remove(&entry?.path()))
}

fn remove(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
}

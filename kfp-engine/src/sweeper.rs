//! A thread in the machine's own mount namespace that empties rooms.
//!
//! What is small is only moved out of the way, and goes with the rooms when the run is over: nobody waits for it, and a file
//! system that does not use the place of a deleted file again at once stays quick.

use crate::places::{HIDDEN, use_by_all};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

/// What may lie there until the end of the run: bytes on disk, and files.
const MOST: Weight = Weight { bytes: 64 << 20, files: 100_000 };
/// The most that is moved as a whole.
const SMALL: Weight = Weight { bytes: 1 << 20, files: 32 };

type Order = (PathBuf, Option<BTreeSet<String>>, mpsc::Sender<io::Result<()>>);

/// The thread, which ends with the last handle.
#[derive(Debug)]
pub(crate) struct Sweeper(mpsc::Sender<Order>);

impl Sweeper {
    /// Starts it. What it moves away comes into that folder.
    pub(crate) fn new(heap: PathBuf) -> Self {
        let (sender, orders) = mpsc::channel::<Order>();
        std::thread::spawn(move || {
            let mut heap = Heap { folder: heap, moved: 0, left: MOST };
            for (root, furniture, done) in orders {
                let swept = match furniture {
                    Some(furniture) => sweep(&root, &furniture, &mut heap),
                    None => empty(&root, &mut heap),
                };
                // Who ordered it may be gone.
                let _ = done.send(swept);
            }
        });
        Self(sender)
    }

    /// Removes all that a task has written to its root, but for what was there before; all that is there if that is nothing.
    pub(crate) fn sweep(&self, root: &Path, furniture: Option<&BTreeSet<String>>) -> io::Result<()> {
        let gone = || io::Error::other("the thread that cleans up has died");
        let (sender, done) = mpsc::channel();
        self.0.send((root.to_owned(), furniture.cloned(), sender)).map_err(|_| gone())?;
        done.recv().map_err(|_| gone())?
    }
}

fn sweep(root: &Path, furniture: &BTreeSet<String>, heap: &mut Heap) -> io::Result<()> {
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        if !furniture.contains(&*entry.file_name().to_string_lossy()) {
            heap.take(&entry.path())?;
        }
    }
    for name in HIDDEN {
        let folder = root.join(name);
        if !fs::symlink_metadata(&folder).is_ok_and(|found| found.is_dir()) {
            let _ = fs::remove_file(&folder);
            fs::create_dir_all(&folder)?;
        }
        empty(&folder, heap)?;
    }
    use_by_all(&root.join("tmp"))
}

fn empty(folder: &Path, heap: &mut Heap) -> io::Result<()> {
    fs::read_dir(folder)?.try_for_each(|entry| heap.take(&entry?.path()))
}

/// What lies there until the end of the run.
struct Heap {
    folder: PathBuf,
    moved: usize,
    left: Weight,
}

impl Heap {
    /// Takes a file or folder away.
    fn take(&mut self, path: &Path) -> io::Result<()> {
        match self.left.without(path) {
            Some(left) if self.throw(path).is_ok() => self.left = left,
            _ if fs::symlink_metadata(path)?.is_dir() => fs::remove_dir_all(path)?,
            _ => fs::remove_file(path)?,
        }
        Ok(())
    }

    fn throw(&mut self, path: &Path) -> io::Result<()> {
        if self.moved == 0 {
            fs::create_dir_all(&self.folder)?;
        }
        self.moved += 1;
        fs::rename(path, self.folder.join(self.moved.to_string()))
    }
}

#[derive(Clone, Copy)]
struct Weight {
    bytes: u64,
    files: u64,
}

impl Weight {
    /// What is left of it for others, if there is something small at that path and room for it.
    fn without(self, path: &Path) -> Option<Self> {
        let small = SMALL.minus(path)?;
        let bytes = self.bytes.checked_sub(SMALL.bytes - small.bytes)?;
        Some(Self { bytes, files: self.files.checked_sub(SMALL.files - small.files)? })
    }

    fn minus(self, path: &Path) -> Option<Self> {
        let found = fs::symlink_metadata(path).ok()?;
        let rest = Self { bytes: self.bytes.checked_sub(found.blocks() * 512)?, files: self.files.checked_sub(1)? };
        if !found.is_dir() {
            return Some(rest);
        }
        fs::read_dir(path).ok()?.try_fold(rest, |rest, entry| rest.minus(&entry.ok()?.path()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_small_is_moved_and_all_else_is_deleted() {
        let folder = tempfile::tempdir().expect("a folder");
        let (room, heap) = (folder.path().join("room"), folder.path().join("heap"));
        fs::create_dir_all(room.join("small/inside")).expect("a folder");
        fs::write(room.join("small/inside/file"), "text").expect("a file");
        fs::write(room.join("large"), vec![1; 2 << 20]).expect("a file");
        fs::create_dir(room.join("many")).expect("a folder");
        for number in 0..40 {
            fs::write(room.join(format!("many/{number}")), "").expect("a file");
        }
        Sweeper::new(heap.clone()).sweep(&room, None).expect("an empty room");
        assert_eq!(fs::read_dir(&room).expect("a folder").count(), 0);
        let kept: Vec<_> =
            fs::read_dir(&heap).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        assert_eq!(kept.len(), 1);
        assert_eq!(fs::read_to_string(kept[0].join("inside/file")).expect("a file"), "text");
    }

    #[test]
    fn what_is_moved_has_an_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut heap =
            Heap { folder: folder.path().join("heap"), moved: 0, left: Weight { bytes: 64 << 20, files: 3 } };
        for number in 0..5 {
            let path = folder.path().join(number.to_string());
            fs::write(&path, "").expect("a file");
            heap.take(&path).expect("it is gone");
            assert!(!path.exists());
        }
        assert_eq!(fs::read_dir(&heap.folder).expect("a folder").count(), 3);
    }
}

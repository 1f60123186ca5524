//! The artifacts of a run: a folder in the place of a bucket.

use crate::archive::{self, beside};
use crate::fetch;
use crate::outcome::Stored;
use kfp_core::argo::Artifact;
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

/// The folder in the place of the bucket.
#[derive(Clone, Debug)]
pub(crate) struct Store(pub(crate) PathBuf);

/// Where an artifact says that it is.
pub(crate) fn location(artifact: &Artifact) -> Option<Stored> {
    if let Some(raw) = &artifact.raw {
        return Some(Stored::Raw(raw.data.clone()));
    }
    if let Some((_, from)) = fetch::elsewhere(artifact) {
        let is_plain = artifact.archive.as_ref().is_some_and(|archive| archive.none.is_some());
        return Some(part(Stored::Elsewhere { from, is_plain }, artifact));
    }
    let s3 = artifact.s3.as_ref().and_then(|s3| s3.get("key"));
    let other = || BUCKETS.iter().find_map(|(field, key)| artifact.other.get(*field)?.get(*key));
    let key = s3.or_else(other)?.as_str()?;
    Some(part(packed(key.to_owned(), artifact), artifact))
}

/// What comes from elsewhere, by the fields of an artifact.
pub(crate) const FETCHED: [&str; 3] = ["http", "artifactory", "git"];

/// What else is a bucket, by the fields of an artifact, and what its keys are called.
const BUCKETS: [(&str, &str); 4] = [("gcs", "key"), ("oss", "key"), ("azure", "blob"), ("hdfs", "path")];

/// What is stored under a key, in the way that the artifact says.
pub(crate) fn packed(key: String, artifact: &Artifact) -> Stored {
    match &artifact.archive {
        Some(archive) if archive.none.is_some() => Stored::Plain(key),
        Some(archive) if archive.zip.is_some() => Stored::Zip(key),
        _ => Stored::Key(key),
    }
}

/// The part of what is stored that an artifact means.
pub(crate) fn part(whole: Stored, artifact: &Artifact) -> Stored {
    match &artifact.sub_path {
        Some(path) if !path.is_empty() => Stored::Part { of: Box::new(whole), path: path.clone() },
        _ => whole,
    }
}

impl Store {
    pub(crate) fn path(&self, key: &str) -> io::Result<PathBuf> {
        let key = Path::new(key.trim_start_matches('/'));
        if key.components().any(|part| matches!(part, Component::ParentDir)) {
            return Err(io::Error::other(format!("the key `{}` leads out of the store", key.display())));
        }
        Ok(self.0.join(key))
    }

    /// Whether there is something under a key.
    pub(crate) fn has(&self, stored: &Stored) -> bool {
        stored.key().is_none_or(|key| self.path(key).is_ok_and(|path| path.exists()))
    }

    /// Puts a file or folder to where it is to be stored, and on disk.
    pub(crate) fn save(&self, from: &Path, to: &Stored) -> io::Result<()> {
        let path = self.path(to.key().unwrap_or_default())?;
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        // A new file: the old one may be remembered.
        Self::remove(&path);
        match to {
            Stored::Plain(_) => copy(from, &path)?,
            Stored::Zip(_) => archive::zip(from, &path)?,
            _ => archive::tar(from, &path)?,
        }
        sync(&path)
    }

    /// Removes what is at a place in the store, if there is something.
    pub(crate) fn remove(path: &Path) {
        let _ = fs::remove_dir_all(path).or_else(|_| fs::remove_file(path));
    }

    /// The keys of all files in a folder of the store, in their order.
    pub(crate) fn list(&self, key: &str) -> io::Result<Vec<String>> {
        let mut keys = Vec::new();
        files(&self.path(key)?, key.trim_matches('/'), &mut keys)?;
        keys.sort();
        Ok(keys)
    }

    /// Puts what is stored at a path, unpacked if it is a tarball and nothing says otherwise.
    pub(crate) fn load(&self, stored: &Stored, to: &Path) -> io::Result<()> {
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
        }
        match stored {
            Stored::Raw(text) => fs::write(to, text),
            Stored::Elsewhere { from, .. } => Err(io::Error::other(format!("{from} has not been fetched"))),
            Stored::Key(key) => {
                let path = self.path(key)?;
                if path.is_file() && archive::untar(&path, to)? { Ok(()) } else { copy(&path, to) }
            }
            Stored::Plain(key) => copy(&self.path(key)?, to),
            Stored::Zip(key) => archive::unzip(&self.path(key)?, to),
            Stored::Part { of, path } => {
                let part = Path::new(path.trim_start_matches('/'));
                if part.components().any(|part| !matches!(part, Component::Normal(_))) {
                    return Err(io::Error::other(format!("`{path}` is no path in an artifact")));
                }
                let whole = beside(to, ".whole");
                self.load(of, &whole)?;
                fs::rename(whole.join(part), to)?;
                if whole.is_dir() { fs::remove_dir_all(whole) } else { Ok(()) }
            }
        }
    }
}

fn files(folder: &Path, key: &str, keys: &mut Vec<String>) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let inner = if key.is_empty() { name } else { format!("{key}/{name}") };
        if path.is_dir() {
            files(&path, &inner, keys)?;
        } else {
            keys.push(inner);
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(from)?;
    if metadata.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    if metadata.is_file() {
        return fs::copy(from, to).map(drop);
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

fn sync(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_symlink() {
        return Ok(());
    }
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            sync(&entry?.path())?;
        }
    }
    File::open(path)?.sync_all()
}

//! The artifacts of a run: a folder in the place of a bucket.

use crate::outcome::Stored;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use kfp_core::argo::Artifact;
use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::{Component, Path, PathBuf};

/// The folder in the place of the bucket.
#[derive(Clone, Debug)]
pub(crate) struct Store(pub(crate) PathBuf);

/// Where an artifact says that it is.
pub(crate) fn location(artifact: &Artifact) -> Option<Stored> {
    if let Some(raw) = &artifact.raw {
        return Some(Stored::Raw(raw.data.clone()));
    }
    let key = artifact.s3.as_ref()?.get("key")?.as_str()?;
    Some(part(Stored::Key(key.to_owned()), artifact))
}

/// The part of what is stored that an artifact means.
pub(crate) fn part(whole: Stored, artifact: &Artifact) -> Stored {
    match &artifact.sub_path {
        Some(path) if !path.is_empty() => Stored::Part { of: Box::new(whole), path: path.clone() },
        _ => whole,
    }
}

impl Store {
    fn path(&self, key: &str) -> io::Result<PathBuf> {
        let key = Path::new(key.trim_start_matches('/'));
        if key.components().any(|part| matches!(part, Component::ParentDir)) {
            return Err(io::Error::other(format!("the key `{}` leads out of the store", key.display())));
        }
        Ok(self.0.join(key))
    }

    /// Whether there is something under a key.
    pub(crate) fn has(&self, stored: &Stored) -> bool {
        match stored {
            Stored::Raw(_) => true,
            Stored::Key(key) => self.path(key).is_ok_and(|path| path.exists()),
            Stored::Part { of, .. } => self.has(of),
        }
    }

    /// Puts a file or folder under a key, and on disk.
    pub(crate) fn save(&self, from: &Path, key: &str, artifact: &Artifact) -> io::Result<()> {
        let path = self.path(key)?;
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        // A new file: the old one may be remembered.
        let _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path));
        let is_plain = artifact.archive.as_ref().is_some_and(|archive| archive.none.is_some());
        if is_plain {
            copy(from, &path)?;
        } else {
            pack(from, &path)?;
        }
        sync(&path)
    }

    /// Puts what is stored at a path, unpacked if it is a tarball.
    pub(crate) fn load(&self, stored: &Stored, to: &Path) -> io::Result<()> {
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
        }
        match stored {
            Stored::Raw(text) => fs::write(to, text),
            Stored::Key(key) => {
                let path = self.path(key)?;
                if path.is_file() && is_gzip(&path)? { unpack(&path, to) } else { copy(&path, to) }
            }
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

fn is_gzip(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    File::open(path)?.take(2).read_to_end(&mut start)?;
    Ok(start == [0x1f, 0x8b])
}

fn pack(from: &Path, path: &Path) -> io::Result<()> {
    let name = from.file_name().unwrap_or_else(|| "data".as_ref());
    let mut archive = tar::Builder::new(GzEncoder::new(File::create(path)?, Compression::fast()));
    archive.follow_symlinks(false);
    // The same files give the same bytes.
    archive.mode(tar::HeaderMode::Deterministic);
    if from.is_dir() {
        archive.append_dir_all(name, from)?;
    } else {
        archive.append_file(name, &mut File::open(from)?)?;
    }
    archive.into_inner()?.finish()?;
    Ok(())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// What a tarball holds, under the name that is wanted: its only entry, or a folder of several. What is compressed and
/// no tarball stays as it is.
fn unpack(path: &Path, to: &Path) -> io::Result<()> {
    let mut file = File::open(path)?;
    let is_tar = tar::Archive::new(GzDecoder::new(&file)).entries()?.next().is_some_and(|entry| entry.is_ok());
    if !is_tar {
        return copy(path, to);
    }
    file.rewind()?;
    let folder = beside(to, ".unpacked");
    fs::create_dir_all(&folder)?;
    tar::Archive::new(GzDecoder::new(file)).unpack(&folder)?;
    let entries = fs::read_dir(&folder)?.collect::<io::Result<Vec<_>>>()?;
    match &entries[..] {
        [only] => {
            fs::rename(only.path(), to)?;
            fs::remove_dir(&folder)
        }
        _ => fs::rename(&folder, to),
    }
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

//! How a file or folder becomes one file, and back: a compressed tarball, or a zip.

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Writes a tarball of a file or folder; the same files give the same bytes.
pub(crate) fn tar(from: &Path, path: &Path) -> io::Result<()> {
    let mut archive = tar::Builder::new(GzEncoder::new(File::create(path)?, Compression::fast()));
    archive.follow_symlinks(false);
    archive.mode(tar::HeaderMode::Deterministic);
    if from.is_dir() {
        archive.append_dir_all(name(from), from)?;
    } else {
        archive.append_file(name(from), &mut File::open(from)?)?;
    }
    archive.into_inner()?.finish()?;
    Ok(())
}

/// Writes a zip of a file or folder.
pub(crate) fn zip(from: &Path, path: &Path) -> io::Result<()> {
    let mut archive = ZipWriter::new(File::create(path)?);
    add(&mut archive, from, &name(from))?;
    archive.finish().map_err(io::Error::other).map(drop)
}

fn add(archive: &mut ZipWriter<File>, from: &Path, name: &Path) -> io::Result<()> {
    let found = fs::metadata(from)?;
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .unix_permissions(found.permissions().mode())
        .large_file(found.len() > u64::from(u32::MAX));
    let entry = name.to_string_lossy();
    if !found.is_dir() {
        archive.start_file(entry, options).map_err(io::Error::other)?;
        return io::copy(&mut File::open(from)?, archive).map(drop);
    }
    archive.add_directory(entry, options).map_err(io::Error::other)?;
    let mut names = fs::read_dir(from)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<Vec<_>>>()?;
    names.sort();
    names.iter().try_for_each(|inner| add(archive, &from.join(inner), &name.join(inner)))
}

fn name(path: &Path) -> PathBuf {
    path.file_name().unwrap_or_else(|| "data".as_ref()).into()
}

/// Puts what a tarball holds at a path: its only entry, or a folder of several. Comes back with `false` if it is none.
pub(crate) fn untar(path: &Path, to: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let mut start = Vec::new();
    file.by_ref().take(2).read_to_end(&mut start)?;
    file.rewind()?;
    let is_tar = start == [0x1f, 0x8b]
        && tar::Archive::new(GzDecoder::new(&file)).entries()?.next().is_some_and(|entry| entry.is_ok());
    if is_tar {
        file.rewind()?;
        unpacked(to, |folder| tar::Archive::new(GzDecoder::new(file)).unpack(folder))?;
    }
    Ok(is_tar)
}

/// Puts what a zip holds at a path, in the same way.
pub(crate) fn unzip(path: &Path, to: &Path) -> io::Result<()> {
    let mut archive = ZipArchive::new(File::open(path)?).map_err(io::Error::other)?;
    unpacked(to, |folder| archive.extract(folder).map_err(io::Error::other))
}

fn unpacked(to: &Path, unpack: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    let folder = beside(to, ".unpacked");
    fs::create_dir_all(&folder)?;
    unpack(&folder)?;
    let entries = fs::read_dir(&folder)?.collect::<io::Result<Vec<_>>>()?;
    match &entries[..] {
        [only] => {
            fs::rename(only.path(), to)?;
            fs::remove_dir(&folder)
        }
        _ => fs::rename(&folder, to),
    }
}

/// A path in the same folder.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

//! A folder of manifests, kept equal to the pipelines.

use crate::compiled::Compiled;
use crate::files;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// What this build script has written so far: it may say `emit!` more than once.
static WRITTEN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Writes what is new or different, removes what no pipeline has any more, and gives the paths of all.
pub(super) fn write(folder: &Path, manifests: &[Compiled]) -> io::Result<Vec<PathBuf>> {
    fs::create_dir_all(folder).map_err(|error| named(folder, &error))?;
    let mut paths = Vec::new();
    for manifest in manifests {
        let path = folder.join(&manifest.file);
        let yaml = crate::argo::to_yaml(&manifest.manifest);
        if fs::read(&path).ok().as_deref() != Some(yaml.as_bytes()) {
            files::replace(&path, &yaml)?;
        }
        make_old(&path).map_err(|error| named(&path, &error))?;
        paths.push(path);
    }
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    written.extend(paths.iter().cloned());
    prune(folder, &written).map_err(|error| named(folder, &error))?;
    Ok(paths)
}

/// Removes manifests of pipelines that were renamed or removed.
fn prune(folder: &Path, keep: &[PathBuf]) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") && !keep.contains(&path) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Gives a file the age of the build script. Cargo watches the outputs, to run the script again when one is deleted or
/// changed; were they newer than the start of the script, it would run again every other time.
fn make_old(path: &Path) -> io::Result<()> {
    let script = std::env::current_exe().and_then(fs::metadata).and_then(|metadata| metadata.modified());
    let file = File::options().append(true).open(path)?;
    file.set_modified(script.unwrap_or(SystemTime::UNIX_EPOCH))
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot write `{}`: {error}", path.display()))
}

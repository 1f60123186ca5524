//! The conformance data beside the repository.

use std::fs;
use std::path::{Path, PathBuf};

/// A folder of `../shared/conformance`; says that the test is skipped and gives none where it is missing.
pub fn folder(name: &str) -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance").join(name);
    if shared.is_dir() {
        return Some(shared);
    }
    crate::tool::skipped(&format!("../shared/conformance/{name} not found"));
    None
}

/// The YAML files of a folder and of those in it, by path.
pub fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
            files.push(path);
        }
    }
}

//! Argo's own linter accepts what is written: `argo lint --offline`, of the program in `$ARGO` or in the path.
//!
//! `$KFP_LINT` names more files and folders to lint, separated by colons: the manifests of the examples, say.

use kfp_conformance::{data, tool};
use kfp_core::argo::{self, Manifest};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn lint(program: &str, file: &Path) {
    tool::run(Command::new(program).args(["lint", "--offline", "--output", "simple"]).arg(file));
}

/// Argo's manifests of a file, in a file of their own; none if it holds something else as well.
fn rewritten(file: &Path, folder: &Path) -> Option<PathBuf> {
    let text = fs::read_to_string(file).expect("a readable file");
    let manifests = argo::from_yaml(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    if manifests.iter().any(|manifest| matches!(manifest, Manifest::Other(_))) {
        return None;
    }
    let written: Vec<String> = manifests.iter().map(argo::to_yaml).collect();
    let path = folder.join(file.file_name().expect("the name of a file"));
    fs::write(&path, written.join("---\n")).expect("a writable file");
    Some(path)
}

/// What Argo accepts it still accepts once it was read and written. Some of the files need others, and are refused alone.
#[test]
fn rewritten_manifests() {
    let Some(program) = tool::argo() else { return };
    for examples in ["argo-examples", "kfp-v1"] {
        let Some(examples) = data::folder(examples) else { return };
        let files = data::yaml_files(&examples);
        let mut linted = 0;
        for file in &files {
            let accepted =
                Command::new(&program).args(["lint", "--offline"]).arg(file).output().expect("a run of argo");
            let folder = tempfile::tempdir().expect("a temporary folder");
            if accepted.status.success()
                && let Some(file) = rewritten(file, folder.path())
            {
                lint(&program, &file);
                linted += 1;
            }
        }
        assert!(linted * 2 > files.len(), "only {linted} of {} were accepted to begin with", files.len());
    }
}

#[test]
fn given_manifests() {
    let Ok(given) = env::var("KFP_LINT") else { return tool::skipped("no manifests given in $KFP_LINT") };
    let Some(program) = tool::argo() else { return };
    let files: Vec<PathBuf> = env::split_paths(&given)
        .flat_map(|path| if path.is_dir() { data::yaml_files(&path) } else { vec![path] })
        .collect();
    assert!(!files.is_empty(), "no manifest in {given}");
    for file in files {
        lint(&program, &file);
    }
}

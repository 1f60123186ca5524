//! Manifests that run on clusters: there is nothing to say about them.

use kfp_lint::{Source, lint};
use std::fs;
use std::path::{Path, PathBuf};

/// The manifests of a folder, with those of the folders in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn say(line: &str) {
    eprintln!("{line}");
}

fn is_quiet(folder: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let files = files(&folder);
    if files.is_empty() {
        say("skipped: ../shared/conformance not found");
        return;
    }
    let texts: Vec<(String, String)> = files
        .iter()
        .map(|file| (file.display().to_string(), fs::read_to_string(file).expect("a readable manifest")))
        .collect();
    let sources: Vec<_> = texts.iter().map(|(name, text)| Source { name, text }).collect();
    let found = lint(&sources);
    let lines: Vec<_> =
        found.iter().map(|it| format!("{it}\n    {}", it.help.as_deref().unwrap_or_default())).collect();
    assert!(lines.is_empty(), "{} false alarms:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn nothing_about_the_examples_of_argo() {
    is_quiet("../shared/conformance/argo-examples");
}

#[test]
fn nothing_about_what_kfp_compiles() {
    is_quiet("../shared/conformance/kfp-v1");
}

#[test]
fn nothing_about_our_own() {
    is_quiet("tests/constructs/snapshots");
}

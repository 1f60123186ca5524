//! Compares a manifest with the reviewed one.

use kfp::Diagnostics;
use kfp::argo::{Manifest, Workflow, documents, to_yaml};
use std::fs;
use std::path::Path;

/// Compares a manifest with `snapshots/NAME.yaml`; `runs` says what is expected to run, a line each.
pub(crate) fn check(name: &str, runs: &[&str], workflow: Result<Workflow, Diagnostics>) {
    check_manifest(name, runs, workflow.map(|workflow| Manifest::Workflow(Box::new(workflow))));
}

/// The same for a manifest of any kind.
pub(crate) fn check_manifest(name: &str, runs: &[&str], manifest: Result<Manifest, Diagnostics>) {
    check_manifests(name, runs, [manifest]);
}

/// The same for several, in one file, so that one may refer to another.
pub(crate) fn check_manifests<const N: usize>(
    name: &str,
    runs: &[&str],
    manifests: [Result<Manifest, Diagnostics>; N],
) {
    let manifests = manifests.map(|it| it.unwrap_or_else(|found| panic!("{name} does not compile:\n{found}")));
    let written = manifests.each_ref().map(to_yaml).join("---\n");
    let text = format!("# Runs:\n# {}\n{written}", runs.join("\n# "));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(format!("{name}.yaml"));
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &text).expect("the folder is there");
    }
    let reviewed = fs::read_to_string(&path).unwrap_or_default();
    if let Some((line, (left, right))) = text
        .lines()
        .zip(reviewed.lines().chain(std::iter::repeat("")))
        .enumerate()
        .find(|(_, (left, right))| left != right)
    {
        panic!(
            "{}:{}: the manifest differs\n  reviewed: {right}\n  emitted:  {left}\n{text}",
            path.display(),
            line + 1
        );
    }
    assert_eq!(text.len(), reviewed.len(), "{} has more lines than the manifest", path.display());
    let read: Vec<Manifest> = documents(&text).expect("what is written can be read");
    assert_eq!(read, manifests, "what is read is what was written");
}

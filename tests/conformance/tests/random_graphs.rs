//! Whatever the builders can build becomes a manifest that the parser and Argo's own linter accept, or errors with codes.
//!
//! `KFP_RANDOM_GRAPHS` says how many graphs are tried, and `KFP_RANDOM_SEED` from which number on.

#[path = "../../../kfp-core/tests/support/mod.rs"]
mod support;

use kfp_conformance::tool;
use kfp_core::argo::{Manifest, documents};
use kfp_core::diagnostic::Severity;
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use support::wild::wild;

/// As many files as one process of Argo's linter reads.
const AT_ONCE: usize = 100;

fn number(variable: &str, otherwise: u64) -> u64 {
    env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// What becomes of the graph of a seed: the manifest, or the codes of its errors.
fn made(seed: u64) -> Result<String, Vec<String>> {
    let graph = wild(seed);
    match kfp_core::compile_as(&graph, None) {
        Ok((manifest, _)) => {
            let yaml = kfp_core::argo::to_yaml(&manifest);
            let again: Vec<Manifest> = documents(&yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"));
            assert_eq!(again, [manifest], "{yaml}");
            Ok(yaml)
        }
        Err(errors) => {
            let errors: Vec<_> = errors.0.iter().filter(|it| it.severity == Severity::Error).collect();
            assert!(!errors.is_empty() && errors.iter().all(|it| !it.code.title().is_empty()), "{errors:?}");
            Err(errors.iter().map(|it| it.code.to_string()).collect())
        }
    }
}

/// What Argo says of these files; nothing if they are right.
fn lint(program: &str, files: &[PathBuf]) -> Option<String> {
    let mut command = Command::new(program);
    let output =
        command.args(["lint", "--offline", "--no-color", "--output", "simple"]).args(files).stdin(Stdio::null());
    let output = output.output().expect("a run of argo");
    let said = [output.stdout, output.stderr].concat();
    (!output.status.success()).then(|| String::from_utf8_lossy(&said).into_owned())
}

fn seed_of(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

#[test]
fn a_random_graph_becomes_a_manifest_that_argo_accepts_or_an_error_with_a_code() {
    let (first, count) = (number("KFP_RANDOM_SEED", 0), number("KFP_RANDOM_GRAPHS", 200));
    let folder = tempfile::tempdir().expect("a folder");
    let (mut files, mut refused, mut wrong) = (Vec::new(), BTreeMap::<String, usize>::new(), Vec::new());
    for seed in first..first + count {
        match catch_unwind(|| made(seed)) {
            Ok(Ok(yaml)) => {
                let file = folder.path().join(format!("{seed}.yaml"));
                fs::write(&file, yaml).expect("a file");
                files.push(file);
            }
            Ok(Err(codes)) => codes.into_iter().for_each(|code| *refused.entry(code).or_default() += 1),
            Err(_) => wrong.push(format!("KFP_RANDOM_SEED={seed}: it panics")),
        }
    }
    tool::note(&format!(
        "{} of {count} graphs from {first} on are manifests; errors of the others: {refused:?}",
        files.len()
    ));
    assert!(files.len() as u64 * 4 > count, "too few of the graphs are right");
    if let Some(program) = tool::argo() {
        for some in files.chunks(AT_ONCE).filter(|some| lint(&program, some).is_some()) {
            for file in some {
                let said = lint(&program, std::slice::from_ref(file));
                wrong.extend(said.map(|said| format!("KFP_RANDOM_SEED={}: {said}", seed_of(file))));
            }
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

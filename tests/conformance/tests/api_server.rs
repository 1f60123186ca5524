//! An API server with Argo's own definitions takes what is emitted: `go-crds`, with `$API_SERVER` for its program and
//! `$ARGO_DEFINITIONS` for the folder of the definitions. `.ci/run` builds the one and finds the other.

use kfp_conformance::{data, tool};
use kfp_core::argo::emit::{Limits, emit};
use kfp_large::workloads::{self, CHAIN};
use serde_json::Value;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the server says of each file: nothing, if it takes it.
fn asked(files: &[PathBuf]) -> Option<Vec<(PathBuf, Option<String>)>> {
    let (Ok(program), Ok(definitions)) = (env::var("API_SERVER"), env::var("ARGO_DEFINITIONS")) else {
        tool::skipped("no API server in $API_SERVER, or no definitions in $ARGO_DEFINITIONS");
        return None;
    };
    let output = tool::run(Command::new(program).arg(definitions).args(files));
    let answers: Vec<Value> = serde_json::from_slice(&output.stdout).expect("a list");
    let error = |answer: &Value| answer["error"].as_str().map(str::to_owned);
    assert_eq!(answers.len(), files.len());
    Some(files.iter().cloned().zip(answers.iter().map(error)).collect())
}

#[track_caller]
fn all_are_taken(files: &[PathBuf]) {
    let refused: Vec<String> = asked(files)
        .into_iter()
        .flatten()
        .filter_map(|(file, error)| Some(format!("{}: {}", file.display(), error?)))
        .collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let file = folder.join(name);
    fs::write(&file, text).expect("a writable file");
    file
}

#[test]
fn every_construct() {
    let mut files = data::yaml_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../constructs/snapshots"));
    assert!(files.len() > 50);
    let given = env::var("KFP_LINT").unwrap_or_default();
    for path in env::split_paths(&given).filter(|path| path.exists()) {
        files.extend(if path.is_dir() { data::yaml_files(&path) } else { vec![path] });
    }
    all_are_taken(&files);
}

#[test]
fn large_pipelines() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut files = Vec::new();
    for workload in workloads::ALL.into_iter().filter(|workload| workload.name != "fan") {
        for tasks in [1000, 5000] {
            let text = workload.workflow(tasks).to_yaml();
            files.push(written(folder.path(), &format!("{}-{tasks}.yaml", workload.name), &text));
        }
    }
    let fan = workloads::ALL.into_iter().find(|workload| workload.name == "fan").expect("a fan");
    files.push(written(folder.path(), "fan-450.yaml", &fan.workflow(450).to_yaml()));
    all_are_taken(&files);
}

/// The server is one that refuses: what is not laid out in parts, what no definition knows, and what etcd does not take.
#[test]
fn what_is_too_large_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let flat = |tasks: usize| emit(&CHAIN.graph(tasks), Limits::NONE).expect("a manifest").workflow;
    let mut unknown = flat(10).to_yaml();
    unknown.push_str("  whatever: 1\n");
    let files = [
        written(folder.path(), "flat.yaml", &flat(300).to_yaml()),
        written(folder.path(), "unknown.yaml", &unknown),
        written(folder.path(), "large.yaml", &kfp_core::argo::to_yaml(&parted(12_000))),
        written(folder.path(), "small.yaml", &flat(200).to_yaml()),
    ];
    let Some(answers) = asked(&files) else { return };
    let said = |at: usize| answers[at].1.as_deref().unwrap_or_default();
    assert!(said(0).contains("Too many: 300: must have at most 200 items"), "{}", said(0));
    assert!(said(1).contains("unknown field \"spec.whatever\""), "{}", said(1));
    assert!(said(2).contains("request is too large"), "{}", said(2));
    assert_eq!(answers[3].1, None);
}

fn parted(tasks: usize) -> kfp_core::argo::Workflow {
    emit(&CHAIN.graph(tasks), Limits::ARGO).expect("a manifest").workflow
}

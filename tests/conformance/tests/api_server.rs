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
fn asked(files: &[PathBuf]) -> Option<Vec<Option<String>>> {
    let (Ok(program), Ok(definitions)) = (env::var("API_SERVER"), env::var("ARGO_DEFINITIONS")) else {
        tool::skipped("no API server in $API_SERVER, or no definitions in $ARGO_DEFINITIONS");
        return None;
    };
    let output = tool::run(Command::new(program).arg(definitions).args(files));
    let answers: Vec<Value> = serde_json::from_slice(&output.stdout).expect("a list");
    assert_eq!(answers.len(), files.len());
    Some(answers.iter().map(|answer| answer["error"].as_str().map(str::to_owned)).collect())
}

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let file = folder.join(name);
    fs::write(&file, text).expect("a writable file");
    file
}

/// The manifests of all constructs, and those in `$KFP_LINT`.
fn constructs() -> Vec<PathBuf> {
    let mut files = data::yaml_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../constructs/snapshots"));
    let given = env::var("KFP_LINT").unwrap_or_default();
    for path in env::split_paths(&given).filter(|path| path.exists()) {
        files.extend(if path.is_dir() { data::yaml_files(&path) } else { vec![path] });
    }
    // The constructs may be given once more, and a name is taken once.
    let mut files: Vec<_> = files.into_iter().map(|file| file.canonicalize().expect("a file")).collect();
    files.sort();
    files.dedup();
    files
}

/// Pipelines of 1,000 and 5,000 tasks, laid out in parts. (More than 500 values into one task are more than a cluster takes.)
fn large(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for workload in workloads::ALL {
        let sizes = if workload.name == "fan" { [201, 450] } else { [1000, 5000] };
        for tasks in sizes {
            let text = workload.workflow(tasks).to_yaml();
            files.push(written(folder, &format!("{}-{tasks}.yaml", workload.name), &text));
        }
    }
    files
}

/// What it has to refuse, each with words of what it says then: what is not laid out in parts, what no definition knows, and
/// what etcd does not take.
fn wrong(folder: &Path) -> Vec<(PathBuf, &'static str)> {
    let text = |tasks: usize, limits: Limits| emit(&CHAIN.graph(tasks), limits).expect("a manifest").workflow.to_yaml();
    let unknown = text(10, Limits::NONE) + "  whatever: 1\n";
    vec![
        (written(folder, "flat.yaml", &text(300, Limits::NONE)), "Too many: 300: must have at most 200 items"),
        (written(folder, "unknown.yaml", &unknown), "unknown field \"spec.whatever\""),
        (written(folder, "bytes.yaml", &text(9000, Limits::ARGO)), "request is too large"),
    ]
}

#[test]
fn all_that_is_emitted_is_taken() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (right, wrong) = ([constructs(), large(folder.path())].concat(), wrong(folder.path()));
    assert!(right.len() > 60, "{}", right.len());
    let files: Vec<PathBuf> = right.iter().chain(wrong.iter().map(|(file, _)| file)).cloned().collect();
    let Some(answers) = asked(&files) else { return };
    let said = |(file, answer): (&PathBuf, &Option<String>)| Some(format!("{}: {}", file.display(), answer.as_ref()?));
    let refused: Vec<String> = right.iter().zip(&answers).filter_map(said).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    for ((file, words), answer) in wrong.iter().zip(&answers[right.len()..]) {
        let answer = answer.as_deref().unwrap_or("it is taken");
        assert!(answer.contains(words), "{}: {answer}", file.display());
    }
}

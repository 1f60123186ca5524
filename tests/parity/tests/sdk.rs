//! What the Python SDK compiles, met by the same pipelines. `tests/parity/run` compiles and says where.

#![allow(clippy::print_stdout, reason = "tests say what they leave out")]

use kfp_parity::met::{Deliberate, problems};
use kfp_parity::pipelines::conformance;
use kfp_parity::pipelines::sdk::all;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const DELIBERATE: [Deliberate; 11] = [
    ("component_placeholders", "choose-2, args[3]", "JSON inside of a text is written without blanks"),
    ("caching_off", "say, annotation pipelines.kubeflow.org/max_cache_staleness", STALE),
    ("pipeline_of_pipelines", "say-2, after", WHOLE),
    ("pipeline_of_pipelines", "draw-2, after", WHOLE),
    ("pipeline_of_pipelines", "say-3, after", WHOLE),
    ("suite_artifact_passing_using_volume", "produce, volumeMounts /tmp/outputs/Large: subPath", SHORT),
    ("suite_artifact_passing_using_volume", "produce, volumeMounts /tmp/outputs/Small: subPath", SHORT),
    ("suite_artifact_passing_using_volume", "process, volumeMounts /tmp/inputs/File: subPath", SHORT),
    ("suite_artifact_passing_using_volume", "process, volumeMounts /tmp/outputs/Large: subPath", SHORT),
    ("suite_artifact_passing_using_volume", "process, volumeMounts /tmp/outputs/Small: subPath", SHORT),
    ("suite_artifact_passing_using_volume", "end, volumeMounts /tmp/inputs/File: subPath", SHORT),
];
const STALE: &str = "the label that the SDK writes is read by no backend: the staleness is what works";
const SHORT: &str =
    "in the folder of its pod a file has the name of the output; the SDK puts the task's name before it";
const WHOLE: &str = "a pipeline that is called is a task as a whole, as a `graph_component` is: what takes its output waits for all of it";

/// Writes all that is met here, for Argo's linter.
fn write(folder: &Path) {
    for (name, workflow) in all().iter().chain(conformance::ALL) {
        let yaml = workflow().expect("a workflow").to_yaml();
        fs::write(folder.join(format!("{name}.yaml")), yaml).expect("a file");
    }
}

#[test]
fn pipelines_are_met() {
    let Ok(folder) = std::env::var("KFP_PARITY") else {
        println!("left to tests/parity/run: the SDK has compiled nothing");
        return;
    };
    let mut problems = problems(Path::new(&folder), &all(), &DELIBERATE);
    let ours: BTreeSet<String> = all().iter().map(|(name, _)| (*name).to_owned()).collect();
    for file in fs::read_dir(&folder).expect("a folder") {
        let name = file.expect("a file").path().file_stem().expect("a name").to_string_lossy().into_owned();
        if !ours.contains(&name) {
            problems.push(format!("{name}: only there"));
        }
    }
    if let Ok(folder) = std::env::var("KFP_PARITY_OURS") {
        write(Path::new(&folder));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    println!("{} pipelines", ours.len());
}

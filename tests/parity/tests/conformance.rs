//! Manifests of the SDK, met by the same pipelines.

#![allow(clippy::print_stdout, reason = "tests say what they skip")]

use kfp::argo::Workflow;
use kfp_parity::comparer::compare;
use kfp_parity::pipelines::conformance::ALL;
use std::fs;
use std::path::Path;

#[test]
fn manifests_are_met() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance/kfp-v1");
    if !folder.is_dir() {
        println!("skipped: the manifests of the SDK are not there");
        return;
    }
    let mut problems = Vec::new();
    for (name, ours) in ALL {
        let text = fs::read_to_string(folder.join(format!("{name}.yaml"))).expect("a manifest");
        let theirs = Workflow::from_yaml(&text).expect("a workflow");
        let ours = match ours() {
            Ok(ours) => ours,
            Err(error) => {
                problems.push(format!("{name}: {error:?}"));
                continue;
            }
        };
        match compare(&theirs, &ours) {
            Ok(differences) => problems.extend(differences.iter().map(|difference| format!("{name}: {difference}"))),
            Err(error) => problems.push(format!("{name}: {error}")),
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

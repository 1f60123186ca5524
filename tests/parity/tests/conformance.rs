//! Manifests of the SDK, met by the same pipelines.

#![allow(clippy::print_stdout, reason = "tests say what they skip")]

use kfp_parity::met::{Deliberate, problems};
use kfp_parity::pipelines::conformance::ALL;
use std::path::Path;

const DELIBERATE: [Deliberate; 6] = [
    (
        "imagepullsecrets",
        "the workflow, imagePullSecrets",
        "no secret can have the name that stands there: `A` is refused",
    ),
    (
        "param_op_transform",
        "cop, command[0]",
        "without a command Argo has to ask a registry for it: it is refused here",
    ),
    ("resourceop_basic", "the workflow, name", CAPITALS),
    ("volume_snapshotop_sequential", "the workflow, name", CAPITALS),
    ("volumeop_basic", "the workflow, name", CAPITALS),
    ("volumeop_parallel", "the workflow, name", CAPITALS),
];
const CAPITALS: &str = "a capital begins a word, as in names of Rust";

#[test]
fn manifests_are_met() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance/kfp-v1");
    if !folder.is_dir() {
        println!("skipped: the manifests of the SDK are not there");
        return;
    }
    let problems = problems(&folder, ALL, &DELIBERATE);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

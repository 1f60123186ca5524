//! Manifests of anybody, for the reader, the writer, the linter, and the engine up to its first task.

use crate::lines::changed;
use crate::seeds::MANIFESTS;
use kfp_core::argo::{Manifest, documents, from_yaml, to_yaml};
use kfp_engine::Options;
use kfp_lint::{Source, lint};

pub(crate) fn run(data: &[u8]) {
    feed(&made(data));
}

pub(crate) fn made(data: &[u8]) -> String {
    changed(&MANIFESTS, data)
}

/// It is read and linted; what can be read is the same when it is written and read again, as YAML and as JSON, and the
/// engine takes it or says why not.
pub(crate) fn feed(text: &str) {
    lint(&[Source { name: "fuzzed.yaml", text }]);
    let Ok(manifests) = from_yaml(text) else { return };
    for manifest in &manifests {
        let written = to_yaml(manifest);
        let again: Vec<Manifest> = documents(&written).expect("what was written can be read");
        assert!(again.as_slice() == [manifest.clone()], "read, written and read again, it is another:\n{written}");
        let json = serde_json::to_string(manifest).expect("JSON");
        let again = from_yaml(&json).expect("JSON can be read");
        assert!(again.as_slice() == [manifest.clone()], "read, written as JSON and read again, it is another:\n{json}");
    }
    let mut options = Options::new("fuzzed");
    for (index, manifest) in manifests.iter().enumerate() {
        if let Manifest::Workflow(workflow) = manifest {
            options.along = [&manifests[..index], &manifests[index + 1..]].concat();
            if let Err(refusal) = kfp_engine::check(workflow, &options) {
                assert!(refusal.to_string().contains("KFP"), "no code: {refusal}");
            }
        }
    }
}

//! Other people's manifests are read, written and read again, and nothing is lost.

use kfp_conformance::{compare, data};
use kfp_core::argo::{self, Manifest};
use serde_json::Value;
use std::fs;

fn nothing_is_lost(folder: &str, at_least: usize) {
    let Some(folder) = data::folder(folder) else { return };
    let files = data::yaml_files(&folder);
    assert!(files.len() >= at_least, "only {} files in {}", files.len(), folder.display());
    let mut failures = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).expect("a readable file");
        if let Err(why) = round_trip(&text) {
            failures.push(format!("{}: {why}", file.display()));
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), files.len(), failures.join("\n"));
}

fn round_trip(text: &str) -> Result<(), String> {
    let originals: Vec<Value> = argo::documents(text).map_err(|error| error.to_string())?;
    let manifests = argo::from_yaml(text).map_err(|error| error.to_string())?;
    if originals.len() != manifests.len() {
        return Err(format!("{} documents, {} manifests", originals.len(), manifests.len()));
    }
    for (original, manifest) in originals.iter().zip(&manifests) {
        is_argos_own(original, manifest)?;
        let written = argo::to_yaml(manifest);
        let again = argo::from_yaml(&written).map_err(|error| format!("{error}\n{written}"))?;
        if again.as_slice() != [manifest.clone()] {
            return Err(format!("not equal after writing:\n{written}"));
        }
        let values: Vec<Value> = argo::documents(&written).map_err(|error| error.to_string())?;
        let lost = compare::lost(original, &values[0]);
        if !lost.is_empty() {
            return Err(lost.join("; "));
        }
    }
    Ok(())
}

/// A kind of Argo's is read as that, not as something foreign.
fn is_argos_own(original: &Value, manifest: &Manifest) -> Result<(), String> {
    let argos = original["apiVersion"] == argo::API_VERSION
        && ["Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow"]
            .iter()
            .any(|kind| original["kind"] == *kind);
    if argos && matches!(manifest, Manifest::Other(_)) {
        return Err(format!("a `{}` was read as something foreign", manifest.kind()));
    }
    Ok(())
}

#[test]
fn argo_examples() {
    nothing_is_lost("argo-examples", 50);
}

#[test]
fn kfp_v1() {
    nothing_is_lost("kfp-v1", 15);
}

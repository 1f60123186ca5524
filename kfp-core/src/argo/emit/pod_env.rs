//! What KFP tells a pod that has the label `add-pod-env: "true"`.

use crate::argo::EnvVar;
use crate::graph::{OpText, Options};
use serde_json::json;

const LABEL: &str = "add-pod-env";

/// The variables, with the fields of the pod that they come from.
const FIELDS: [(&str, &str); 5] = [
    ("KFP_POD_NAME", "metadata.name"),
    ("KFP_POD_UID", "metadata.uid"),
    ("KFP_NAMESPACE", "metadata.namespace"),
    ("WORKFLOW_ID", "metadata.labels['workflows.argoproj.io/workflow']"),
    ("KFP_RUN_ID", "metadata.labels['pipeline/runid']"),
];

/// The variables that KFP's transformer of that name adds; `caching` is whether an earlier result may be reused.
pub(super) fn pod_env(options: &Options, caching: bool) -> Vec<EnvVar> {
    let wanted = |(key, text): &(OpText, OpText)| {
        key.literal().as_deref() == Some(LABEL) && text.literal().as_deref() == Some("true")
    };
    if !options.labels.iter().any(wanted) {
        return Vec::new();
    }
    let from_field = |(name, field): &(&str, &str)| EnvVar {
        name: (*name).to_owned(),
        value_from: Some(json!({ "fieldRef": { "fieldPath": field } })),
        ..EnvVar::default()
    };
    let mut variables: Vec<EnvVar> = FIELDS.iter().map(from_field).collect();
    let value = Some(caching.to_string());
    variables.push(EnvVar { name: "ENABLE_CACHING".to_owned(), value, ..EnvVar::default() });
    variables
}

//! Names, labels and annotations.

use super::field::model;
use serde_json::Value;
use std::collections::BTreeMap;

model! {
    /// The metadata of a manifest (Kubernetes' `ObjectMeta`).
    pub struct ObjectMeta {
        /// The name; at most 63 characters for a workflow.
        pub name: Option<String>,
        /// The beginning of a name that the cluster completes.
        pub generate_name: Option<String>,
        /// The namespace.
        pub namespace: Option<String>,
        /// The labels.
        pub labels: BTreeMap<String, String>,
        /// The annotations.
        pub annotations: BTreeMap<String, String>,
    }

    /// Labels and annotations of the pods of a template (`Metadata`).
    pub struct Metadata {
        /// The labels.
        pub labels: BTreeMap<String, String>,
        /// The annotations.
        pub annotations: BTreeMap<String, String>,
    }

    /// Labels and annotations that the workflow gives itself when it starts (`WorkflowMetadata`).
    pub struct WorkflowMetadata {
        /// The labels.
        pub labels: BTreeMap<String, String>,
        /// The annotations.
        pub annotations: BTreeMap<String, String>,
        /// Labels by expression: `{NAME: {expression: ..}}`.
        pub labels_from: BTreeMap<String, Value>,
    }
}

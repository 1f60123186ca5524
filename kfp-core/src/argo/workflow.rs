//! The kinds of manifests.

use super::{ObjectMeta, Spec};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The `apiVersion` of all of them.
pub const API_VERSION: &str = "argoproj.io/v1alpha1";

/// Declares a kind: its `apiVersion` and `kind` are what they have to be unless somebody changes them.
macro_rules! kind {
    ($( $(#[$meta:meta])* $name:ident: $spec:ty; )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            /// `argoproj.io/v1alpha1`.
            pub api_version: String,
            /// The name of this type.
            pub kind: String,
            /// Name, labels, annotations.
            #[serde(default, deserialize_with = "crate::argo::field::read")]
            pub metadata: ObjectMeta,
            /// What it is.
            #[serde(default, deserialize_with = "crate::argo::field::read")]
            pub spec: $spec,
            /// The fields that are not modelled, such as `status`, as they were read.
            #[serde(flatten)]
            pub other: Map<String, Value>,
        }

        impl Default for $name {
            fn default() -> Self {
                Self {
                    api_version: $crate::argo::API_VERSION.to_owned(),
                    kind: stringify!($name).to_owned(),
                    metadata: ObjectMeta::default(),
                    spec: <$spec>::default(),
                    other: Map::new(),
                }
            }
        }
    )* };
}

pub(super) use kind;

kind! {
    /// A workflow that runs once it is created.
    Workflow: Spec;
    /// A workflow, or templates, for others of the namespace.
    WorkflowTemplate: Spec;
    /// A workflow, or templates, for others of the cluster.
    ClusterWorkflowTemplate: Spec;
}

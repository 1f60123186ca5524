//! The kinds of manifests.

use super::{ObjectMeta, Spec};
use serde_json::{Map, Value};

/// The `apiVersion` of all of them.
pub const API_VERSION: &str = "argoproj.io/v1alpha1";

/// Declares a kind: its `apiVersion` and `kind` are what they have to be unless somebody changes them.
macro_rules! kind {
    ($( $(#[$meta:meta])* $name:ident: $spec:ty; )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            /// `argoproj.io/v1alpha1`.
            pub api_version: String,
            /// The name of this type.
            pub kind: String,
            /// Name, labels, annotations.
            pub metadata: ObjectMeta,
            /// What it is.
            pub spec: $spec,
            /// The fields that are not modelled, such as `status`, as they were read.
            pub other: Map<String, Value>,
        }

        impl crate::argo::tree::Fields for $name {
            fn each<'n>(&'n self, field: &mut dyn FnMut(&'n str, crate::argo::tree::Node<'n>)) {
                use crate::argo::tree::Field;
                field("apiVersion", self.api_version.node());
                field("kind", self.kind.node());
                field("metadata", self.metadata.node());
                field("spec", self.spec.node());
                self.other.each(field);
            }
        }

        crate::argo::field::model_of! { $name { api_version kind metadata spec }
            fn empty() -> Self {
                Self { api_version: String::new(), kind: String::new(), ..Self::default() }
            }

            fn missing(&self) -> Option<&'static str> {
                [("apiVersion", &self.api_version), ("kind", &self.kind)]
                    .into_iter()
                    .find_map(|(name, text)| text.is_empty().then_some(name))
            }
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

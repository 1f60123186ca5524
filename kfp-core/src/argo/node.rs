//! Templates that run no container of the user's.

use super::AnyString;
use super::field::model;
use serde_json::Value;

model! {
    /// A change to a Kubernetes resource (`ResourceTemplate`).
    pub struct ResourceTemplate {
        /// `get`, `create`, `apply`, `delete`, `replace` or `patch`.
        pub action: String,
        /// `strategic` (the default), `merge` or `json`; for `patch`.
        pub merge_strategy: Option<String>,
        /// Whether the workflow owns the resource.
        pub set_owner_reference: bool,
        /// When it has succeeded: `status.phase == Running`.
        pub success_condition: Option<String>,
        /// When it has failed.
        pub failure_condition: Option<String>,
        /// Flags of kubectl.
        pub flags: Vec<String>,
        /// The manifest, as text.
        pub manifest: Option<String>,
        /// The manifest, from an artifact.
        pub manifest_from: Option<Value>,
    }

    /// A pause (`SuspendTemplate`).
    pub struct Suspend {
        /// How long; a bare number is seconds. Until somebody resumes it if not given.
        pub duration: Option<AnyString>,
    }
}

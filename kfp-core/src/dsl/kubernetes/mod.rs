//! Values of Kubernetes' API: small builders for what tasks say about their pods, and what they are made of.
//!
//! Each is JSON with values of the pipeline in it. What has no method of its own is set by its field, `.set("/spec", ..)`,
//! or read whole, `from_json`.

mod affinity;
mod env;
mod kube;
mod lifecycle;
mod port;
mod probe;
mod security;
mod toleration;
mod volume;

pub use affinity::{Affinity, NodeRequirement, PodRequirement};
pub use env::{EnvFrom, EnvVar};
pub use kube::Kube;
pub(super) use kube::{pointer_path, put};
pub use lifecycle::{Handler, Lifecycle};
pub use port::ContainerPort;
pub use probe::Probe;
pub use security::SecurityContext;
pub use toleration::Toleration;
pub use volume::{Volume, VolumeClaimTemplate, VolumeDevice, VolumeMount};

/// What a method of a pod takes in place of a `Kind`: one, its JSON (`serde_json::json!`), or the same type of the crate
/// `k8s-openapi`.
#[diagnostic::on_unimplemented(
    message = "[KFP130] `{Self}` is no `{Kind}`",
    label = "wants a `{Kind}`, or with the feature `k8s-openapi` the type of that crate"
)]
pub trait IntoKind<Kind> {
    /// The same as a `Kind`.
    #[doc(hidden)]
    fn into_kind(self) -> Kind;
}

/// A kind of Kubernetes' API.
macro_rules! kind {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name<'s>(pub(in crate::dsl) crate::dsl::Kube<'s>);

        impl<'s> $name<'s> {
            /// All of it as Kubernetes' API has it.
            pub fn from_json(json: serde_json::Value) -> Self {
                Self(crate::dsl::Kube::new(json))
            }

            /// Sets a field by its JSON pointer; a number stays a number. Missing objects on the way are made.
            pub fn set(self, pointer: &str, value: impl crate::dsl::IntoJson<'s>) -> Self {
                Self(self.0.pointer(pointer, value))
            }
        }

        #[diagnostic::do_not_recommend]
        impl<'s> crate::dsl::kubernetes::IntoKind<$name<'s>> for serde_json::Value {
            fn into_kind(self) -> $name<'s> {
                $name::from_json(self)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<'s> crate::dsl::kubernetes::IntoKind<$name<'s>> for $name<'s> {
            fn into_kind(self) -> $name<'s> {
                self
            }
        }
    };
}

use kind;

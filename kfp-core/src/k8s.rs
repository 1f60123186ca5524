//! Types of Kubernetes' own API, as the crate `k8s-openapi` has them, for what tasks say about their pods.
//!
//! Each goes straight into the method that takes ours: `add_volume`, `add_env_variable`, `set_security_context`, .. What a
//! builder of ours has no method for can be said this way, and `From` makes one of ours of it.
//!
//! ```
//! use k8s_openapi::api::core::v1::{SecurityContext, Toleration};
//! # use kfp_core::dsl::{ContainerOp, ContainerOptions, PodOptions};
//!
//! let op = ContainerOp::new("train", "acme/train:1")
//!     .add_toleration(Toleration { key: Some("gpu".into()), operator: Some("Exists".into()), ..Toleration::default() })
//!     .set_security_context(SecurityContext { run_as_user: Some(1000), ..SecurityContext::default() });
//! # let _ = op;
//! ```

use crate::dsl::kubernetes::{
    Affinity, ContainerPort, EnvFrom, EnvVar, Handler, IntoKind, Lifecycle, Probe, SecurityContext, Toleration, Volume,
    VolumeClaimTemplate, VolumeDevice, VolumeMount,
};
use crate::dsl::{ContainerOptions, HasContainer, Kube};
use k8s_openapi::api::core::v1 as api;

macro_rules! kinds {
    ($($theirs:ident => $ours:ident,)*) => {$(
        impl From<api::$theirs> for $ours<'_> {
            fn from(theirs: api::$theirs) -> Self {
                Self::from_json(serde_json::to_value(theirs).unwrap_or_default())
            }
        }

        #[diagnostic::do_not_recommend]
        impl<'s> IntoKind<$ours<'s>> for api::$theirs {
            fn into_kind(self) -> $ours<'s> {
                self.into()
            }
        }
    )*};
}

kinds! {
    Affinity => Affinity,
    ContainerPort => ContainerPort,
    EnvFromSource => EnvFrom,
    EnvVar => EnvVar,
    Lifecycle => Lifecycle,
    LifecycleHandler => Handler,
    PersistentVolumeClaim => VolumeClaimTemplate,
    Probe => Probe,
    SecurityContext => SecurityContext,
    Toleration => Toleration,
    Volume => Volume,
    VolumeDevice => VolumeDevice,
    VolumeMount => VolumeMount,
}

/// What a container says about itself, from values of Kubernetes' API that no method of KFP takes.
pub trait KubernetesOptions<'s>: ContainerOptions<'s> + HasContainer {
    /// Sets these requests and limits; those of other resources stay.
    fn set_resources(self, resources: api::ResourceRequirements) -> Self {
        let resources = serde_json::to_value(resources).unwrap_or_default();
        self.lay_over(Kube::new(serde_json::json!({ "resources": resources })))
    }
}

impl<'s, T: ContainerOptions<'s> + HasContainer> KubernetesOptions<'s> for T {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsl::{ContainerOp, PodOptions};
    use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
    use serde_json::json;
    use std::collections::BTreeMap;

    fn pod() -> ContainerOp {
        ContainerOp::new("pod", "busybox:1")
    }

    #[test]
    fn what_theirs_say_is_what_ours_say() {
        let theirs = api::Toleration {
            effect: Some("NoExecute".into()),
            key: Some("gpu".into()),
            operator: Some("Equal".into()),
            toleration_seconds: Some(30),
            value: Some("a100".into()),
        };
        let ours = Toleration::equal("gpu", "a100").effect("NoExecute").seconds(30);
        let mut said = Vec::new();
        let _ = pod()
            .add_toleration(theirs)
            .add_toleration(ours)
            .edit_options(|editor| said.clone_from(&editor.options.tolerations));
        assert_eq!((said.len(), &said[0]), (2, &said[1]));
        let variable = |value: &str| api::EnvVar { name: "MODE".into(), value: Some(value.into()), value_from: None };
        let pod = pod().add_env_variable(variable("slow")).add_env_variable(variable("fast"));
        assert_eq!(pod.container_fields()["env"], json!([{"name": "MODE", "value": "fast"}]));
    }

    #[test]
    fn resources_are_laid_over_those_that_are_there() {
        let map = |name: &str, text: &str| Some(BTreeMap::from([(name.to_owned(), Quantity(text.into()))]));
        let claims = Some(vec![api::ResourceClaim { name: "tpu".into(), request: None }]);
        let theirs = api::ResourceRequirements { claims, limits: map("memory", "2Gi"), requests: map("cpu", "500m") };
        let resources = pod().set_cpu_limit("1").set_resources(theirs).container_fields()["resources"].clone();
        let laid = json!({
            "limits": {"cpu": "1", "memory": "2Gi"}, "claims": [{"name": "tpu"}], "requests": {"cpu": "500m"},
        });
        assert_eq!(resources, laid);
    }
}

//! Types of Kubernetes' own API, as the crate `k8s-openapi` has them, for what tasks say about their pods.
//!
//! A toleration goes straight into `add_toleration`. The other types can hold what a task here cannot, so that their
//! conversion is a `TryFrom`; what comes out goes into the methods of [`KubernetesOptions`].

use crate::dsl::{HasPod, PodOptions};
use crate::graph::{Env, OpText, Toleration};
use k8s_openapi::api::core::v1 as api;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use kfp_grammar::Code;
use std::collections::BTreeMap;
use std::fmt;

/// A value of Kubernetes' API with something in it that would be lost.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unsupported {
    /// Which kind of mistake.
    pub code: Code,
    /// What is in it.
    pub message: String,
}

impl Unsupported {
    fn new(message: impl Into<String>) -> Self {
        Self { code: Code(345), message: message.into() }
    }
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}] {}", self.code, self.message)
    }
}

impl std::error::Error for Unsupported {}

impl From<api::Toleration> for Toleration {
    fn from(toleration: api::Toleration) -> Self {
        let api::Toleration { effect, key, operator, toleration_seconds, value } = toleration;
        Self { key, operator, value, effect, toleration_seconds }
    }
}

/// An environment variable with a plain value; one whose value comes from elsewhere is refused.
impl TryFrom<api::EnvVar> for Env {
    type Error = Unsupported;

    fn try_from(variable: api::EnvVar) -> Result<Self, Unsupported> {
        let api::EnvVar { name, value, value_from } = variable;
        if value_from.is_some() {
            return Err(Unsupported::new(format!(
                "the environment variable `{name}` has `valueFrom`; only plain values can be set"
            )));
        }
        Ok(Self { name, value: OpText::from(value.unwrap_or_default()) })
    }
}

/// Resource requests and limits: quantities by the name of the resource. Kubernetes' `ResourceRequirements`.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Resources {
    /// At least so much.
    pub requests: Vec<(String, String)>,
    /// At most so much.
    pub limits: Vec<(String, String)>,
}

/// Requests and limits; claims of dynamic resources are refused.
impl TryFrom<api::ResourceRequirements> for Resources {
    type Error = Unsupported;

    fn try_from(requirements: api::ResourceRequirements) -> Result<Self, Unsupported> {
        let api::ResourceRequirements { claims, limits, requests } = requirements;
        if let Some(claim) = claims.unwrap_or_default().first() {
            return Err(Unsupported::new(format!(
                "the resources have the claim `{}`; only requests and limits can be set",
                claim.name
            )));
        }
        Ok(Self { requests: quantities(requests), limits: quantities(limits) })
    }
}

fn quantities(map: Option<BTreeMap<String, Quantity>>) -> Vec<(String, String)> {
    map.unwrap_or_default().into_iter().map(|(name, Quantity(text))| (name, text)).collect()
}

/// What a task or a component says about its pod, from values of Kubernetes' API.
pub trait KubernetesOptions<'s>: PodOptions<'s> + HasPod {
    /// Adds an environment variable, or replaces the one of its name. KFP's `add_env_variable`.
    fn add_env_variable(self, variable: Env) -> Self {
        self.edit_options(|editor| {
            editor.options.env.retain(|known| known.name != variable.name);
            editor.options.env.push(variable);
        })
    }

    /// Sets these requests and limits; those of other resources stay.
    fn set_resources(self, resources: Resources) -> Self {
        let set = |one: Self, (name, quantity): (String, String)| one.add_resource_request(&name, quantity);
        let one = resources.requests.into_iter().fold(self, set);
        resources.limits.into_iter().fold(one, |one, (name, quantity)| one.add_resource_limit(&name, quantity))
    }
}

impl<'s, T: PodOptions<'s> + HasPod> KubernetesOptions<'s> for T {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsl::{Editor, HasPod, PodOptions};
    use crate::graph::Options;

    /// Options alone, as a component or a task has them.
    #[derive(Default)]
    struct Pod(Options);

    impl HasPod for Pod {}

    impl PodOptions<'_> for Pod {
        fn edit_options(mut self, change: impl FnOnce(&mut Editor<'_>)) -> Self {
            change(&mut Editor { options: &mut self.0, extra: &mut Vec::new() });
            self
        }
    }

    #[test]
    fn a_toleration_keeps_all_that_it_says() {
        let theirs = api::Toleration {
            effect: Some("NoExecute".into()),
            key: Some("gpu".into()),
            operator: Some("Equal".into()),
            toleration_seconds: Some(30),
            value: Some("a100".into()),
        };
        let ours = Toleration::equal("gpu", "a100").effect("NoExecute").seconds(30);
        assert_eq!(Pod::default().add_toleration(theirs).0.tolerations, [ours]);
    }

    #[test]
    fn a_variable_has_a_plain_value() {
        let plain = |value: &str| api::EnvVar { name: "MODE".into(), value: Some(value.into()), value_from: None };
        let pod = Pod::default()
            .add_env_variable(plain("slow").try_into().unwrap())
            .add_env_variable(plain("fast").try_into().unwrap());
        assert_eq!(pod.0.env, [Env { name: "MODE".into(), value: "fast".into() }]);
        let none = Env::try_from(api::EnvVar { value: None, ..plain("") }).unwrap();
        assert_eq!(none.value.literal().as_deref(), Some(""));
        let elsewhere = api::EnvVar { value_from: Some(api::EnvVarSource::default()), ..plain("") };
        let refused = Env::try_from(elsewhere).unwrap_err();
        assert_eq!((refused.code, refused.message.contains("`MODE`")), (Code(345), true));
    }

    #[test]
    fn resources_are_quantities_by_name() {
        let map = |name: &str, text: &str| Some(BTreeMap::from([(name.to_owned(), Quantity(text.into()))]));
        let theirs =
            api::ResourceRequirements { claims: None, limits: map("memory", "2Gi"), requests: map("cpu", "500m") };
        let pod = Pod::default().set_cpu_limit("1").set_resources(theirs.clone().try_into().unwrap());
        assert_eq!(pod.0.requests, [("cpu".to_owned(), "500m".into())]);
        assert_eq!(pod.0.limits, [("cpu".to_owned(), "1".into()), ("memory".to_owned(), "2Gi".into())]);
        let claim = api::ResourceClaim { name: "tpu".into(), request: None };
        let refused = Resources::try_from(api::ResourceRequirements { claims: Some(vec![claim]), ..theirs });
        assert!(refused.unwrap_err().to_string().starts_with("[KFP345] the resources have the claim `tpu`"));
    }
}

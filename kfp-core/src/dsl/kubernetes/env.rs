//! Where environment variables come from.

use super::kind;
use crate::dsl::{IntoFlag, IntoText, Kube};

kind! {
    /// An environment variable. Kubernetes' `EnvVar`, the Python client's `V1EnvVar`.
    EnvVar
}

impl<'s> EnvVar<'s> {
    /// A variable with this value.
    pub fn new(name: impl IntoText<'s>, value: impl IntoText<'s>) -> Self {
        Self(Kube::default().text(&["name"], name).text(&["value"], value))
    }

    /// Its value is this key of a secret. Kubernetes' `secretKeyRef`.
    pub fn secret(name: impl IntoText<'s>, secret: impl IntoText<'s>, key: impl IntoText<'s>) -> Self {
        Self::from_key(name, "secretKeyRef", secret, key)
    }

    /// Its value is this key of a config map. Kubernetes' `configMapKeyRef`.
    pub fn config_map(name: impl IntoText<'s>, config_map: impl IntoText<'s>, key: impl IntoText<'s>) -> Self {
        Self::from_key(name, "configMapKeyRef", config_map, key)
    }

    fn from_key(name: impl IntoText<'s>, source: &str, of: impl IntoText<'s>, key: impl IntoText<'s>) -> Self {
        let variable = Kube::default().text(&["name"], name);
        Self(variable.text(&["valueFrom", source, "name"], of).text(&["valueFrom", source, "key"], key))
    }

    /// Its value is a field of the pod: `metadata.name`, `status.podIP`, `metadata.labels['app']`. Kubernetes' `fieldRef`.
    pub fn field(name: impl IntoText<'s>, path: impl IntoText<'s>) -> Self {
        Self(Kube::default().text(&["name"], name).text(&["valueFrom", "fieldRef", "fieldPath"], path))
    }

    /// Its value is a limit or request of the container: `limits.cpu`, `requests.memory`. Kubernetes' `resourceFieldRef`.
    pub fn resource_field(name: impl IntoText<'s>, resource: impl IntoText<'s>) -> Self {
        Self(Kube::default().text(&["name"], name).text(&["valueFrom", "resourceFieldRef", "resource"], resource))
    }

    /// Whether the secret or the config map may be missing; then there is no such variable.
    pub fn optional(self, optional: impl IntoFlag<'s>) -> Self {
        Self(self.0.flag_in(&[&["valueFrom", "secretKeyRef"], &["valueFrom", "configMapKeyRef"]], "optional", optional))
    }
}

kind! {
    /// All entries of a secret or a config map as environment variables. Kubernetes' `EnvFromSource`.
    EnvFrom
}

impl<'s> EnvFrom<'s> {
    /// All keys of a secret.
    pub fn secret(name: impl IntoText<'s>) -> Self {
        Self(Kube::default().text(&["secretRef", "name"], name))
    }

    /// All keys of a config map.
    pub fn config_map(name: impl IntoText<'s>) -> Self {
        Self(Kube::default().text(&["configMapRef", "name"], name))
    }

    /// What the name of each variable begins with.
    pub fn prefix(self, prefix: impl IntoText<'s>) -> Self {
        Self(self.0.text(&["prefix"], prefix))
    }

    /// Whether the secret or the config map may be missing.
    pub fn optional(self, optional: impl IntoFlag<'s>) -> Self {
        Self(self.0.flag_in(&[&["secretRef"], &["configMapRef"]], "optional", optional))
    }
}

//! Taints that a pod tolerates.

use super::kind;
use crate::dsl::{IntoCount, IntoText, Kube};

kind! {
    /// A taint of a node that a pod tolerates. Kubernetes' `Toleration`.
    Toleration
}

impl<'s> Toleration<'s> {
    /// Tolerates the taint of this key, whatever its value and effect.
    pub fn exists(key: impl IntoText<'s>) -> Self {
        Self(Kube::default().text(&["key"], key).text(&["operator"], "Exists"))
    }

    /// Tolerates the taint of this key and value, whatever its effect.
    pub fn equal(key: impl IntoText<'s>, value: impl IntoText<'s>) -> Self {
        Self(Kube::default().text(&["key"], key).text(&["operator"], "Equal").text(&["value"], value))
    }

    /// Only this effect: `NoSchedule`, `PreferNoSchedule` or `NoExecute`.
    pub fn effect(self, effect: impl IntoText<'s>) -> Self {
        Self(self.0.text(&["effect"], effect))
    }

    /// For so many seconds, of a `NoExecute` taint.
    pub fn seconds(self, seconds: impl IntoCount<'s>) -> Self {
        Self(self.0.count(&["tolerationSeconds"], seconds))
    }
}

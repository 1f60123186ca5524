//! As whom a container runs, and what it may do.

use super::kind;
use crate::dsl::{IntoCount, IntoFlag, IntoText, Kube};

kind! {
    /// As whom a container runs, and what it may do. Kubernetes' `SecurityContext`.
    SecurityContext
}

impl Default for SecurityContext<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'s> SecurityContext<'s> {
    /// As the image and the cluster have it.
    pub fn new() -> Self {
        Self(Kube::default())
    }

    /// The user's number.
    pub fn run_as_user(self, user: impl IntoCount<'s>) -> Self {
        Self(self.0.count(&["runAsUser"], user))
    }

    /// The group's number.
    pub fn run_as_group(self, group: impl IntoCount<'s>) -> Self {
        Self(self.0.count(&["runAsGroup"], group))
    }

    /// Whether a start as root is refused.
    pub fn run_as_non_root(self, refused: impl IntoFlag<'s>) -> Self {
        Self(self.0.flag(&["runAsNonRoot"], refused))
    }

    /// Whether it has all rights of the node.
    pub fn privileged(self, privileged: impl IntoFlag<'s>) -> Self {
        Self(self.0.flag(&["privileged"], privileged))
    }

    /// Whether a process may get more rights than its parent.
    pub fn allow_privilege_escalation(self, allowed: impl IntoFlag<'s>) -> Self {
        Self(self.0.flag(&["allowPrivilegeEscalation"], allowed))
    }

    /// Whether the container's own files cannot be changed.
    pub fn read_only_root_filesystem(self, read_only: impl IntoFlag<'s>) -> Self {
        Self(self.0.flag(&["readOnlyRootFilesystem"], read_only))
    }

    /// Rights of Linux in addition: `NET_ADMIN`.
    pub fn add_capabilities<T: IntoText<'s>>(self, capabilities: impl IntoIterator<Item = T>) -> Self {
        Self(self.0.texts(&["capabilities", "add"], capabilities))
    }

    /// Rights of Linux that it loses: `ALL`.
    pub fn drop_capabilities<T: IntoText<'s>>(self, capabilities: impl IntoIterator<Item = T>) -> Self {
        Self(self.0.texts(&["capabilities", "drop"], capabilities))
    }
}

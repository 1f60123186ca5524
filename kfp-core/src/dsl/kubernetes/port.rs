//! Ports of a container.

use super::kind;
use crate::dsl::{IntoCount, IntoText, Kube};

kind! {
    /// A port that a container listens on. Kubernetes' `ContainerPort`.
    ContainerPort
}

impl<'s> ContainerPort<'s> {
    /// This port, 1 to 65535.
    pub fn new(port: impl IntoCount<'s>) -> Self {
        Self(Kube::default().count(&["containerPort"], port))
    }

    /// Its name, for probes and services: at most 15 lower-case letters, digits and `-`.
    pub fn name(self, name: impl IntoText<'s>) -> Self {
        Self(self.0.text(&["name"], name))
    }

    /// `TCP` (the default), `UDP` or `SCTP`.
    pub fn protocol(self, protocol: impl IntoText<'s>) -> Self {
        Self(self.0.text(&["protocol"], protocol))
    }

    /// The same port of the node.
    pub fn host_port(self, port: impl IntoCount<'s>) -> Self {
        Self(self.0.count(&["hostPort"], port))
    }
}

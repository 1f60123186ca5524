//! What happens when a container has started, and before it stops.

use super::kind;
use crate::dsl::{IntoJson, IntoText, Kube};

kind! {
    /// Something that a node does to a container. Kubernetes' `LifecycleHandler`.
    Handler
}

impl<'s> Handler<'s> {
    /// Runs a command in the container.
    pub fn exec<T: IntoText<'s>>(command: impl IntoIterator<Item = T>) -> Self {
        Self(Kube::default().texts(&["exec", "command"], command))
    }

    /// Sends a request; the port is a number or a name.
    pub fn http_get(path: impl IntoText<'s>, port: impl IntoJson<'s>) -> Self {
        Self(Kube::default().text(&["httpGet", "path"], path).field(&["httpGet", "port"], port))
    }

    /// Opens a connection; the port is a number or a name.
    pub fn tcp_socket(port: impl IntoJson<'s>) -> Self {
        Self(Kube::default().field(&["tcpSocket", "port"], port))
    }
}

kind! {
    /// What happens when a container has started, and before it stops. Kubernetes' `Lifecycle`.
    Lifecycle
}

impl<'s> Lifecycle<'s> {
    /// Right after the start; if it fails, the container is killed.
    pub fn post_start(handler: Handler<'s>) -> Self {
        Self(Kube::default().nest(&["postStart"], handler.0))
    }

    /// Before the container is stopped.
    pub fn pre_stop(handler: Handler<'s>) -> Self {
        Self(Kube::default()).and_pre_stop(handler)
    }

    /// The same beside what happens after the start.
    pub fn and_pre_stop(self, handler: Handler<'s>) -> Self {
        Self(self.0.nest(&["preStop"], handler.0))
    }
}

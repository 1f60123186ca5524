//! Whether a container is alive and ready.

use super::{Handler, kind};
use crate::dsl::{IntoCount, IntoJson, IntoText, Kube};

kind! {
    /// How the node asks a container whether it is alive, or ready. Kubernetes' `Probe`.
    Probe
}

impl<'s> Probe<'s> {
    /// A command in the container that ends with 0.
    pub fn exec<T: IntoText<'s>>(command: impl IntoIterator<Item = T>) -> Self {
        Self(Handler::exec(command).0)
    }

    /// A request that is answered with 200 to 399; the port is a number or a name.
    pub fn http_get(path: impl IntoText<'s>, port: impl IntoJson<'s>) -> Self {
        Self(Handler::http_get(path, port).0)
    }

    /// A connection that is accepted; the port is a number or a name.
    pub fn tcp_socket(port: impl IntoJson<'s>) -> Self {
        Self(Handler::tcp_socket(port).0)
    }

    /// The health service of gRPC.
    pub fn grpc(port: impl IntoCount<'s>) -> Self {
        Self(Kube::default().count(&["grpc", "port"], port))
    }

    /// Seconds after the start before the first probe.
    pub fn initial_delay_seconds(self, seconds: impl IntoCount<'s>) -> Self {
        Self(self.0.count(&["initialDelaySeconds"], seconds))
    }

    /// Seconds from one probe to the next; 10 by default.
    pub fn period_seconds(self, seconds: impl IntoCount<'s>) -> Self {
        Self(self.0.count(&["periodSeconds"], seconds))
    }

    /// Seconds to wait for an answer; 1 by default.
    pub fn timeout_seconds(self, seconds: impl IntoCount<'s>) -> Self {
        Self(self.0.count(&["timeoutSeconds"], seconds))
    }

    /// So many successes in a row count after a failure; 1 by default, and always for liveness.
    pub fn success_threshold(self, times: impl IntoCount<'s>) -> Self {
        Self(self.0.count(&["successThreshold"], times))
    }

    /// So many failures in a row count; 3 by default.
    pub fn failure_threshold(self, times: impl IntoCount<'s>) -> Self {
        Self(self.0.count(&["failureThreshold"], times))
    }
}

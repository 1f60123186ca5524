//! Retries.

use super::count::count_text;
use super::{IntoCount, IntoText, Kube};

/// Retries of a task. KFP's arguments of `set_retry`, Argo's `retryStrategy`.
#[derive(Clone, Debug)]
pub struct Retry<'s>(pub(super) Kube<'s>);

/// On what a task is retried.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RetryPolicy {
    /// On any failure or error.
    Always,
    /// When the main container fails.
    OnFailure,
    /// When the node has an error: init or wait containers, pod start, lost nodes.
    OnError,
    /// On errors that Argo knows to be transient.
    OnTransientError,
}

impl RetryPolicy {
    /// Argo's word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Always => "Always",
            Self::OnFailure => "OnFailure",
            Self::OnError => "OnError",
            Self::OnTransientError => "OnTransientError",
        }
    }
}

impl<'s> Retry<'s> {
    /// So many retries after the first attempt.
    pub fn new(limit: impl IntoCount<'s>) -> Self {
        Self(Kube::default().text(&["limit"], count_text(limit)))
    }

    /// On what; Argo's default is `OnFailure`.
    pub fn policy(self, policy: RetryPolicy) -> Self {
        Self(self.0.text(&["retryPolicy"], policy.name()))
    }

    /// Only while this expression holds, and by the policy: `asInt(lastRetry.exitCode) == 137`. It knows `lastRetry.exitCode`,
    /// `.status`, `.duration` and `.message`, all of them texts. With it the policy is `Always` if not said. Argo's
    /// `expression`.
    pub fn expression(self, expression: impl IntoText<'s>) -> Self {
        Self(self.0.text(&["expression"], expression))
    }

    /// Each attempt on a node that no earlier one ran on. Argo's `affinity.nodeAntiAffinity`.
    pub fn on_another_node(self) -> Self {
        Self(self.0.nest(&["affinity", "nodeAntiAffinity"], Kube::default()))
    }

    /// The first wait: `10s`, `2m`; a bare number is seconds.
    pub fn backoff_duration(self, duration: impl IntoText<'s>) -> Self {
        Self(self.0.text(&["backoff", "duration"], duration))
    }

    /// Each wait is so many times the one before.
    pub fn backoff_factor(self, factor: impl IntoCount<'s>) -> Self {
        Self(self.0.text(&["backoff", "factor"], count_text(factor)))
    }

    /// No more attempts after this long: `5m`.
    pub fn backoff_max_duration(self, duration: impl IntoText<'s>) -> Self {
        Self(self.0.text(&["backoff", "maxDuration"], duration))
    }
}

/// What `set_retry` takes: a number of retries, or a [`Retry`].
#[diagnostic::on_unimplemented(
    message = "[KFP155] `{Self}` does not say how often to try again",
    label = "write a number of retries, `3`, a value that is one, or `Retry::new(3)` with policy and backoff"
)]
pub trait IntoRetry<'s> {
    /// The retries.
    #[doc(hidden)]
    fn into_retry(self) -> Retry<'s>;
}

#[diagnostic::do_not_recommend]
impl<'s, T: IntoCount<'s>> IntoRetry<'s> for T {
    fn into_retry(self) -> Retry<'s> {
        Retry::new(self)
    }
}

#[diagnostic::do_not_recommend]
impl<'s> IntoRetry<'s> for Retry<'s> {
    fn into_retry(self) -> Retry<'s> {
        self
    }
}

//! What a task or an operation says about its pod.

use super::OpText;

/// Options of a pod; those of a task are laid over those of its operation.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Options {
    /// Resource requests by name (`cpu`, `memory`, `nvidia.com/gpu`, ..): Kubernetes quantities, in the order set.
    pub requests: Vec<(String, OpText)>,
    /// Resource limits, likewise.
    pub limits: Vec<(String, OpText)>,
    /// Environment variables added to those of the container.
    pub env: Vec<super::Env>,
    /// Labels of the pod, in the order set.
    pub labels: Vec<(String, OpText)>,
    /// Annotations of the pod, in the order set.
    pub annotations: Vec<(String, OpText)>,
    /// Node labels that the pod asks for.
    pub node_selector: Vec<(String, OpText)>,
    /// Taints that it tolerates.
    pub tolerations: Vec<Toleration>,
    /// Retries.
    pub retry: Option<Retry>,
    /// Seconds after which an attempt fails.
    pub timeout: Option<u64>,
    /// The name that a user interface shows.
    pub display_name: Option<OpText>,
    /// Whether KFP may reuse an earlier result; `false` is a cache staleness of `P0D`.
    pub caching: Option<bool>,
    /// How old a cached result may be, an ISO-8601 duration such as `P30D`; over `caching`.
    pub max_cache_staleness: Option<String>,
}

impl Options {
    /// Lays `over` over these: what it sets wins, entries of lists are added or replaced by name.
    pub fn overlaid(&self, over: &Self) -> Self {
        Self {
            requests: overlay(&self.requests, &over.requests),
            limits: overlay(&self.limits, &over.limits),
            env: {
                let mut all: Vec<_> =
                    self.env.iter().filter(|e| over.env.iter().all(|o| o.name != e.name)).cloned().collect();
                all.extend(over.env.iter().cloned());
                all
            },
            labels: overlay(&self.labels, &over.labels),
            annotations: overlay(&self.annotations, &over.annotations),
            node_selector: overlay(&self.node_selector, &over.node_selector),
            tolerations: self.tolerations.iter().chain(&over.tolerations).cloned().collect(),
            retry: over.retry.clone().or_else(|| self.retry.clone()),
            timeout: over.timeout.or(self.timeout),
            display_name: over.display_name.clone().or_else(|| self.display_name.clone()),
            caching: over.caching.or(self.caching),
            max_cache_staleness: over.max_cache_staleness.clone().or_else(|| self.max_cache_staleness.clone()),
        }
    }
}

fn overlay(base: &[(String, OpText)], over: &[(String, OpText)]) -> Vec<(String, OpText)> {
    let mut all = base.to_vec();
    for (key, text) in over {
        set(&mut all, key, text.clone());
    }
    all
}

/// Sets an entry of a list that is read as a map.
pub(crate) fn set(list: &mut Vec<(String, OpText)>, key: &str, text: OpText) {
    match list.iter_mut().find(|(k, _)| k == key) {
        Some(entry) => entry.1 = text,
        None => list.push((key.to_owned(), text)),
    }
}

/// A taint that a pod tolerates, as Kubernetes' `Toleration`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Toleration {
    /// The taint's key; none matches every key.
    pub key: Option<String>,
    /// `Equal` (the default) or `Exists`.
    pub operator: Option<String>,
    /// The taint's value, for `Equal`.
    pub value: Option<String>,
    /// `NoSchedule`, `PreferNoSchedule` or `NoExecute`; none matches all.
    pub effect: Option<String>,
    /// Seconds that a `NoExecute` taint is tolerated; none is for ever.
    pub toleration_seconds: Option<i64>,
}

/// Retries of a task.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Retry {
    /// Retries after the first attempt.
    pub limit: u32,
    /// On what; Argo's default is `OnFailure`.
    pub policy: Option<RetryPolicy>,
    /// How long to wait in between.
    pub backoff: Option<Backoff>,
}

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

/// How long to wait between attempts.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Backoff {
    /// The first wait: `10s`, `2m`; a bare number is seconds.
    pub duration: Option<String>,
    /// Each wait is so many times the one before.
    pub factor: Option<u32>,
    /// No more attempts after this long.
    pub max_duration: Option<String>,
}

//! What Argo has for a task and Kubernetes does not.

use super::kubernetes::Fields;
use super::{Metric, OpText};

/// What a task or an operation says that Argo alone knows.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ArgoOptions {
    /// Locks that one task holds at a time, while it runs.
    pub mutexes: Vec<Mutex>,
    /// Locks that a number of tasks hold at a time.
    pub semaphores: Vec<Semaphore>,
    /// What is remembered of it from one run to the next.
    pub memoize: Option<Memoize>,
    /// Whether the run goes on as soon as it is ready, and ends it with the block that it stands in.
    pub daemon: bool,
    /// How long it may take, waiting for a pod included: `30m`.
    pub deadline: Option<OpText>,
    /// The service account of its pod.
    pub service_account: Option<OpText>,
    /// The priority class of its pod.
    pub priority_class: Option<OpText>,
    /// What Prometheus is told of it.
    pub metrics: Vec<Metric>,
    /// Strategic merge patches of its pod, the first first.
    pub patches: Vec<Fields>,
}

impl ArgoOptions {
    /// Lays `over` over these: what it sets wins, lists become longer.
    pub fn overlaid(&self, over: &Self) -> Self {
        Self {
            mutexes: self.mutexes.iter().chain(&over.mutexes).cloned().collect(),
            semaphores: self.semaphores.iter().chain(&over.semaphores).cloned().collect(),
            memoize: over.memoize.clone().or_else(|| self.memoize.clone()),
            daemon: over.daemon || self.daemon,
            deadline: over.deadline.clone().or_else(|| self.deadline.clone()),
            service_account: over.service_account.clone().or_else(|| self.service_account.clone()),
            priority_class: over.priority_class.clone().or_else(|| self.priority_class.clone()),
            metrics: self.metrics.iter().chain(&over.metrics).cloned().collect(),
            patches: self.patches.iter().chain(&over.patches).cloned().collect(),
        }
    }
}

/// A lock for one.
#[derive(Clone, PartialEq, Debug)]
pub struct Mutex {
    /// Its name, in its namespace.
    pub name: OpText,
    /// Its namespace; the run's if not given.
    pub namespace: Option<OpText>,
}

/// A lock for several: how many is said elsewhere.
#[derive(Clone, PartialEq, Debug)]
pub struct Semaphore {
    /// Where.
    pub limit: Limit,
    /// Its namespace; the run's if not given.
    pub namespace: Option<OpText>,
}

/// Where the number of a semaphore is said.
#[derive(Clone, PartialEq, Debug)]
pub enum Limit {
    /// In a key of a ConfigMap.
    ConfigMap {
        /// The ConfigMap.
        name: OpText,
        /// The key.
        key: OpText,
    },
    /// In the controller's database.
    Database {
        /// The key.
        key: OpText,
    },
}

/// What is remembered of a task: its outputs.
#[derive(Clone, PartialEq, Debug)]
pub struct Memoize {
    /// What they are remembered by; all that the task gets and what it runs if not given.
    pub key: Option<OpText>,
    /// How long: `24h`; for ever if not given.
    pub max_age: Option<OpText>,
    /// The ConfigMap that they are kept in.
    pub config_map: OpText,
}

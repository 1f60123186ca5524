//! What a task or an operation says about its pod.

use super::kubernetes::{Fields, lay};
use super::{OpText, Placed, Stored};
use serde_json::Value;

/// Options of a pod; those of a task are laid over those of its operation.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Options {
    /// What the main container has besides image, command and arguments: `resources`, `env`, `volumeMounts`, .. as
    /// Kubernetes' `Container` has them.
    pub container: Fields,
    /// Labels of the pod, in the order set.
    pub labels: Vec<(OpText, OpText)>,
    /// Annotations of the pod, in the order set.
    pub annotations: Vec<(OpText, OpText)>,
    /// Node labels that the pod asks for.
    pub node_selector: Vec<(OpText, OpText)>,
    /// Taints that it tolerates, each a `Toleration`.
    pub tolerations: Vec<Value>,
    /// On which nodes it runs, an `Affinity`.
    pub affinity: Option<Value>,
    /// Its volumes, each a `Volume`.
    pub volumes: Vec<Value>,
    /// Containers that run before the main one, each a `UserContainer` of Argo.
    pub init_containers: Vec<Value>,
    /// Containers that run beside it, likewise.
    pub sidecars: Vec<Value>,
    /// The containers of a set, likewise, each with the `dependencies` that it waits for; what `container` says they all have.
    pub set: Vec<Value>,
    /// Retries, a `RetryStrategy` of Argo.
    pub retry: Option<Value>,
    /// Seconds after which an attempt fails: a number, or a hole.
    pub timeout: Option<Value>,
    /// The name that a user interface shows.
    pub display_name: Option<OpText>,
    /// Whether KFP may reuse an earlier result; `false` is a cache staleness of `P0D`.
    pub caching: Option<bool>,
    /// How old a cached result may be, an ISO-8601 duration such as `P30D`; over `caching`.
    pub max_cache_staleness: Option<OpText>,
    /// How outputs that are files are kept, by the index of the output.
    pub stored: Vec<(u32, Stored)>,
    /// How inputs that are files are placed, by the index of the input.
    pub placed: Vec<(u32, Placed)>,
    /// What Argo alone has.
    pub argo: super::ArgoOptions,
}

impl Options {
    /// Lays `over` over these: what it sets wins, entries of lists are added or replaced by name.
    pub fn overlaid(&self, over: &Self) -> Self {
        Self {
            container: {
                let mut container = self.container.clone();
                lay(&mut container, &over.container);
                container
            },
            labels: overlay(&self.labels, &over.labels),
            annotations: overlay(&self.annotations, &over.annotations),
            node_selector: overlay(&self.node_selector, &over.node_selector),
            tolerations: chained(&self.tolerations, &over.tolerations),
            affinity: over.affinity.clone().or_else(|| self.affinity.clone()),
            volumes: chained(&self.volumes, &over.volumes),
            init_containers: chained(&self.init_containers, &over.init_containers),
            sidecars: chained(&self.sidecars, &over.sidecars),
            set: chained(&self.set, &over.set),
            retry: over.retry.clone().or_else(|| self.retry.clone()),
            timeout: over.timeout.clone().or_else(|| self.timeout.clone()),
            display_name: over.display_name.clone().or_else(|| self.display_name.clone()),
            caching: over.caching.or(self.caching),
            max_cache_staleness: over.max_cache_staleness.clone().or_else(|| self.max_cache_staleness.clone()),
            stored: stored(&self.stored, &over.stored),
            placed: self.placed.iter().chain(&over.placed).copied().collect(),
            argo: self.argo.overlaid(&over.argo),
        }
    }
}

fn stored(base: &[(u32, Stored)], over: &[(u32, Stored)]) -> Vec<(u32, Stored)> {
    let mut all = base.to_vec();
    for (index, stored) in over {
        match all.iter_mut().find(|(known, _)| known == index) {
            Some((_, known)) => *known = known.overlaid(stored),
            None => all.push((*index, stored.clone())),
        }
    }
    all
}

fn chained(base: &[Value], over: &[Value]) -> Vec<Value> {
    base.iter().chain(over).cloned().collect()
}

fn overlay(base: &[(OpText, OpText)], over: &[(OpText, OpText)]) -> Vec<(OpText, OpText)> {
    let mut all = base.to_vec();
    for (key, text) in over {
        set(&mut all, key.clone(), text.clone());
    }
    all
}

/// Sets an entry of a list that is read as a map.
pub(crate) fn set(list: &mut Vec<(OpText, OpText)>, key: OpText, text: OpText) {
    match list.iter_mut().find(|(known, _)| *known == key) {
        Some(entry) => entry.1 = text,
        None => list.push((key, text)),
    }
}

//! On which nodes a pod runs.

use super::kind;
use crate::dsl::{IntoCount, IntoText, Kube};

kind! {
    /// What a node's labels have to be. Kubernetes' `NodeSelectorRequirement`.
    NodeRequirement
}

impl<'s> NodeRequirement<'s> {
    /// The label has one of these values.
    pub fn is_in<T: IntoText<'s>>(label: impl IntoText<'s>, values: impl IntoIterator<Item = T>) -> Self {
        Self::new(label, "In", values)
    }

    /// The label has none of these values.
    pub fn not_in<T: IntoText<'s>>(label: impl IntoText<'s>, values: impl IntoIterator<Item = T>) -> Self {
        Self::new(label, "NotIn", values)
    }

    /// There is such a label.
    pub fn exists(label: impl IntoText<'s>) -> Self {
        Self::new(label, "Exists", [""; 0])
    }

    /// There is no such label.
    pub fn does_not_exist(label: impl IntoText<'s>) -> Self {
        Self::new(label, "DoesNotExist", [""; 0])
    }

    /// The label is a number over this one.
    pub fn greater_than(label: impl IntoText<'s>, number: impl IntoText<'s>) -> Self {
        Self::new(label, "Gt", [number])
    }

    /// The label is a number under this one.
    pub fn less_than(label: impl IntoText<'s>, number: impl IntoText<'s>) -> Self {
        Self::new(label, "Lt", [number])
    }

    fn new<T: IntoText<'s>>(label: impl IntoText<'s>, operator: &str, values: impl IntoIterator<Item = T>) -> Self {
        Self(Kube::default().text(&["key"], label).text(&["operator"], operator).texts(&["values"], values))
    }
}

kind! {
    /// Pods by a label, and what "the same place" is: a label of nodes, `kubernetes.io/hostname`. Kubernetes'
    /// `PodAffinityTerm`.
    PodRequirement
}

impl<'s> PodRequirement<'s> {
    /// Pods with this label, on nodes that have the same value of `topology_key`.
    pub fn label(label: impl IntoText<'s>, value: impl IntoText<'s>, topology_key: impl IntoText<'s>) -> Self {
        let pods = Kube::default().entry(&["labelSelector", "matchLabels"], label, value);
        Self(pods.text(&["topologyKey"], topology_key))
    }
}

kind! {
    /// On which nodes a pod runs. Kubernetes' `Affinity`.
    Affinity
}

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";

impl Default for Affinity<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'s> Affinity<'s> {
    /// Anywhere.
    pub fn new() -> Self {
        Self(Kube::default())
    }

    /// Only on nodes that are all of this; said again, it is another possibility.
    pub fn require_node(self, all: impl IntoIterator<Item = NodeRequirement<'s>>) -> Self {
        Self(self.0.push(&["nodeAffinity", REQUIRED, "nodeSelectorTerms"], term(all)))
    }

    /// Rather on nodes that are all of this, with a weight of 1 to 100.
    pub fn prefer_node(self, weight: impl IntoCount<'s>, all: impl IntoIterator<Item = NodeRequirement<'s>>) -> Self {
        let preference = Kube::default().count(&["weight"], weight).nest(&["preference"], term(all));
        Self(self.0.push(&["nodeAffinity", PREFERRED], preference))
    }

    /// Only beside such pods.
    pub fn require_pods(self, pods: PodRequirement<'s>) -> Self {
        Self(self.0.push(&["podAffinity", REQUIRED], pods.0))
    }

    /// Never beside such pods.
    pub fn avoid_pods(self, pods: PodRequirement<'s>) -> Self {
        Self(self.0.push(&["podAntiAffinity", REQUIRED], pods.0))
    }
}

fn term<'s>(all: impl IntoIterator<Item = NodeRequirement<'s>>) -> Kube<'s> {
    all.into_iter().fold(Kube::default(), |term, one| term.push(&["matchExpressions"], one.0))
}

//! Fields that take one of a few words.

use crate::{Code, Mistake};

/// A word that is none of those that there are.
const WORD: Code = Code(216);

/// A field: what a message calls it, and the words that it takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Words {
    /// What a message calls it.
    pub what: &'static str,
    /// What it takes.
    pub known: &'static [&'static str],
}

/// Kubernetes' `imagePullPolicy`.
pub const PULL_POLICY: Words = Words { what: "the image pull policy", known: &["Always", "IfNotPresent", "Never"] };
/// Kubernetes' `terminationMessagePolicy`.
pub const TERMINATION_MESSAGE_POLICY: Words =
    Words { what: "the termination message policy", known: &["File", "FallbackToLogsOnError"] };
/// Kubernetes' `protocol` of a port.
pub const PROTOCOL: Words = Words { what: "the protocol of a port", known: &["TCP", "UDP", "SCTP"] };
/// Kubernetes' `mountPropagation`.
pub const PROPAGATION: Words =
    Words { what: "the propagation of a mount", known: &["None", "HostToContainer", "Bidirectional"] };
/// Kubernetes' `accessModes`.
pub const ACCESS_MODE: Words = Words {
    what: "the mode of a claim",
    known: &["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"],
};
/// Argo's `mergeStrategy`.
pub const MERGE_STRATEGY: Words = Words { what: "the merge strategy", known: &["strategic", "merge", "json"] };
/// Kubernetes' `operator` of a toleration.
pub const OPERATOR: Words = Words { what: "the operator of a toleration", known: &["Equal", "Exists"] };
/// Kubernetes' `effect` of a taint.
pub const EFFECT: Words =
    Words { what: "the effect of a toleration", known: &["NoSchedule", "PreferNoSchedule", "NoExecute"] };

/// Argo's `retryPolicy`.
pub const RETRY_POLICY: Words =
    Words { what: "the policy of a retry", known: &["Always", "OnFailure", "OnError", "OnTransientError"] };
/// Argo's `podGC.strategy`.
pub const POD_GC: Words = Words {
    what: "the strategy of `podGC`",
    known: &["OnPodCompletion", "OnPodSuccess", "OnWorkflowCompletion", "OnWorkflowSuccess"],
};
/// Argo's `artifactGC.strategy`.
pub const ARTIFACT_GC: Words =
    Words { what: "the strategy of `artifactGC`", known: &["OnWorkflowCompletion", "OnWorkflowDeletion", "Never"] };
/// Argo's `volumeClaimGC.strategy`.
pub const CLAIM_GC: Words =
    Words { what: "the strategy of `volumeClaimGC`", known: &["OnWorkflowCompletion", "OnWorkflowSuccess"] };
/// Argo's `action` of a resource.
pub const ACTION: Words =
    Words { what: "the action of a resource", known: &["get", "create", "apply", "delete", "replace", "patch"] };
/// Argo's `operation` of a gauge.
pub const GAUGE_OPERATION: Words = Words { what: "the operation of a gauge", known: &["Set", "Add", "Sub"] };
/// Kubernetes' `dnsPolicy`.
pub const DNS_POLICY: Words =
    Words { what: "the DNS policy of a pod", known: &["Default", "ClusterFirst", "ClusterFirstWithHostNet", "None"] };
/// Argo's `concurrencyPolicy`.
pub const CONCURRENCY: Words = Words { what: "the concurrency policy", known: &["Allow", "Forbid", "Replace"] };

impl Words {
    /// What is wrong with a word.
    pub fn read(&self, text: &str) -> Result<(), Mistake> {
        read(self.what, self.known, text)
    }
}

/// The same for a field that has another name.
pub fn read(what: &str, known: &[&str], text: &str) -> Result<(), Mistake> {
    if known.contains(&text) {
        return Ok(());
    }
    let known: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
    let mistake = Mistake::new(WORD, 0..text.len(), format!("{what} cannot be `{text}`"));
    Err(mistake.help(format!("write one of {}", known.join(", "))))
}

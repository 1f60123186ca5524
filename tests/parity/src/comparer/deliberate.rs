//! What is different on purpose, each with its reason.

use super::Difference;

/// Why something is different on purpose.
pub type Reason = &'static str;

/// Labels and annotations that say how the manifest was made and not what it does, with who reads them.
pub const IGNORED: [(&str, Reason); 8] = [
    ("pipelines.kubeflow.org/kfp_sdk_version", "says which program wrote the manifest; nobody reads it"),
    ("pipelines.kubeflow.org/pipeline-sdk-type", "says which program wrote the manifest; nobody reads it"),
    ("pipelines.kubeflow.org/pipeline_compilation_time", "would make two builds of one source differ"),
    ("pipelines.kubeflow.org/pipeline_spec", "repeats what the manifest says; its description is compared"),
    ("pipelines.kubeflow.org/enable_caching", "no backend reads it; the staleness is what works"),
    ("pipelines.kubeflow.org/component_spec", "repeats the component, its source included; only its name is ever read"),
    ("pipelines.kubeflow.org/component_ref", "a digest of what is not there"),
    ("pipelines.kubeflow.org/arguments.parameters", "repeats the arguments"),
];

/// A kind of difference, and why it is one.
struct Deliberate {
    holds: fn(&Difference) -> bool,
    reason: Reason,
}

const DELIBERATE: [Deliberate; 9] = [
    Deliberate {
        holds: |difference| {
            difference.what.starts_with("input ") && difference.theirs.is_empty() && only(&difference.ours, "null")
        },
        reason: "a function's option that is not given is passed, as null",
    },
    Deliberate {
        holds: |difference| {
            let quoted = difference.theirs.iter().map(|word| serde_json::Value::from(word.as_str()).to_string());
            difference.what.starts_with("input ") && difference.ours.iter().cloned().eq(quoted)
        },
        reason: "a function's optional text is passed as JSON, so that it is no null",
    },
    Deliberate {
        holds: |difference| difference.what.starts_with("env.ENABLE_CACHING."),
        reason: "the label that the variable reads is not written; what it would say is",
    },
    Deliberate {
        holds: |difference| difference.what == "serviceAccountName" && only(&difference.theirs, "pipeline-runner"),
        reason: "the SDK always names the account of a full installation of Kubeflow; we leave it to the cluster",
    },
    Deliberate {
        holds: |difference| {
            only(&difference.theirs, "True") && only(&difference.ours, "true")
                || only(&difference.theirs, "False") && only(&difference.ours, "false")
        },
        reason: "truth values are written as JSON; whoever reads them takes both",
    },
    Deliberate {
        holds: |difference| difference.what.starts_with("manifest: ") && same_after(difference, " (as a value)", ""),
        reason: "a number stays a number in the manifest of a resource; the SDK makes it a text, which Kubernetes refuses",
    },
    Deliberate {
        holds: |difference| {
            let by_value = difference.theirs.iter().map(|word| word.replace("‹the file ", "‹"));
            difference.what.starts_with("file ") && difference.ours.iter().cloned().eq(by_value)
        },
        reason: "what travels by value is small, and becomes a file where it is read; the SDK stores each value as a file too",
    },
    Deliberate {
        holds: |difference| same_after(difference, NO_FAILURES, "‹workflow.failures›"),
        reason: "a run without failures has an empty list of them; Argo calls it null",
    },
    Deliberate {
        holds: |difference| difference.what == "tolerations" && same_after(difference, "\"key\":\"\",", ""),
        reason: "Kubernetes reads a key that is empty as one that is not there",
    },
];

const NO_FAILURES: &str = "‹'[]' if \"null\" == ‹workflow.failures› else ‹workflow.failures››";

/// Whether both say the same after a part of what we say is put differently.
fn same_after(difference: &Difference, from: &str, to: &str) -> bool {
    let ours = difference.ours.iter().map(|word| word.replace(from, to));
    difference.theirs.iter().cloned().eq(ours)
}

fn only(words: &std::collections::BTreeSet<String>, word: &str) -> bool {
    words.len() == 1 && words.contains(word)
}

/// Whether a label or an annotation says nothing about what runs.
pub fn is_ignored(key: &str) -> bool {
    IGNORED.iter().any(|(ignored, _)| *ignored == key)
}

/// The reason for a difference, if it is deliberate.
pub fn reason(difference: &Difference) -> Option<Reason> {
    DELIBERATE.iter().find(|deliberate| (deliberate.holds)(difference)).map(|deliberate| deliberate.reason)
}

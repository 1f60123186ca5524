//! What a workflow is.

use super::field::model;
use super::{
    AnyString, Arguments, Hook, IntOrString, PodGc, RetryStrategy, Synchronization, Template, Toleration, TtlStrategy,
    WorkflowMetadata,
};
use serde_json::Value;
use std::collections::BTreeMap;

model! {
    /// What a workflow is (`WorkflowSpec`).
    pub struct Spec {
        /// The template it starts with.
        pub entrypoint: Option<String>,
        /// Its parameters and artifacts.
        pub arguments: Arguments,
        /// The WorkflowTemplate that it runs, with this laid over.
        pub workflow_template_ref: Option<WorkflowTemplateRef>,
        /// The service account of its pods.
        pub service_account_name: Option<String>,
        /// The template that is called when it ends.
        pub on_exit: Option<String>,
        /// What is called when something happens, by name; `exit` is when it ends.
        pub hooks: BTreeMap<String, Hook>,
        /// How many pods run at the same time.
        pub parallelism: Option<i64>,
        /// Seconds that it may take.
        pub active_deadline_seconds: Option<IntOrString>,
        /// How often it is tried.
        pub retry_strategy: Option<RetryStrategy>,
        /// What it locks.
        pub synchronization: Option<Synchronization>,
        /// When it is deleted.
        pub ttl_strategy: Option<TtlStrategy>,
        /// When its pods are deleted.
        pub pod_gc as "podGC": Option<PodGc>,
        /// Labels and annotations of its pods.
        pub pod_metadata: Option<super::Metadata>,
        /// Labels and annotations that it gives itself.
        pub workflow_metadata: Option<WorkflowMetadata>,
        /// When its volume claims are deleted: `{strategy: ..}`.
        pub volume_claim_gc as "volumeClaimGC": Option<Value>,
        /// When its artifacts are deleted: `{strategy: ..}`.
        pub artifact_gc as "artifactGC": Option<Value>,
        /// Where its artifacts are kept: `{configMap: .., key: ..}`.
        pub artifact_repository_ref: Option<Value>,
        /// Whether the logs of its pods are kept as artifacts.
        pub archive_logs: Option<bool>,
        /// How many of its pods stay when nodes are drained.
        pub pod_disruption_budget: Option<Value>,
        /// Its priority among waiting workflows.
        pub priority: Option<i64>,
        /// The priority class of its pods.
        pub pod_priority_class_name: Option<String>,
        /// The scheduler of its pods.
        pub scheduler_name: Option<String>,
        /// Whether the token of the service account is mounted.
        pub automount_service_account_token: Option<bool>,
        /// Argo's own containers: `{serviceAccountName: ..}`.
        pub executor: Option<Value>,
        /// Who its pods run as.
        pub security_context: Option<Value>,
        /// Whether its pods use the network of their node.
        pub host_network: Option<bool>,
        /// Names for addresses in its pods.
        pub host_aliases: Vec<Value>,
        /// How its pods resolve names.
        pub dns_policy: Option<String>,
        /// Name servers and searches of its pods.
        pub dns_config: Option<Value>,
        /// A strategic merge patch of every pod, as text.
        pub pod_spec_patch: Option<AnyString>,
        /// Labels of the node that its pods ask for.
        pub node_selector: BTreeMap<String, String>,
        /// Taints that its pods tolerate.
        pub tolerations: Vec<Toleration>,
        /// Where its pods may run.
        pub affinity: Option<Value>,
        /// Secrets for pulling images: `{name: ..}`.
        pub image_pull_secrets: Vec<Value>,
        /// Volumes that its pods may mount.
        pub volumes: Vec<Value>,
        /// Claims that live as long as it does.
        pub volume_claim_templates: Vec<Value>,
        /// What is laid under each of its templates.
        pub template_defaults: Option<Box<Template>>,
        /// Whether it waits to be resumed.
        pub suspend: Option<bool>,
        /// Its templates.
        pub templates: Vec<Template>,
    }

    /// A WorkflowTemplate that a workflow runs (`WorkflowTemplateRef`).
    pub struct WorkflowTemplateRef {
        /// Its name.
        pub name: String,
        /// Whether it is a ClusterWorkflowTemplate.
        pub cluster_scope: bool,
    }
}

//! What a [`PipelineConf`] says about all pods.

use super::PipelineConf;
use super::kubernetes::{Affinity, IntoKind, Toleration};
use crate::graph::PodConf;
use serde::Serialize;
use serde_json::Value;

/// A value of Kubernetes' API: `serde_json::json!`, or a type of the crate `k8s-openapi`.
pub(super) fn kubernetes(value: &impl Serialize) -> Option<Value> {
    serde_json::to_value(value).ok()
}

impl PipelineConf {
    #[track_caller]
    fn pods(self, option: &'static str, change: impl FnOnce(&mut PodConf)) -> Self {
        self.with(option, |conf| change(&mut conf.pods))
    }

    /// The service account of its pods. Argo's `serviceAccountName`.
    #[track_caller]
    pub fn set_service_account(self, name: impl Into<String>) -> Self {
        self.pods("service_account", |pods| pods.service_account = Some(name.into()))
    }

    /// The service account of Argo's own container in each pod. Argo's `executor.serviceAccountName`.
    #[track_caller]
    pub fn set_executor_service_account(self, name: impl Into<String>) -> Self {
        self.pods("executor_service_account", |pods| pods.executor_service_account = Some(name.into()))
    }

    /// Whether the token of the service account is mounted into its pods. Argo's `automountServiceAccountToken`.
    #[track_caller]
    pub fn set_automount_service_account_token(self, mount: bool) -> Self {
        self.pods("automount_service_account_token", |pods| pods.automount_service_account_token = Some(mount))
    }

    /// `Always`, `IfNotPresent` or `Never`, for containers that do not say. KFP's `set_image_pull_policy`.
    #[track_caller]
    pub fn set_image_pull_policy(self, policy: impl Into<String>) -> Self {
        self.pods("image_pull_policy", |pods| pods.image_pull_policy = Some(policy.into()))
    }

    /// How many of its pods stay when nodes are drained: a number, or a share such as `"50%"`. KFP's
    /// `set_pod_disruption_budget`.
    #[track_caller]
    pub fn set_pod_disruption_budget(self, min_available: impl ToString) -> Self {
        self.pods("pod_disruption_budget", |pods| pods.min_available = Some(min_available.to_string()))
    }

    /// Where its pods may run, for pods that do not say; of a called pipeline, for the pods of its own tasks. Argo's
    /// `affinity`.
    #[track_caller]
    pub fn set_affinity(self, affinity: impl IntoKind<Affinity<'static>>) -> Self {
        self.pods("affinity", |pods| pods.affinity = Some(affinity.into_kind().0.json))
    }

    /// Who its pods run as: Kubernetes' `PodSecurityContext`. Argo's `securityContext`.
    #[track_caller]
    pub fn set_security_context(self, context: impl Serialize) -> Self {
        self.pods("security_context", |pods| pods.security_context = kubernetes(&context))
    }

    /// The scheduler that places its pods. Argo's `schedulerName`.
    #[track_caller]
    pub fn set_scheduler_name(self, name: impl Into<String>) -> Self {
        self.pods("scheduler_name", |pods| pods.scheduler_name = Some(name.into()))
    }

    /// The priority class of its pods. Argo's `podPriorityClassName`.
    #[track_caller]
    pub fn set_pod_priority_class(self, name: impl Into<String>) -> Self {
        self.pods("pod_priority_class", |pods| pods.priority_class = Some(name.into()))
    }

    /// Whether its pods use the network of their node. Argo's `hostNetwork`.
    #[track_caller]
    pub fn set_host_network(self, use_it: bool) -> Self {
        self.pods("host_network", |pods| pods.host_network = Some(use_it))
    }

    /// `Default`, `ClusterFirst`, `ClusterFirstWithHostNet` or `None`. Argo's `dnsPolicy`.
    #[track_caller]
    pub fn set_dns_policy(self, policy: impl Into<String>) -> Self {
        self.pods("dns_policy", |pods| pods.dns_policy = Some(policy.into()))
    }

    /// Name servers and searches: Kubernetes' `PodDNSConfig`. KFP's `set_dns_config`.
    #[track_caller]
    pub fn set_dns_config(self, config: impl Serialize) -> Self {
        self.pods("dns_config", |pods| pods.dns_config = kubernetes(&config))
    }

    /// A strategic merge patch of every pod, as JSON or YAML. Argo's `podSpecPatch`.
    #[track_caller]
    pub fn set_pod_spec_patch(self, patch: impl Into<String>) -> Self {
        self.pods("pod_spec_patch", |pods| pods.patch = Some(patch.into()))
    }

    /// Secrets for pulling images, by name. KFP's `set_image_pull_secrets`.
    #[track_caller]
    pub fn set_image_pull_secrets<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        let names = names.into_iter().map(Into::into).collect();
        self.pods("image_pull_secrets", |pods| pods.image_pull_secrets = names)
    }

    /// Asks for nodes with this label, for pods that ask for no nodes themselves; of a called pipeline, for the pods of its own
    /// tasks. KFP's `set_default_pod_node_selector`.
    #[track_caller]
    pub fn set_default_pod_node_selector(self, label: impl Into<String>, value: impl Into<String>) -> Self {
        self.pods("node_selector", |pods| pods.node_selector.push((label.into(), value.into())))
    }

    /// Its pods tolerate a taint, those that tolerate none themselves; of a called pipeline, those of its own tasks. Argo's
    /// `tolerations`.
    #[track_caller]
    pub fn add_toleration(self, toleration: impl IntoKind<Toleration<'static>>) -> Self {
        self.pods("tolerations", |pods| pods.tolerations.push(toleration.into_kind().0.json))
    }

    /// Adds names for an address to the hosts file of its pods. Argo's `hostAliases`.
    #[track_caller]
    pub fn add_host_alias<N: Into<String>>(self, ip: &str, names: impl IntoIterator<Item = N>) -> Self {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        self.pods("host_aliases", |pods| {
            pods.host_aliases.push(serde_json::json!({ "ip": ip, "hostnames": names }));
        })
    }

    /// Sets a label of its pods. Argo's `podMetadata.labels`.
    #[track_caller]
    pub fn add_pod_label(self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.pods("pod_labels", |pods| pods.labels.push((key.into(), value.into())))
    }

    /// Sets an annotation of its pods. Argo's `podMetadata.annotations`.
    #[track_caller]
    pub fn add_pod_annotation(self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.pods("pod_annotations", |pods| pods.annotations.push((key.into(), value.into())))
    }
}

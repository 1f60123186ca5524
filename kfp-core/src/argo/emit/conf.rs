//! What the main pipeline says about the whole of its run.

use crate::argo::{Metadata, PodGc, Spec, TtlStrategy};
use crate::graph::{Conf, PodConf};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The fields of a workflow that its pipeline's configuration says.
pub(super) fn spec(conf: &Conf) -> Spec {
    let repository = conf.artifact_repository.as_ref();
    Spec {
        parallelism: conf.parallelism.map(i64::from),
        active_deadline_seconds: conf.timeout.map(|seconds| i64::try_from(seconds).unwrap_or(i64::MAX).into()),
        priority: conf.priority.map(i64::from),
        ttl_strategy: ttl(conf),
        pod_gc: conf.pod_gc.as_ref().map(|gc| PodGc {
            strategy: (!gc.strategy.is_empty()).then(|| gc.strategy.clone()),
            delete_delay_duration: gc.delay.clone(),
            ..PodGc::default()
        }),
        artifact_gc: strategy(conf.artifact_gc.as_ref()),
        volume_claim_gc: strategy(conf.volume_claim_gc.as_ref()),
        artifact_repository_ref: repository.map(|it| object(&[("configMap", &it.config_map), ("key", &it.key)])),
        archive_logs: conf.archive_logs,
        volumes: conf.volumes.clone(),
        volume_claim_templates: conf.volume_claims.clone(),
        ..pods(&conf.pods)
    }
}

fn pods(pods: &PodConf) -> Spec {
    let metadata = Metadata { labels: map(&pods.labels), annotations: map(&pods.annotations), ..Metadata::default() };
    let executor = &pods.executor_service_account;
    Spec {
        service_account_name: pods.service_account.clone(),
        executor: executor.is_some().then(|| object(&[("serviceAccountName", executor)])),
        automount_service_account_token: pods.automount_service_account_token,
        pod_metadata: (metadata != Metadata::default()).then_some(metadata),
        image_pull_secrets: pods.image_pull_secrets.iter().map(|name| json!({ "name": name })).collect(),
        node_selector: map(&pods.node_selector),
        tolerations: pods.tolerations.iter().filter_map(|one| serde_json::from_value(one.clone()).ok()).collect(),
        affinity: pods.affinity.clone(),
        security_context: pods.security_context.clone(),
        pod_disruption_budget: pods
            .min_available
            .as_ref()
            .map(|least| json!({ "minAvailable": number_or_text(least) })),
        scheduler_name: pods.scheduler_name.clone(),
        pod_priority_class_name: pods.priority_class.clone(),
        host_network: pods.host_network,
        host_aliases: pods.host_aliases.clone(),
        dns_policy: pods.dns_policy.clone(),
        dns_config: pods.dns_config.clone(),
        pod_spec_patch: pods.patch.clone().map(Into::into),
        ..Spec::default()
    }
}

fn ttl(conf: &Conf) -> Option<TtlStrategy> {
    let ttl = TtlStrategy {
        seconds_after_completion: conf.ttl.completion.map(i64::from),
        seconds_after_success: conf.ttl.success.map(i64::from),
        seconds_after_failure: conf.ttl.failure.map(i64::from),
        ..TtlStrategy::default()
    };
    (ttl != TtlStrategy::default()).then_some(ttl)
}

fn strategy(strategy: Option<&String>) -> Option<Value> {
    strategy.map(|strategy| json!({ "strategy": strategy }))
}

/// The fields that are there.
fn object(fields: &[(&str, &Option<String>)]) -> Value {
    fields.iter().filter_map(|(key, text)| Some(((*key).to_owned(), Value::from(text.as_ref()?.clone())))).collect()
}

/// Kubernetes' `IntOrString`: a share is a text, a count a number.
fn number_or_text(text: &str) -> Value {
    text.parse::<u32>().map_or_else(|_| text.into(), Value::from)
}

pub(super) fn map(list: &[(String, String)]) -> BTreeMap<String, String> {
    list.iter().cloned().collect()
}

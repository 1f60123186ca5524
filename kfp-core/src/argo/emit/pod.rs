//! What a leaf template says about its pod.

use super::leaf::op_text;
use super::naming::kebab;
use super::pod_env::pod_env;
use super::{Emitter, metadata};
use crate::argo::{Backoff, EnvVar, Resources, RetryStrategy, Template, Toleration};
use crate::diagnostic::Place;
use crate::graph::{self, Conf, Op, OpBody, OpText, Options};
use std::collections::BTreeMap;

const DISPLAY_NAME: &str = "pipelines.kubeflow.org/task_display_name";
const COMPONENT: &str = "pipelines.kubeflow.org/component_spec";
const STALENESS: &str = "pipelines.kubeflow.org/max_cache_staleness";

impl<'g> Emitter<'g> {
    /// Lays the options over the template.
    pub(super) fn pod(&mut self, template: &mut Template, op: &Op, options: &Options) {
        let place = op.place;
        let labels = self.texts(&options.labels, place);
        let mut annotations = self.texts(&options.annotations, place);
        match &options.display_name {
            Some(name) => {
                let name = self.op_text(name, place);
                annotations.insert(DISPLAY_NAME.to_owned(), name);
            }
            // The UI shows this name where it is not the template's.
            None if op.name != kebab(&op.name) => {
                let name = serde_json::Value::String(op.name.clone());
                self.require_plain(&op.name, super::literal::Use::Template, place);
                annotations.entry(COMPONENT.to_owned()).or_insert_with(|| format!(r#"{{"name":{name}}}"#));
            }
            None => {}
        }
        if let Some(staleness) = staleness(options, self.conf()) {
            annotations.insert(STALENESS.to_owned(), staleness);
        }
        template.metadata = metadata(labels, annotations);
        template.retry_strategy = options.retry.as_ref().map(retry);
        template.active_deadline_seconds = options.timeout.map(|seconds| seconds.to_string().into());
        template.node_selector = self.texts(&options.node_selector, place);
        template.tolerations = options.tolerations.iter().map(toleration).collect();
        if matches!(op.body, OpBody::Container(_)) {
            template.pod_spec_patch = self.patch(options, place).map(Into::into);
        }
    }

    /// What the main pipeline says.
    pub(super) fn conf(&self) -> Option<&'g Conf> {
        self.graph.pipelines.first().map(|main| &main.conf)
    }

    /// What KFP tells a pod that asks for it.
    pub(super) fn pod_env(&self, options: &Options) -> Vec<EnvVar> {
        pod_env(options, staleness(options, self.conf()).as_deref() != Some("P0D"))
    }

    /// Requests and limits that are constants. A quantity with an input in it is no quantity to the cluster, which reads
    /// the manifest before anything is inserted; it goes into a patch of the pod instead.
    pub(super) fn resources(&mut self, options: &Options, place: Place) -> Resources {
        let mut constant = |list: &[(String, OpText)]| -> BTreeMap<_, _> {
            let constant = list.iter().filter(|(_, text)| text.literal().is_some());
            constant.map(|(name, text)| (name.clone(), self.op_text(text, place).into())).collect()
        };
        Resources { limits: constant(&options.limits), requests: constant(&options.requests), ..Resources::default() }
    }

    fn patch(&mut self, options: &Options, place: Place) -> Option<String> {
        let mut resources = serde_json::Map::new();
        for (kind, list) in [("limits", &options.limits), ("requests", &options.requests)] {
            let mut inserted = serde_json::Map::new();
            for (name, text) in list.iter().filter(|(_, text)| text.literal().is_none()) {
                self.require_plain(&op_text(text).constant(), super::literal::Use::Template, place);
                inserted.insert(name.clone(), op_text(text).field().into());
            }
            if !inserted.is_empty() {
                resources.insert(kind.to_owned(), inserted.into());
            }
        }
        if resources.is_empty() {
            return None;
        }
        Some(serde_json::json!({ "containers": [{ "name": "main", "resources": resources }] }).to_string())
    }

    fn texts(&mut self, list: &[(String, OpText)], place: Place) -> BTreeMap<String, String> {
        list.iter().map(|(key, text)| (key.clone(), self.op_text(text, place))).collect()
    }
}

/// How old a reused result may be: what the task says, or else what the pipeline does. The cache reads nothing but this.
fn staleness(options: &Options, conf: Option<&Conf>) -> Option<String> {
    let said = |staleness: &Option<String>, caching: Option<bool>| match (staleness, caching) {
        (Some(staleness), _) => Some(Some(staleness.clone())),
        (None, Some(false)) => Some(Some("P0D".to_owned())),
        (None, Some(true)) => Some(None),
        (None, None) => None,
    };
    let task = said(&options.max_cache_staleness, options.caching);
    task.or_else(|| said(&conf?.max_cache_staleness, conf?.caching)).flatten()
}

fn retry(retry: &graph::Retry) -> RetryStrategy {
    RetryStrategy {
        limit: Some(retry.limit.to_string().into()),
        retry_policy: retry.policy.map(|policy| policy.name().to_owned()),
        backoff: retry.backoff.as_ref().map(|backoff| Backoff {
            duration: backoff.duration.clone().map(Into::into),
            factor: backoff.factor.map(|factor| factor.to_string().into()),
            max_duration: backoff.max_duration.clone().map(Into::into),
            ..Backoff::default()
        }),
        ..RetryStrategy::default()
    }
}

pub(super) fn toleration(toleration: &graph::Toleration) -> Toleration {
    Toleration {
        key: toleration.key.clone(),
        operator: toleration.operator.clone(),
        value: toleration.value.clone(),
        effect: toleration.effect.clone(),
        toleration_seconds: toleration.toleration_seconds,
        ..Toleration::default()
    }
}

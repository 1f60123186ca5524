//! What Argo has for a task and KFP never gave: locks, remembered results, patches of the pod.

use super::text::BoundText;
use super::{HasPod, IntoManifest, IntoText, Metric, PodOptions};
use crate::graph::kubernetes::Fields;
use crate::graph::{self, Limit, Mutex, Semaphore};
use std::marker::PhantomData;

/// What is remembered of a task from one run to the next: its outputs, in a ConfigMap. Argo's `memoize`.
///
/// They are remembered by a hash of all the parameters that the task gets, and of the image and the component that it runs,
/// or by a [`key`](Self::key). Artifacts are remembered as what their place in the store holds then.
#[derive(Clone, Debug, Default)]
pub struct Memoize<'s> {
    key: Option<BoundText>,
    max_age: Option<BoundText>,
    config_map: Option<BoundText>,
    scope: PhantomData<&'s ()>,
}

impl<'s> Memoize<'s> {
    /// For ever, by all that the task gets, in the ConfigMap `kfp-memoize`.
    pub fn new() -> Self {
        Self::default()
    }

    /// Remembers by this: text, or a value such as `format!("{name}-{rows}")`. Any text will do; what Argo's keys do not
    /// take is hashed.
    pub fn key(self, key: impl IntoText<'s>) -> Self {
        Self { key: Some(key.into_text()), ..self }
    }

    /// Forgets after this long: `24h`, `90m`. Argo's `maxAge`.
    pub fn max_age(self, duration: impl IntoText<'s>) -> Self {
        Self { max_age: Some(duration.into_text()), ..self }
    }

    /// Another ConfigMap, which Argo makes if it is not there. One holds a mebibyte.
    pub fn config_map(self, name: impl IntoText<'s>) -> Self {
        Self { config_map: Some(name.into_text()), ..self }
    }
}

impl<'s, O: PodOptions<'s>> ArgoOptions<'s> for O {}

/// What Argo has for a task that is one pod or resource, and KFP never gave.
///
/// Values of the pipeline are taken as well.
pub trait ArgoOptions<'s>: PodOptions<'s> {
    /// Runs only while no other task, of this run or another, holds the lock of this name. Argo's
    /// `synchronization.mutexes`.
    fn add_mutex(self, name: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let name = name.into_text();
        self.edit_options(|editor| {
            let name = editor.text(name);
            editor.options.argo.mutexes.push(Mutex { name, namespace: None });
        })
    }

    /// The same with a lock of another namespace.
    fn add_mutex_in(self, namespace: impl IntoText<'s>, name: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let (namespace, name) = (namespace.into_text(), name.into_text());
        self.edit_options(|editor| {
            let (namespace, name) = (editor.text(namespace), editor.text(name));
            editor.options.argo.mutexes.push(Mutex { name, namespace: Some(namespace) });
        })
    }

    /// Runs only while fewer than so many others hold this lock: the number stands in a key of a ConfigMap. Argo's
    /// `synchronization.semaphores` with `configMapKeyRef`.
    fn add_semaphore(self, config_map: impl IntoText<'s>, key: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let (name, key) = (config_map.into_text(), key.into_text());
        self.edit_options(|editor| {
            let limit = Limit::ConfigMap { name: editor.text(name), key: editor.text(key) };
            editor.options.argo.semaphores.push(Semaphore { limit, namespace: None });
        })
    }

    /// The same with a number that the controller's database knows; from Argo 3.7. Argo's `synchronization.semaphores` with
    /// `database`.
    fn add_database_semaphore(self, key: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let key = key.into_text();
        self.edit_options(|editor| {
            let limit = Limit::Database { key: editor.text(key) };
            editor.options.argo.semaphores.push(Semaphore { limit, namespace: None });
        })
    }

    /// Takes the outputs of an earlier run that got the same. Argo's `memoize`.
    fn memoize(self, memoize: Memoize<'s>) -> Self
    where
        Self: HasPod,
    {
        let Memoize { key, max_age, config_map, .. } = memoize;
        self.edit_options(|editor| {
            let key = key.map(|key| editor.text(key));
            let max_age = max_age.map(|age| editor.text(age));
            let config_map = config_map.map_or_else(|| "kfp-memoize".into(), |name| editor.text(name));
            editor.options.argo.memoize = Some(graph::Memoize { key, max_age, config_map });
        })
    }

    /// Tells Prometheus a number when it has ended; an output of the task itself is taken as well. Argo's `metrics` of a
    /// template.
    fn add_metric(self, metric: Metric<'s>) -> Self
    where
        Self: HasPod,
    {
        self.edit_options(|editor| {
            let metric = metric.bound(|part| editor.metric(part));
            editor.options.argo.metrics.push(metric);
        })
    }

    /// Fails an attempt that takes longer, the time that it waits for its pod included: `30m`, `1h30m`. Argo's `timeout` of
    /// a template; [`set_timeout`](PodOptions::set_timeout) counts only while the pod runs.
    fn set_deadline(self, duration: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let text = duration.into_text();
        self.edit_options(|editor| editor.options.argo.deadline = Some(editor.text(text)))
    }

    /// The service account of its pod. Argo's `serviceAccountName` of a template.
    fn set_service_account(self, name: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let text = name.into_text();
        self.edit_options(|editor| editor.options.argo.service_account = Some(editor.text(text)))
    }

    /// The priority class of its pod. Argo's `priorityClassName` of a template.
    fn set_priority_class(self, name: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let text = name.into_text();
        self.edit_options(|editor| editor.options.argo.priority_class = Some(editor.text(text)))
    }

    /// Lays this over its pod, as a strategic merge patch of Kubernetes' `PodSpec`: `serde_json::json!`, or a
    /// [`Manifest`](super::Manifest) with values in its fields. Argo's `podSpecPatch`.
    fn add_pod_spec_patch(self, patch: impl IntoManifest<'s>) -> Self
    where
        Self: HasPod,
    {
        let patch = patch.into_manifest();
        self.edit_options(|editor| {
            let patch = match editor.kube(patch.into_kube()) {
                serde_json::Value::Object(fields) => fields,
                other => Fields::from_iter([(String::new(), other)]),
            };
            editor.options.argo.patches.push(patch);
        })
    }
}

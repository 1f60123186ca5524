//! What a task or a component says about its pod, by KFP's names.

use super::{IntoText, Operation, PodTask, Task};
use crate::graph::{Env, Input, InputKind, NodeKind, OpText, Operand, Options, Shape};

pub use crate::graph::{Backoff, Retry, RetryPolicy, Toleration};

/// GPUs of one vendor: a number is NVIDIA's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gpu {
    /// How many.
    pub count: u32,
    /// The resource's name, as `nvidia.com/gpu`.
    pub resource: String,
}

impl Gpu {
    /// So many of NVIDIA's: `nvidia.com/gpu`.
    pub fn nvidia(count: u32) -> Self {
        Self { count, resource: "nvidia.com/gpu".to_owned() }
    }

    /// So many of AMD's: `amd.com/gpu`.
    pub fn amd(count: u32) -> Self {
        Self { count, resource: "amd.com/gpu".to_owned() }
    }
}

/// What `set_gpu_limit` takes.
#[diagnostic::on_unimplemented(
    message = "[KFP156] `{Self}` is no number of GPUs",
    label = "write a whole number, `1`, or `Gpu::amd(1)` for another vendor"
)]
pub trait IntoGpu {
    #[doc(hidden)]
    fn into_gpu(self) -> Gpu;
}

#[diagnostic::do_not_recommend]
impl IntoGpu for Gpu {
    fn into_gpu(self) -> Gpu {
        self
    }
}

#[diagnostic::do_not_recommend]
impl IntoGpu for u32 {
    fn into_gpu(self) -> Gpu {
        Gpu::nvidia(self)
    }
}

impl Retry {
    /// So many retries after the first attempt.
    pub fn new(limit: u32) -> Self {
        Self { limit, ..Self::default() }
    }

    /// On what; Argo's default is `OnFailure`.
    pub fn policy(mut self, policy: RetryPolicy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// The first wait: `10s`, `2m`; a bare number is seconds.
    pub fn backoff_duration(mut self, duration: impl Into<String>) -> Self {
        self.backoff.get_or_insert_default().duration = Some(duration.into());
        self
    }

    /// Each wait is so many times the one before.
    pub fn backoff_factor(mut self, factor: u32) -> Self {
        self.backoff.get_or_insert_default().factor = Some(factor);
        self
    }

    /// No more attempts after this long: `5m`.
    pub fn backoff_max_duration(mut self, duration: impl Into<String>) -> Self {
        self.backoff.get_or_insert_default().max_duration = Some(duration.into());
        self
    }
}

/// What `set_retry` takes.
#[diagnostic::on_unimplemented(
    message = "[KFP155] `{Self}` does not say how often to try again",
    label = "write a number of retries, `3`, or `Retry::new(3)` with policy and backoff"
)]
pub trait IntoRetry {
    #[doc(hidden)]
    fn into_retry(self) -> Retry;
}

#[diagnostic::do_not_recommend]
impl IntoRetry for Retry {
    fn into_retry(self) -> Retry {
        self
    }
}

#[diagnostic::do_not_recommend]
impl IntoRetry for u32 {
    fn into_retry(self) -> Retry {
        Retry::new(self)
    }
}

impl Toleration {
    /// Tolerates the taint of this key, whatever its value and effect.
    pub fn exists(key: impl Into<String>) -> Self {
        Self { key: Some(key.into()), operator: Some("Exists".to_owned()), ..Self::default() }
    }

    /// Tolerates the taint of this key and value, whatever its effect.
    pub fn equal(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: Some(key.into()), operator: Some("Equal".to_owned()), value: Some(value.into()), ..Self::default() }
    }

    /// Only this effect: `NoSchedule`, `PreferNoSchedule` or `NoExecute`.
    pub fn effect(mut self, effect: impl Into<String>) -> Self {
        self.effect = Some(effect.into());
        self
    }

    /// For so many seconds, of a `NoExecute` taint.
    pub fn seconds(mut self, seconds: i64) -> Self {
        self.toleration_seconds = Some(seconds);
        self
    }
}

/// What `add_toleration` takes.
#[diagnostic::on_unimplemented(
    message = "[KFP157] `{Self}` is no toleration",
    label = "write `Toleration::exists(\"key\")` or `Toleration::equal(\"key\", \"value\")`"
)]
pub trait IntoToleration {
    #[doc(hidden)]
    fn into_toleration(self) -> Toleration;
}

#[diagnostic::do_not_recommend]
impl IntoToleration for Toleration {
    fn into_toleration(self) -> Toleration {
        self
    }
}

/// Options while they are being changed; values in their texts become inputs.
#[derive(Debug)]
pub struct Editor<'e> {
    /// The options.
    pub options: &'e mut Options,
    /// The inputs that texts refer to besides the operation's own.
    pub extra: &'e mut Vec<(Input, Operand)>,
}

impl Editor<'_> {
    /// A text; a value in it becomes an input.
    pub fn text(&mut self, text: BoundText) -> OpText {
        bind(self.extra, text)
    }
}

/// A text as [`IntoText`] gives it: taken apart before the graph is changed, since a value looks into the graph.
pub(super) type BoundText = Result<OpText, (Operand, Shape)>;

/// A text; a value in it becomes an input named `value`, `value_2`, ..
pub(super) fn bind(extra: &mut Vec<(Input, Operand)>, text: BoundText) -> OpText {
    let (operand, shape) = match text {
        Ok(text) => return text,
        Err(value) => value,
    };
    if let Some((input, _)) = extra.iter().find(|(_, bound)| *bound == operand) {
        return OpText::from(OpText::marker(&input.name));
    }
    let name = match extra.len() {
        0 => "value".to_owned(),
        n => format!("value_{}", n + 1),
    };
    let text = OpText::from(OpText::marker(&name));
    extra.push((Input { name, kind: InputKind::Parameter { shape, default: None }, description: None }, operand));
    text
}

/// What has pod options: a task that is one pod or resource, and what describes one.
#[diagnostic::on_unimplemented(message = "[KFP102] `{Self}` has no pod options", label = "not one pod of its own")]
pub trait HasPod {}

#[diagnostic::do_not_recommend]
impl<C: Operation + PodTask> HasPod for Task<'_, C> {}

/// What a task or a component says about its pod: KFP's `BaseOp` and `Container` methods.
///
/// Quantities are Kubernetes': `"500m"`, `"2Gi"`, `"1.5Gi"`. Values of the pipeline are taken as well.
pub trait PodOptions<'s>: Sized {
    /// Changes the options.
    #[doc(hidden)]
    fn edit_options(self, change: impl FnOnce(&mut Editor<'_>)) -> Self;

    /// Sets a limit of any resource by its name. KFP's `add_resource_limit`.
    fn add_resource_limit(self, resource: &str, quantity: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let text = quantity.into_text();
        self.edit_options(|editor| {
            let text = editor.text(text);
            crate::graph::set(&mut editor.options.limits, resource, text);
        })
    }

    /// Sets a request of any resource by its name. KFP's `add_resource_request`.
    fn add_resource_request(self, resource: &str, quantity: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let text = quantity.into_text();
        self.edit_options(|editor| {
            let text = editor.text(text);
            crate::graph::set(&mut editor.options.requests, resource, text);
        })
    }

    /// At most so much memory, in bytes: `"2Gi"`. KFP's `set_memory_limit`.
    fn set_memory_limit(self, memory: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        self.add_resource_limit("memory", memory)
    }

    /// So much memory is reserved, in bytes: `"2Gi"`. KFP's `set_memory_request`.
    fn set_memory_request(self, memory: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        self.add_resource_request("memory", memory)
    }

    /// At most so many cores: `"2"`, `"500m"`. KFP's `set_cpu_limit`.
    fn set_cpu_limit(self, cpu: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        self.add_resource_limit("cpu", cpu)
    }

    /// So many cores are reserved: `"2"`, `"500m"`. KFP's `set_cpu_request`.
    fn set_cpu_request(self, cpu: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        self.add_resource_request("cpu", cpu)
    }

    /// At most so much local disk, in bytes: `"10Gi"`. KFP's `set_ephemeral_storage_limit`.
    fn set_ephemeral_storage_limit(self, size: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        self.add_resource_limit("ephemeral-storage", size)
    }

    /// So much local disk is reserved, in bytes: `"10Gi"`. KFP's `set_ephemeral_storage_request`.
    fn set_ephemeral_storage_request(self, size: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        self.add_resource_request("ephemeral-storage", size)
    }

    /// So many GPUs: a number is NVIDIA's, [`Gpu::amd`] is AMD's. KFP's `set_gpu_limit`.
    fn set_gpu_limit(self, gpu: impl IntoGpu) -> Self
    where
        Self: HasPod,
    {
        let gpu = gpu.into_gpu();
        self.add_resource_limit(&gpu.resource, gpu.count)
    }

    /// Sets an environment variable. KFP's `add_env_variable`.
    fn set_env_variable(self, name: &str, value: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let text = value.into_text();
        self.edit_options(|editor| {
            let value = editor.text(text);
            editor.options.env.retain(|env| env.name != name);
            editor.options.env.push(Env { name: name.to_owned(), value });
        })
    }

    /// Sets a label of the pod. KFP's `add_pod_label`.
    fn add_pod_label(self, key: &str, value: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let text = value.into_text();
        self.edit_options(|editor| {
            let text = editor.text(text);
            crate::graph::set(&mut editor.options.labels, key, text);
        })
    }

    /// Sets an annotation of the pod. KFP's `add_pod_annotation`.
    fn add_pod_annotation(self, key: &str, value: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let text = value.into_text();
        self.edit_options(|editor| {
            let text = editor.text(text);
            crate::graph::set(&mut editor.options.annotations, key, text);
        })
    }

    /// Asks for a node with this label. KFP's `add_node_selector_constraint`.
    fn add_node_selector_constraint(self, label: &str, value: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let text = value.into_text();
        self.edit_options(|editor| {
            let text = editor.text(text);
            crate::graph::set(&mut editor.options.node_selector, label, text);
        })
    }

    /// Tolerates a taint. KFP's `add_toleration`.
    fn add_toleration(self, toleration: impl IntoToleration) -> Self
    where
        Self: HasPod,
    {
        self.edit_options(|editor| editor.options.tolerations.push(toleration.into_toleration()))
    }

    /// Retries: a number, or a [`Retry`] with policy and backoff. KFP's `set_retry`.
    fn set_retry(self, retry: impl IntoRetry) -> Self
    where
        Self: HasPod,
    {
        self.edit_options(|editor| editor.options.retry = Some(retry.into_retry()))
    }

    /// Seconds after which an attempt fails. KFP's `set_timeout`.
    fn set_timeout(self, seconds: u64) -> Self
    where
        Self: HasPod,
    {
        self.edit_options(|editor| editor.options.timeout = Some(seconds))
    }

    /// The name that a user interface shows. KFP's `set_display_name`.
    fn set_display_name(self, name: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let text = name.into_text();
        self.edit_options(|editor| editor.options.display_name = Some(editor.text(text)))
    }

    /// Whether KFP may reuse an earlier result. KFP's `set_caching_options`, with the effect that it promises.
    fn set_caching_options(self, enable: bool) -> Self
    where
        Self: HasPod,
    {
        self.edit_options(|editor| editor.options.caching = Some(enable))
    }

    /// How old a reused result may be, an ISO-8601 duration: `"P30D"`. KFP's
    /// `execution_options.caching_strategy.max_cache_staleness`.
    fn set_max_cache_staleness(self, duration: &str) -> Self
    where
        Self: HasPod,
    {
        self.edit_options(|editor| editor.options.max_cache_staleness = Some(duration.to_owned()))
    }
}

impl<'s, C: Operation> PodOptions<'s> for Task<'s, C> {
    fn edit_options(self, change: impl FnOnce(&mut Editor<'_>)) -> Self {
        self.edit(|node| {
            if let NodeKind::Task(task) = &mut node.kind {
                let options = task.options.get_or_insert_default();
                change(&mut Editor { options, extra: &mut task.extra });
            }
        })
    }
}

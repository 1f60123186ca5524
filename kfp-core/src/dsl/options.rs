//! What a task or a component says about its pod, by KFP's names.

use super::kubernetes::{Affinity, IntoKind, Toleration, Volume};
use super::resource::Resource;
use super::{
    Builder, Editor, FileOutputs, Fixed, IntoCount, IntoRetry, IntoText, Kube, Operation, PodTask, Task, UserContainer,
};
use crate::graph::{Graph, NodeId, NodeKind};

/// What has pod options: a task that is one pod or resource, and what describes one.
#[diagnostic::on_unimplemented(message = "[KFP102] `{Self}` has no pod options", label = "not one pod of its own")]
pub trait HasPod {}

#[diagnostic::do_not_recommend]
impl<C: Operation + PodTask> HasPod for Task<'_, C> {}

#[diagnostic::do_not_recommend]
impl<O: FileOutputs> HasPod for Task<'_, Resource<O>> {}

/// What a task or a component says about its pod: KFP's `BaseOp` methods. Those of its container are
/// [`ContainerOptions`](super::ContainerOptions).
///
/// Values of the pipeline are taken as well.
pub trait PodOptions<'s>: Sized {
    /// Changes the options.
    #[doc(hidden)]
    fn edit_options(self, change: impl FnOnce(&mut Editor<'_>)) -> Self;

    /// Sets a label of the pod. KFP's `add_pod_label`.
    fn add_pod_label(self, key: impl IntoText<'s>, value: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let (key, text) = (key.into_text(), value.into_text());
        self.edit_options(|editor| {
            let (key, text) = (editor.text(key), editor.text(text));
            crate::graph::set(&mut editor.options.labels, key, text);
        })
    }

    /// Sets an annotation of the pod. KFP's `add_pod_annotation`.
    fn add_pod_annotation(self, key: impl IntoText<'s>, value: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let (key, text) = (key.into_text(), value.into_text());
        self.edit_options(|editor| {
            let (key, text) = (editor.text(key), editor.text(text));
            crate::graph::set(&mut editor.options.annotations, key, text);
        })
    }

    /// Asks for a node with this label. KFP's `add_node_selector_constraint`.
    fn add_node_selector_constraint(self, label: impl IntoText<'s>, value: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let (label, value) = (label.into_text(), value.into_text());
        self.edit_options(|editor| {
            let (label, value) = (editor.text(label), editor.text(value));
            crate::graph::set(&mut editor.options.node_selector, label, value);
        })
    }

    /// Tolerates a taint. KFP's `add_toleration`.
    fn add_toleration(self, toleration: impl IntoKind<Toleration<'s>>) -> Self
    where
        Self: HasPod,
    {
        let toleration = toleration.into_kind().0;
        self.edit_options(|editor| {
            let toleration = editor.kube(toleration);
            editor.options.tolerations.push(toleration);
        })
    }

    /// Says on which nodes it runs, in place of what was said before. KFP's `add_affinity`.
    fn add_affinity(self, affinity: impl IntoKind<Affinity<'s>>) -> Self
    where
        Self: HasPod,
    {
        let affinity = affinity.into_kind().0;
        self.edit_options(|editor| editor.options.affinity = Some(editor.kube(affinity)))
    }

    /// Adds a volume, which its containers mount by name. KFP's `add_volume`.
    fn add_volume(self, volume: impl IntoKind<Volume<'s>>) -> Self
    where
        Self: HasPod,
    {
        let volume = volume.into_kind().0;
        self.edit_options(|editor| {
            let volume = editor.kube(volume);
            editor.options.volumes.push(volume);
        })
    }

    /// Adds a container that runs to its end before the main one starts. KFP's `add_init_container`.
    fn add_init_container(self, container: UserContainer<'s>) -> Self
    where
        Self: HasPod,
    {
        self.edit_options(|editor| {
            let container = editor.kube(container.0);
            editor.options.init_containers.push(container);
        })
    }

    /// Adds a container that runs beside the main one. KFP's `add_sidecar`.
    fn add_sidecar(self, container: UserContainer<'s>) -> Self
    where
        Self: HasPod,
    {
        self.edit_options(|editor| {
            let container = editor.kube(container.0);
            editor.options.sidecars.push(container);
        })
    }

    /// Retries: a number, or a [`Retry`](super::Retry) with policy and backoff. KFP's `set_retry`.
    fn set_retry(self, retry: impl IntoRetry<'s>) -> Self
    where
        Self: HasPod,
    {
        let retry = retry.into_retry().0;
        self.edit_options(|editor| editor.options.retry = Some(editor.kube(retry)))
    }

    /// Seconds after which an attempt fails; 0 is never. KFP's `set_timeout`.
    fn set_timeout(self, seconds: impl IntoCount<'s>) -> Self
    where
        Self: HasPod,
    {
        let seconds = Kube::default().count(&[], seconds);
        self.edit_options(|editor| {
            let seconds = editor.kube(seconds);
            editor.options.timeout = Some(seconds).filter(|seconds| *seconds != 0);
        })
    }

    /// The name that a user interface shows. KFP's `set_display_name`.
    fn set_display_name(self, name: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let text = name.into_text();
        self.edit_options(|editor| editor.options.display_name = Some(editor.text(text)))
    }

    /// Whether KFP may reuse an earlier result. KFP's `set_caching_options`, with the effect that it promises. What only a
    /// value of the pipeline says is [`set_max_cache_staleness`](Self::set_max_cache_staleness) with `"P0D"` for never.
    fn set_caching_options(self, enable: impl Fixed<bool>) -> Self
    where
        Self: HasPod,
    {
        let enable = enable.fixed();
        self.edit_options(|editor| editor.options.caching = Some(enable))
    }

    /// How old a reused result may be, an ISO-8601 duration: `"P30D"`. KFP's
    /// `execution_options.caching_strategy.max_cache_staleness`.
    fn set_max_cache_staleness(self, duration: impl IntoText<'s>) -> Self
    where
        Self: HasPod,
    {
        let text = duration.into_text();
        self.edit_options(|editor| editor.options.max_cache_staleness = Some(editor.text(text)))
    }

    /// Gives it to a function of yours that changes it: `task.apply(on_spot_nodes)`. KFP's `apply`.
    fn apply<R>(self, modifier: impl FnOnce(Self) -> R) -> R
    where
        Self: HasPod,
    {
        modifier(self)
    }
}

impl<'s, C: Operation> PodOptions<'s> for Task<'s, C> {
    fn edit_options(self, change: impl FnOnce(&mut Editor<'_>)) -> Self {
        let handle = self.handle();
        handle.builder.edit_task(handle.node, change);
        self
    }
}

impl Builder {
    /// Changes what a task says of its pod; none if the node is no task.
    pub(super) fn edit_task<R>(&self, node: NodeId, change: impl FnOnce(&mut Editor<'_>) -> R) -> Option<R> {
        self.edit(|graph| {
            let Graph { nodes, ops, values, .. } = graph;
            let NodeKind::Task(task) = &mut nodes[node.0 as usize].kind else { return None };
            let options = task.options.get_or_insert_default();
            let (inputs, own) = (&ops[task.op.0 as usize].inputs, Some((node, &values[..])));
            Some(change(&mut Editor { options, inputs, extra: &mut task.extra, own }))
        })
    }
}

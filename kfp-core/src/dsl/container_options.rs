//! What is said about a container, by KFP's names.

use super::kubernetes::{
    ContainerPort, EnvFrom, EnvVar, IntoKind, Lifecycle, Probe, SecurityContext, VolumeDevice, VolumeMount,
};
use super::{IntoFlag, IntoGpu, IntoText, Kube, Operation, PodOptions, PodTask, Task};
use crate::graph::NodeKind;
use crate::graph::kubernetes::{Fields, lay};

/// What has a container of its own: a task that is a pod, what describes one, an init container, a sidecar.
#[diagnostic::on_unimplemented(
    message = "[KFP131] `{Self}` has no container of its own",
    label = "only a component, a `ContainerOp`, a `UserContainer` or a `Sidecar` has"
)]
pub trait HasContainer {}

#[diagnostic::do_not_recommend]
impl<C: Operation + PodTask> HasContainer for Task<'_, C> {}

/// What is said about a container: KFP's `Container` methods.
///
/// Quantities are Kubernetes': `"500m"`, `"2Gi"`, `"1.5Gi"`. Values of the pipeline are taken as well; those that Argo
/// cannot insert in place reach the pod by a patch of it.
pub trait ContainerOptions<'s>: Sized {
    /// Lays fields over those of the container.
    #[doc(hidden)]
    fn lay_over(self, fields: Kube<'s>) -> Self;

    /// The fields that are set, with markers for values.
    #[doc(hidden)]
    fn container_fields(&self) -> Fields;

    /// Sets a limit of any resource by its name. KFP's `add_resource_limit`.
    fn add_resource_limit(self, resource: impl IntoText<'s>, quantity: impl IntoText<'s>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().entry(&["resources", "limits"], resource, quantity))
    }

    /// Sets a request of any resource by its name. KFP's `add_resource_request`.
    fn add_resource_request(self, resource: impl IntoText<'s>, quantity: impl IntoText<'s>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().entry(&["resources", "requests"], resource, quantity))
    }

    /// At most so much memory, in bytes: `"2Gi"`. KFP's `set_memory_limit`.
    fn set_memory_limit(self, memory: impl IntoText<'s>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().text(&["resources", "limits", "memory"], memory))
    }

    /// So much memory is reserved, in bytes: `"2Gi"`. KFP's `set_memory_request`.
    fn set_memory_request(self, memory: impl IntoText<'s>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().text(&["resources", "requests", "memory"], memory))
    }

    /// At most so many cores: `"2"`, `"500m"`. KFP's `set_cpu_limit`.
    fn set_cpu_limit(self, cpu: impl IntoText<'s>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().text(&["resources", "limits", "cpu"], cpu))
    }

    /// So many cores are reserved: `"2"`, `"500m"`. KFP's `set_cpu_request`.
    fn set_cpu_request(self, cpu: impl IntoText<'s>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().text(&["resources", "requests", "cpu"], cpu))
    }

    /// At most so much local disk, in bytes: `"10Gi"`. KFP's `set_ephemeral_storage_limit`.
    fn set_ephemeral_storage_limit(self, size: impl IntoText<'s>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().text(&["resources", "limits", "ephemeral-storage"], size))
    }

    /// So much local disk is reserved, in bytes: `"10Gi"`. KFP's `set_ephemeral_storage_request`.
    fn set_ephemeral_storage_request(self, size: impl IntoText<'s>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().text(&["resources", "requests", "ephemeral-storage"], size))
    }

    /// Adds an environment variable, or replaces the one of its name. KFP's `add_env_variable`.
    fn add_env_variable(self, variable: impl IntoKind<EnvVar<'s>>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().push(&["env"], variable.into_kind().0))
    }

    /// Sets an environment variable. KFP's `set_env_variable`.
    fn set_env_variable(self, name: impl IntoText<'s>, value: impl IntoText<'s>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().push(&["env"], EnvVar::new(name, value).0))
    }

    /// Adds all entries of a secret or a config map as environment variables. KFP's `add_env_from`.
    fn add_env_from(self, source: impl IntoKind<EnvFrom<'s>>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().push(&["envFrom"], source.into_kind().0))
    }

    /// Mounts a volume of the pod. KFP's `add_volume_mount`.
    fn add_volume_mount(self, mount: impl IntoKind<VolumeMount<'s>>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().push(&["volumeMounts"], mount.into_kind().0))
    }

    /// Adds a raw block volume of the pod as a device. KFP's `add_volume_devices`.
    fn add_volume_devices(self, device: impl IntoKind<VolumeDevice<'s>>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().push(&["volumeDevices"], device.into_kind().0))
    }

    /// Adds a port that the container listens on. KFP's `add_port`.
    fn add_port(self, port: impl IntoKind<ContainerPort<'s>>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().push(&["ports"], port.into_kind().0))
    }

    /// As whom the container runs, and what it may do. KFP's `set_security_context`.
    fn set_security_context(self, context: impl IntoKind<SecurityContext<'s>>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().nest(&["securityContext"], context.into_kind().0))
    }

    /// How the node asks whether the container is ready. KFP's `set_readiness_probe`.
    fn set_readiness_probe(self, probe: impl IntoKind<Probe<'s>>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().nest(&["readinessProbe"], probe.into_kind().0))
    }

    /// How the node asks whether the container has started; the other probes wait for that. `startup_probe` of KFP's
    /// `Container`.
    fn set_startup_probe(self, probe: impl IntoKind<Probe<'s>>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().nest(&["startupProbe"], probe.into_kind().0))
    }

    /// How the node asks whether the container is alive; it is restarted if not. KFP's `set_liveness_probe`.
    fn set_liveness_probe(self, probe: impl IntoKind<Probe<'s>>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().nest(&["livenessProbe"], probe.into_kind().0))
    }

    /// What happens after the start and before the stop. KFP's `set_lifecycle`.
    fn set_lifecycle(self, lifecycle: impl IntoKind<Lifecycle<'s>>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().nest(&["lifecycle"], lifecycle.into_kind().0))
    }

    /// `Always`, `IfNotPresent` or `Never`. KFP's `set_image_pull_policy`.
    fn set_image_pull_policy(self, policy: impl IntoText<'s>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().text(&["imagePullPolicy"], policy))
    }

    /// Whether the container has an input that stays open. KFP's `set_stdin`.
    fn set_stdin(self, stdin: impl IntoFlag<'s>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().flag(&["stdin"], stdin))
    }

    /// Whether that input is closed after the first client. KFP's `set_stdin_once`.
    fn set_stdin_once(self, once: impl IntoFlag<'s>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().flag(&["stdinOnce"], once))
    }

    /// Whether the container has a terminal; for that it needs an input. KFP's `set_tty`.
    fn set_tty(self, tty: impl IntoFlag<'s>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().flag(&["tty"], tty))
    }

    /// The file whose content becomes the message of how it ended. KFP's `set_termination_message_path`.
    fn set_termination_message_path(self, path: impl IntoText<'s>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().text(&["terminationMessagePath"], path))
    }

    /// `File` or `FallbackToLogsOnError`. KFP's `set_termination_message_policy`.
    fn set_termination_message_policy(self, policy: impl IntoText<'s>) -> Self
    where
        Self: HasContainer,
    {
        self.lay_over(Kube::default().text(&["terminationMessagePolicy"], policy))
    }

    /// So many GPUs: a number is NVIDIA's, [`Gpu::amd`](super::Gpu::amd) is AMD's. KFP's `set_gpu_limit(gpu, vendor)`.
    fn set_gpu_limit(self, gpu: impl IntoGpu<'s>) -> Self
    where
        Self: HasContainer,
    {
        let gpu = gpu.into_gpu();
        self.add_resource_limit(gpu.resource, gpu.count)
    }

    /// The limit of a resource that is set here, if it is a constant. KFP's `get_resource_limit`.
    fn get_resource_limit(&self, resource: &str) -> Option<String>
    where
        Self: HasContainer,
    {
        resource_of(&self.container_fields(), "limits", resource)
    }

    /// The request of a resource that is set here, if it is a constant. KFP's `get_resource_request`.
    fn get_resource_request(&self, resource: &str) -> Option<String>
    where
        Self: HasContainer,
    {
        resource_of(&self.container_fields(), "requests", resource)
    }
}

fn resource_of(fields: &Fields, kind: &str, resource: &str) -> Option<String> {
    let quantity = fields.get("resources")?.get(kind)?.get(resource)?.as_str()?;
    crate::graph::OpText::from(quantity).literal()
}

/// What is laid over the options of a pod.
pub(super) fn lay_over_pod<'s, T: PodOptions<'s>>(pod: T, fields: Kube<'s>) -> T {
    pod.edit_options(|editor| {
        if let serde_json::Value::Object(fields) = editor.kube(fields) {
            lay(&mut editor.options.container, &fields);
        }
    })
}

impl<'s, C: Operation> ContainerOptions<'s> for Task<'s, C> {
    fn lay_over(self, fields: Kube<'s>) -> Self {
        lay_over_pod(self, fields)
    }

    fn container_fields(&self) -> Fields {
        let handle = self.handle();
        handle.builder.read(|graph| {
            let NodeKind::Task(task) = &graph[handle.node].kind else { return Fields::new() };
            let mut fields = graph[task.op].options.container.clone();
            if let Some(options) = &task.options {
                lay(&mut fields, &options.container);
            }
            fields
        })
    }
}

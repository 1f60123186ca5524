//! What tasks often need, by KFP's names: secrets, claims, kinds of nodes.

use super::kubernetes::{Affinity, EnvVar, NodeRequirement, Toleration, Volume, VolumeMount};
use super::{ContainerOptions, Fixed, HasContainer, HasPod, IntoText, Kube, PodOptions};
use crate::graph::OpText;
use kfp_grammar::name::to_kebab;

/// What tasks often need: KFP's modifiers of `kfp.gcp`, `kfp.aws`, `kfp.azure`, `kfp.onprem` and
/// `kfp.dsl.extensions.kubernetes`, as methods.
pub trait PodHelpers<'s>: PodOptions<'s> + ContainerOptions<'s> + HasPod + HasContainer {
    /// Mounts a secret as files. KFP's `use_secret(secret_name, secret_volume_mount_path)`.
    fn use_secret(self, secret: impl IntoText<'s>, mount_path: impl Fixed<String>) -> Self {
        let mount_path = mount_path.fixed();
        let volume = to_kebab(&mount_path);
        self.add_volume(Volume::secret(&volume, secret)).add_volume_mount(VolumeMount::new(&volume, mount_path))
    }

    /// The same, and says in an environment variable where one of its files is. KFP's `env_variable` and
    /// `secret_file_path_in_volume`.
    fn use_secret_file(
        self,
        secret: impl IntoText<'s>,
        mount_path: impl Fixed<String>,
        variable: impl IntoText<'s>,
        file: impl Fixed<String>,
    ) -> Self {
        let (mount_path, file) = (mount_path.fixed(), file.fixed());
        let path = format!("{}/{}", mount_path.trim_end_matches('/'), file.trim_start_matches('/'));
        self.use_secret(secret, mount_path).set_env_variable(variable, path)
    }

    /// Sets environment variables from keys of a secret, `[("key", "VARIABLE")]`. KFP's `use_k8s_secret`.
    fn use_k8s_secret<K: IntoText<'s>, V: IntoText<'s>>(
        self,
        secret: impl IntoText<'s>,
        keys: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let secret = secret.into_text();
        let set = |pod: Self, (key, variable)| pod.add_env_variable(EnvVar::secret(variable, secret.clone(), key));
        keys.into_iter().fold(self, set)
    }

    /// Gives the key of a Google service account, `user-gcp-sa` say, to Google's libraries. KFP's `use_gcp_secret`.
    fn use_gcp_secret(self, secret: impl IntoText<'s>) -> Self {
        let secret = secret.into_text();
        let name = secret.as_ref().ok().and_then(OpText::literal);
        let path = "/secret/gcp-credentials";
        let volume =
            name.as_ref().map_or_else(|| "gcp-credentials".to_owned(), |name| format!("gcp-credentials-{name}"));
        let file = Kube::default().text(&["value"], secret.clone()).prefixed("value", &format!("{path}/"), ".json");
        let variable = |name: &str| EnvVar(file.clone().text(&["name"], name));
        self.add_volume(Volume::secret(&volume, secret))
            .add_volume_mount(VolumeMount::new(&volume, path))
            .add_env_variable(variable("GOOGLE_APPLICATION_CREDENTIALS"))
            .add_env_variable(variable("CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE"))
    }

    /// Gives the keys `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` of a secret to the libraries of AWS. KFP's
    /// `use_aws_secret`; the region is `.set_env_variable("AWS_REGION", ..)`.
    fn use_aws_secret(self, secret: impl IntoText<'s>) -> Self {
        self.use_k8s_secret(secret, ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map(|key| (key, key)))
    }

    /// Gives the service principal in a secret, `azcreds` say, to Azure's libraries. KFP's `use_azure_secret`.
    fn use_azure_secret(self, secret: impl IntoText<'s>) -> Self {
        let keys = ["AZ_SUBSCRIPTION_ID", "AZ_TENANT_ID", "AZ_CLIENT_ID", "AZ_CLIENT_SECRET"];
        self.use_k8s_secret(secret, keys.map(|key| (key, key)))
    }

    /// Mounts a claim. KFP's `mount_pvc(pvc_name, volume_name, volume_mount_path)`.
    fn mount_pvc(self, claim: impl IntoText<'s>, volume: impl Fixed<String>, mount_path: impl IntoText<'s>) -> Self {
        let volume = volume.fixed();
        self.add_volume(Volume::pvc(&volume, claim)).add_volume_mount(VolumeMount::new(volume, mount_path))
    }

    /// Takes cores of a TPU of Google's cloud, of a kind such as `v3` or `preemptible-v2`. KFP's `use_tpu`.
    fn use_tpu(self, cores: impl IntoText<'s>, kind: impl Fixed<String>, tensorflow: impl IntoText<'s>) -> Self {
        self.add_pod_annotation("tf-version.cloud-tpus.google.com", tensorflow)
            .add_resource_limit(format!("cloud-tpus.google.com/{}", kind.fixed()), cores)
    }

    /// Goes to preemptible nodes of Google's cloud: rather, or with `hard_constraint` only. KFP's
    /// `use_preemptible_nodepool`.
    fn use_preemptible_nodepool(self, hard_constraint: impl Fixed<bool>) -> Self {
        let preemptible = || [NodeRequirement::is_in("cloud.google.com/gke-preemptible", ["true"])];
        let affinity = match hard_constraint.fixed() {
            true => Affinity::new().require_node(preemptible()),
            false => Affinity::new().prefer_node(50, preemptible()),
        };
        self.add_toleration(Toleration::equal("preemptible", "true").effect("NoSchedule")).add_affinity(affinity)
    }

    /// Tolerates the taint of Google's nodes with GPUs. KFP's `add_gpu_toleration`.
    fn add_gpu_toleration(self) -> Self {
        self.add_toleration(Toleration::equal("nvidia.com/gpu", "true").effect("NoSchedule"))
    }

    /// Sets limits of memory and CPU, which are the requests as well, for what has no limit of its own. KFP's
    /// `add_default_resource_spec`.
    fn add_default_resource_spec(self, memory: impl IntoText<'s>, cpu: impl IntoText<'s>) -> Self {
        let one = default_resource(self, "memory", memory.into_text());
        default_resource(one, "cpu", cpu.into_text())
    }
}

fn default_resource<'s, T: PodHelpers<'s>>(pod: T, resource: &str, quantity: super::BoundText) -> T {
    let fields = pod.container_fields();
    let set = |kind: &str| fields.get("resources").and_then(|all| all.get(kind)?.get(resource)).is_some();
    if set("limits") {
        return pod;
    }
    let limited = pod.add_resource_limit(resource, quantity.clone());
    if set("requests") { limited } else { limited.add_resource_request(resource, quantity) }
}

impl<'s, T: PodOptions<'s> + ContainerOptions<'s> + HasPod + HasContainer> PodHelpers<'s> for T {}

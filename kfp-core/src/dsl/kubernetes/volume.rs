//! Volumes of a pod, and where its containers have them.

use super::kind;
use crate::dsl::{Fixed, IntoCount, IntoFlag, IntoText, Kube};

kind! {
    /// A volume of a pod, under a name of the pod's own. Kubernetes' `Volume`, the Python client's `V1Volume`.
    Volume
}

impl<'s> Volume<'s> {
    fn named(name: impl Fixed<String>) -> Kube<'s> {
        Kube::default().text(&["name"], name.fixed())
    }

    /// The claim of this name. Kubernetes' `persistentVolumeClaim`.
    pub fn pvc(name: impl Fixed<String>, claim: impl IntoText<'s>) -> Self {
        Self(Self::named(name).text(&["persistentVolumeClaim", "claimName"], claim))
    }

    /// The keys of a secret as files.
    pub fn secret(name: impl Fixed<String>, secret: impl IntoText<'s>) -> Self {
        Self(Self::named(name).text(&["secret", "secretName"], secret))
    }

    /// The keys of a config map as files.
    pub fn config_map(name: impl Fixed<String>, config_map: impl IntoText<'s>) -> Self {
        Self(Self::named(name).text(&["configMap", "name"], config_map))
    }

    /// An empty folder that lives as long as the pod.
    pub fn empty_dir(name: impl Fixed<String>) -> Self {
        Self(Self::named(name).nest(&["emptyDir"], Kube::default()))
    }

    /// An empty folder in memory: `/dev/shm`.
    pub fn memory(name: impl Fixed<String>) -> Self {
        Self(Self::named(name).text(&["emptyDir", "medium"], "Memory"))
    }

    /// A folder or a file of the node.
    pub fn host_path(name: impl Fixed<String>, path: impl IntoText<'s>) -> Self {
        Self(Self::named(name).text(&["hostPath", "path"], path))
    }

    /// A folder of an NFS server.
    pub fn nfs(name: impl Fixed<String>, server: impl IntoText<'s>, path: impl IntoText<'s>) -> Self {
        Self(Self::named(name).text(&["nfs", "server"], server).text(&["nfs", "path"], path))
    }

    /// At most so many bytes of an empty folder: `1Gi`.
    pub fn size_limit(self, size: impl IntoText<'s>) -> Self {
        Self(self.0.text(&["emptyDir", "sizeLimit"], size))
    }

    /// Only this key of the secret or config map, as this file; said again, another one.
    pub fn item(self, key: impl IntoText<'s>, path: impl IntoText<'s>) -> Self {
        let item = Kube::default().text(&["key"], key).text(&["path"], path);
        let source = self.source();
        Self(self.0.push(&[source, "items"], item))
    }

    /// Rights of the files of a secret or config map: `0o400`.
    pub fn default_mode(self, mode: impl IntoCount<'s>) -> Self {
        let source = self.source();
        Self(self.0.count(&[source, "defaultMode"], mode))
    }

    /// Whether the secret or the config map may be missing.
    pub fn optional(self, optional: impl IntoFlag<'s>) -> Self {
        let source = self.source();
        Self(self.0.flag(&[source, "optional"], optional))
    }

    /// Whether nobody may write to a claim or an NFS folder.
    pub fn read_only(self, read_only: impl IntoFlag<'s>) -> Self {
        let source = if self.0.json.get("nfs").is_some() { "nfs" } else { "persistentVolumeClaim" };
        Self(self.0.flag(&[source, "readOnly"], read_only))
    }

    fn source(&self) -> &'static str {
        if self.0.json.get("configMap").is_some() { "configMap" } else { "secret" }
    }
}

kind! {
    /// Where a container has a volume. Kubernetes' `VolumeMount`.
    VolumeMount
}

impl<'s> VolumeMount<'s> {
    /// The volume of this name at this path.
    pub fn new(volume: impl Fixed<String>, mount_path: impl IntoText<'s>) -> Self {
        Self(Kube::default().text(&["name"], volume.fixed()).text(&["mountPath"], mount_path))
    }

    /// A folder or a file of the volume in place of the whole.
    pub fn sub_path(self, path: impl IntoText<'s>) -> Self {
        Self(self.0.text(&["subPath"], path))
    }

    /// The same with environment variables in it: `$(POD_NAME)`.
    pub fn sub_path_expr(self, path: impl IntoText<'s>) -> Self {
        Self(self.0.text(&["subPathExpr"], path))
    }

    /// Whether the container may not write to it.
    pub fn read_only(self, read_only: impl IntoFlag<'s>) -> Self {
        Self(self.0.flag(&["readOnly"], read_only))
    }

    /// `None` (the default), `HostToContainer` or `Bidirectional`.
    pub fn mount_propagation(self, propagation: impl IntoText<'s>) -> Self {
        Self(self.0.text(&["mountPropagation"], propagation))
    }
}

kind! {
    /// A raw block volume as a device. Kubernetes' `VolumeDevice`.
    VolumeDevice
}

impl<'s> VolumeDevice<'s> {
    /// The volume of this name at this path: `/dev/xvda`.
    pub fn new(volume: impl Fixed<String>, device_path: impl IntoText<'s>) -> Self {
        Self(Kube::default().text(&["name"], volume.fixed()).text(&["devicePath"], device_path))
    }
}

kind! {
    /// A claim that each run makes for itself, under the name that its pods mount it by. Argo's `volumeClaimTemplates`, Kubernetes'
    /// `PersistentVolumeClaim`.
    VolumeClaimTemplate
}

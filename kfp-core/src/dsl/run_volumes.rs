//! Volumes of a whole run: every pod may mount them by name.

use super::kubernetes::{IntoKind, Volume, VolumeClaimTemplate};
use super::{Fixed, IntoText, Kube, PipelineConf, VOLUME_MODE_RWO};

impl<'s> VolumeClaimTemplate<'s> {
    /// A claim of this name and size (`10Gi`) for a volume that one node at a time may read and write.
    pub fn new(name: impl Fixed<String>, size: impl IntoText<'s>) -> Self {
        let claim = Kube::default().text(&["metadata", "name"], name.fixed());
        let claim = claim.texts(&["spec", "accessModes"], VOLUME_MODE_RWO.iter().copied());
        Self(claim.text(&["spec", "resources", "requests", "storage"], size))
    }

    /// Who may mount it: [`VOLUME_MODE_RWO`] (the default), [`VOLUME_MODE_RWM`](super::VOLUME_MODE_RWM),
    /// [`VOLUME_MODE_ROM`](super::VOLUME_MODE_ROM).
    pub fn modes(self, modes: &[&str]) -> Self {
        Self(self.0.field(&["spec", "accessModes"], modes))
    }

    /// The storage class, in place of the cluster's default.
    pub fn storage_class(self, class: impl IntoText<'s>) -> Self {
        Self(self.0.text(&["spec", "storageClassName"], class))
    }
}

impl PipelineConf {
    /// A volume that every pod of the run may mount by its name. Argo's `volumes` of a workflow.
    ///
    /// ```
    /// use kfp_core::dsl::{ContainerOp, ContainerOptions, PipelineConf, Volume, VolumeMount};
    ///
    /// let conf = PipelineConf::new().add_volume(Volume::pvc("models", "our-models").read_only(true));
    /// // and in a component, or on a task:
    /// let op = ContainerOp::new("serve", "acme/serve:1").add_volume_mount(VolumeMount::new("models", "/models"));
    /// # let _ = (conf, op);
    /// ```
    #[track_caller]
    pub fn add_volume(self, volume: impl IntoKind<Volume<'static>>) -> Self {
        let volume = volume.into_kind().0.json;
        self.with("volume", |conf| conf.volumes.push(volume))
    }

    /// A claim that each run makes for itself, and that every pod of it may mount by its name; when it is deleted,
    /// [`set_volume_claim_gc`](Self::set_volume_claim_gc) says. Argo's `volumeClaimTemplates`.
    ///
    /// ```
    /// use kfp_core::dsl::{PipelineConf, VOLUME_MODE_RWM, VolumeClaimTemplate};
    ///
    /// let conf = PipelineConf::new()
    ///     .add_volume_claim_template(VolumeClaimTemplate::new("work", "10Gi").modes(VOLUME_MODE_RWM))
    ///     .set_volume_claim_gc("OnWorkflowCompletion");
    /// # let _ = conf;
    /// ```
    #[track_caller]
    pub fn add_volume_claim_template(self, claim: impl IntoKind<VolumeClaimTemplate<'static>>) -> Self {
        let claim = claim.into_kind().0.json;
        self.with("volume_claim_template", |conf| conf.volume_claims.push(claim))
    }
}

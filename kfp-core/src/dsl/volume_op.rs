//! `VolumeOp`: a claim for a volume.

use super::resource::add_resource;
use super::{
    Addable, FileOutputs, Fixed, Handle, IntoManifest, IntoText, IntoTexts, Kube, OutputField, PipelineVolume,
    Resource, Returned, Scope, Task, Value, WORKFLOW_NAME,
};
use crate::diagnostic::Place;
use crate::graph::{OpText, ResourceAction, Shape};
use kfp_grammar::name::to_kebab;
use serde_json::json;

/// One node at a time may read and write. KFP's constant of this name.
pub const VOLUME_MODE_RWO: &[&str] = &["ReadWriteOnce"];
/// Many nodes may read and write. KFP's constant of this name.
pub const VOLUME_MODE_RWM: &[&str] = &["ReadWriteMany"];
/// Many nodes may read. KFP's constant of this name.
pub const VOLUME_MODE_ROM: &[&str] = &["ReadOnlyMany"];

/// The outputs of a claim besides `name` and `manifest`.
#[derive(Debug)]
pub struct Claim;

/// The size that a claim or a snapshot really has.
#[derive(Clone, Copy)]
pub struct SizeField<'s> {
    /// In bytes, as a quantity: `10Gi`.
    pub size: Value<'s, String>,
}

impl Returned for Claim {
    type Fields<'s> = SizeField<'s>;

    fn declare() -> Vec<OutputField> {
        size_output("{.status.capacity.storage}")
    }

    fn fields(node: Handle<'_>, first: u32) -> SizeField<'_> {
        SizeField { size: node.output(first, Shape::Text) }
    }
}

/// The output of [`SizeField`], where the resource says it.
pub(super) fn size_output(path: &'static str) -> Vec<OutputField> {
    vec![OutputField { name: "size", json: "size", shape: Shape::Text, choices: &[], path: Some(path) }]
}

impl FileOutputs for Claim {
    type Returned = Self;
}

/// Makes a `PersistentVolumeClaim`, in a pipeline's body. KFP's `VolumeOp`.
///
/// Its outputs are `name`, `manifest` and `size`; [`volume`](Task::volume) is what tasks mount.
#[derive(Clone, Debug)]
pub struct VolumeOp<'s> {
    name: String,
    claim: Kube<'s>,
}

impl<'s> VolumeOp<'s> {
    /// A claim of this size, `10Gi`, for a volume that many nodes may write to. Its name is `resource_name` after the name
    /// of the workflow.
    pub fn new(name: impl Fixed<String>, resource_name: impl IntoText<'s>, size: impl IntoText<'s>) -> Self {
        let claim = json!({"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {}, "spec": {}});
        let claim =
            named(Kube::new(claim), resource_name).texts(&["spec", "accessModes"], VOLUME_MODE_RWM.iter().copied());
        Self { name: name.fixed(), claim: claim.text(&["spec", "resources", "requests", "storage"], size) }
    }

    /// A claim that is written out. KFP's `k8s_resource`.
    pub fn from_resource(name: impl Fixed<String>, claim: impl IntoManifest<'s>) -> Self {
        Self { name: name.fixed(), claim: claim.into_manifest().into_kube() }
    }
}

/// Gives a resource a name of its own in each run.
pub(super) fn named<'s>(resource: Kube<'s>, name: impl IntoText<'s>) -> Kube<'s> {
    let mut named = resource.text(&["metadata", "name"], name);
    let name = named.json["metadata"]["name"].as_str().unwrap_or_default();
    let clean = OpText::from(name).literal().map(|name| to_kebab(&name.to_lowercase()));
    named.json["metadata"]["name"] = format!("{WORKFLOW_NAME}-{}", clean.as_deref().unwrap_or(name)).into();
    named
}

impl<'s, 'a: 's> Addable<'s> for VolumeOp<'a> {
    type Task = Task<'s, Resource<Claim>>;

    fn add(self, scope: &'s Scope<'_>, place: Place) -> Self::Task {
        add_resource(scope, place, Some(self.name), ResourceAction::Create, self.claim)
    }
}

impl<'s> Task<'s, Resource<Claim>> {
    /// The volume, for the tasks that mount it: they wait for the claim. KFP's `.volume`.
    pub fn volume(&self) -> PipelineVolume<'s> {
        let handle = self.handle();
        let name = handle.builder.read(|graph| to_kebab(&graph[handle.node].name));
        PipelineVolume::pvc(self.name).name(&name)
    }

    /// Who may mount it: [`VOLUME_MODE_RWM`] (the default), [`VOLUME_MODE_RWO`], [`VOLUME_MODE_ROM`]. KFP's `modes`.
    pub fn modes(self, modes: impl IntoTexts<'s>) -> Self {
        self.put(&["spec", "accessModes"], Kube::default().texts(&["value"], modes.into_texts()))
    }

    /// The storage class, in place of the cluster's default. KFP's `storage_class`.
    pub fn storage_class(self, class: impl IntoText<'s>) -> Self {
        self.set_text(&["spec", "storageClassName"], class)
    }

    /// The snapshot that the volume begins as, by its name. KFP's `data_source`.
    pub fn data_source(self, snapshot: impl IntoText<'s>) -> Self {
        self.set("/spec/dataSource/apiGroup", "snapshot.storage.k8s.io")
            .set("/spec/dataSource/kind", "VolumeSnapshot")
            .set_text(&["spec", "dataSource", "name"], snapshot)
    }

    /// The persistent volume that it has to be. KFP's `volume_name`.
    pub fn volume_name(self, name: impl IntoText<'s>) -> Self {
        self.set_text(&["spec", "volumeName"], name)
    }

    /// Whether its name begins with that of the workflow, so that each run makes its own; `true` by default. KFP's
    /// `generate_unique_name`.
    pub fn generate_unique_name(self, unique: impl Fixed<bool>) -> Self {
        let unique = unique.fixed();
        let prefix = format!("{WORKFLOW_NAME}-");
        self.edit_manifest(|manifest| {
            let name = manifest["metadata"]["name"].as_str().unwrap_or_default();
            let plain = name.strip_prefix(&prefix).unwrap_or(name);
            manifest["metadata"]["name"] = if unique { format!("{prefix}{plain}") } else { plain.to_owned() }.into();
        })
    }

    /// Sets annotations of the claim. KFP's `annotations`.
    pub fn annotations<K: IntoText<'s>, T: IntoText<'s>>(self, annotations: impl IntoIterator<Item = (K, T)>) -> Self {
        annotations
            .into_iter()
            .fold(self, |task, (key, value)| task.set_entry(&["metadata", "annotations"], key, value))
    }
}

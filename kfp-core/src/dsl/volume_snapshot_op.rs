//! `VolumeSnapshotOp`: a snapshot of a volume.

use super::kubernetes::{IntoKind, Volume};
use super::resource::add_resource;
use super::volume_op::{SizeField, named, size_output};
use super::{
    Addable, FileOutputs, Fixed, Handle, IntoManifest, IntoText, Kube, OutputField, PipelineVolume, Resource, Returned,
    Scope, Task, Value,
};
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{NodeId, ResourceAction, Shape};
use kfp_grammar::Code;
use serde_json::json;

/// A snapshot of a volume without a claim.
const NO_CLAIM: Code = Code(249);

/// The outputs of a snapshot besides `name` and `manifest`.
#[derive(Debug)]
pub struct Snapshot;

impl Returned for Snapshot {
    type Fields<'s> = SizeField<'s>;

    fn declare() -> Vec<OutputField> {
        size_output("{.status.restoreSize}")
    }

    fn fields(node: Handle<'_>, first: u32) -> SizeField<'_> {
        SizeField { size: node.output(first, Shape::Text) }
    }
}

impl FileOutputs for Snapshot {
    type Returned = Self;
}

/// The API of snapshots that clusters have today.
const API: &str = "snapshot.storage.k8s.io/v1";
/// How that API names the claim, and how the alpha versions did.
const CLAIM: [&str; 3] = ["spec", "source", "persistentVolumeClaimName"];

/// Makes a `VolumeSnapshot`, in a pipeline's body, and waits until it is ready. KFP's `VolumeSnapshotOp`.
///
/// Its outputs are `name`, `manifest` and `size`; `name` is what [`VolumeOp`](super::VolumeOp)'s `data_source` takes.
#[derive(Clone, Debug)]
pub struct VolumeSnapshotOp<'s> {
    name: String,
    snapshot: Kube<'s>,
    after: Vec<NodeId>,
    claimless: bool,
}

impl<'s> VolumeSnapshotOp<'s> {
    /// A snapshot of a claim, by its name. Its own name is `resource_name` after the name of the workflow. KFP's `pvc`.
    pub fn of_pvc(name: impl Fixed<String>, resource_name: impl IntoText<'s>, pvc: impl IntoText<'s>) -> Self {
        let snapshot = json!({"apiVersion": API, "kind": "VolumeSnapshot", "metadata": {}, "spec": {}});
        let snapshot = named(Kube::new(snapshot), resource_name).text(&CLAIM, pvc);
        Self { name: name.fixed(), snapshot, after: Vec::new(), claimless: false }
    }

    /// A snapshot of a volume that is a claim, after the tasks that had it. KFP's `volume`.
    pub fn of_volume(
        name: impl Fixed<String>,
        resource_name: impl IntoText<'s>,
        volume: impl IntoKind<PipelineVolume<'s>>,
    ) -> Self {
        let volume = volume.into_kind();
        let after = volume.waits_for().to_vec();
        let Volume(mut volume) = volume.into_kind();
        let mut op = Self { after, ..Self::of_pvc(name, resource_name, "") };
        match volume.json.pointer("/persistentVolumeClaim/claimName").cloned() {
            Some(claim) => {
                volume.json = claim;
                op.snapshot = op.snapshot.nest(&CLAIM, volume);
            }
            None => op.claimless = true,
        }
        op
    }

    /// A snapshot that is written out. KFP's `k8s_resource`.
    pub fn from_resource(name: impl Fixed<String>, snapshot: impl IntoManifest<'s>) -> Self {
        let snapshot = snapshot.into_manifest().into_kube();
        Self { name: name.fixed(), snapshot, after: Vec::new(), claimless: false }
    }
}

impl<'s, 'a: 's> Addable<'s> for VolumeSnapshotOp<'a> {
    type Task = Task<'s, Resource<Snapshot>>;

    fn add(self, scope: &'s Scope<'_>, place: Place) -> Self::Task {
        if self.claimless {
            let message = format!("`{}` is a snapshot of a volume that is no claim", self.name);
            let help =
                "only the volume of a claim has snapshots: `PipelineVolume::pvc(..)`, `VolumeOp::new(..).volume()`";
            scope.builder().report(Diagnostic::error(NO_CLAIM, place, message).help(help));
        }
        let task: Self::Task = add_resource(scope, place, Some(self.name), ResourceAction::Create, self.snapshot);
        task.edit(|node| node.after.extend(self.after)).success_condition("status.readyToUse == true")
    }
}

impl<'s> Task<'s, Resource<Snapshot>> {
    /// The name of the snapshot, for `data_source`. KFP's `.snapshot`.
    pub fn snapshot(&self) -> Value<'s, String> {
        self.name
    }

    /// The snapshot class, in place of the cluster's default. KFP's `snapshot_class`.
    pub fn snapshot_class(self, class: impl IntoText<'s>) -> Self {
        self.set_text(&["spec", "volumeSnapshotClassName"], class)
    }

    /// Sets annotations of the snapshot. KFP's `annotations`.
    pub fn annotations<K: IntoText<'s>, T: IntoText<'s>>(self, annotations: impl IntoIterator<Item = (K, T)>) -> Self {
        annotations
            .into_iter()
            .fold(self, |task, (key, value)| task.set_entry(&["metadata", "annotations"], key, value))
    }

    /// Another version of the API: `snapshot.storage.k8s.io/v1alpha1`, whose fields are others, is what KFP takes by
    /// default and clusters have had until Kubernetes 1.17. Said after all else. KFP's `api_version`.
    pub fn api_version(self, version: impl Fixed<String>) -> Self {
        let version = version.fixed();
        let is_alpha = version.ends_with("/v1alpha1");
        self.edit_manifest(|manifest| {
            manifest["apiVersion"] = version.into();
            let Some(spec) = manifest["spec"].as_object_mut().filter(|_| is_alpha) else { return };
            if let Some(claim) =
                spec.get_mut("source").and_then(|source| source.get_mut(CLAIM[2])).map(serde_json::Value::take)
            {
                spec.insert("source".to_owned(), json!({"kind": "PersistentVolumeClaim", "name": claim}));
            }
            if let Some(class) = spec.remove("volumeSnapshotClassName") {
                spec.insert("snapshotClassName".to_owned(), class);
            }
        })
    }
}

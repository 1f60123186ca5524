//! Claims, snapshots, volumes that are passed on.
//!
//! The SDK writes snapshots of an API that is gone; here it has to be asked for.

use super::steps::say;
use super::{Named, named};
use kfp::prelude::*;

#[pipeline]
pub(super) fn claim_made(#[default("1Gi")] size: String) {
    let claim = VolumeOp::new("disk", "scratch", size)
        .modes(VOLUME_MODE_RWO)
        .storage_class("fast")
        .annotations([("team", "a")]);
    say(claim.name);
    say(claim.size);
    ContainerOp::new("first", "busybox:1.36").command(["ls", "/data"]).add_pvolume("/data", claim.volume());
}

#[pipeline]
pub(super) fn volume_passed_on() {
    let claim = VolumeOp::new("disk", "scratch", "1Gi");
    let first = ContainerOp::new("first", "busybox:1.36").command(["ls", "/data"]).add_pvolume("/data", claim.volume());
    let second =
        ContainerOp::new("second", "busybox:1.36").command(["ls", "/data"]).add_pvolume("/data", first.pvolume());
    let third = ContainerOp::new("third", "busybox:1.36")
        .command(["ls", "/data"])
        .add_pvolume("/data", first.pvolumes("/data"));
    ContainerOp::new("last", "busybox:1.36")
        .command(["ls", "/data"])
        .add_pvolume("/data", claim.volume().after(second).after(third));
}

#[pipeline]
pub(super) fn volumes_that_are_there(claim: String) {
    let first = ContainerOp::new("first", "busybox:1.36")
        .command(["ls", "/data"])
        .add_pvolume("/data", PipelineVolume::pvc("data"));
    ContainerOp::new("second", "busybox:1.36")
        .command(["ls", "/data"])
        .add_pvolumes([("/data", first.pvolume()), ("/more", PipelineVolume::pvc(claim))]);
    ContainerOp::new("third", "busybox:1.36")
        .command(["ls", "/data"])
        .add_pvolume("/data", PipelineVolume::new(Volume::empty_dir("scratch")));
}

#[pipeline]
pub(super) fn snapshots() {
    let claim = VolumeOp::new("disk", "scratch", "1Gi");
    let first = ContainerOp::new("first", "busybox:1.36").command(["ls", "/data"]).add_pvolume("/data", claim.volume());
    let kept = VolumeSnapshotOp::of_volume("keep", "kept", first.pvolume())
        .snapshot_class("fast")
        .annotations([("team", "a")])
        .api_version("snapshot.storage.k8s.io/v1alpha1");
    let again = VolumeOp::new("again", "again", "2Gi").data_source(kept.snapshot());
    ContainerOp::new("second", "busybox:1.36").command(["ls", "/data"]).add_pvolume("/data", again.volume());
}

#[pipeline]
pub(super) fn claim_named() {
    let claim = VolumeOp::new("disk", "my-disk", "1Gi").generate_unique_name(false);
    say(claim.name);
}

#[pipeline]
pub(super) fn snapshot_of_a_claim(claim: String) {
    let kept = VolumeSnapshotOp::of_pvc("keep", "kept", claim).api_version("snapshot.storage.k8s.io/v1alpha1");
    say(kept.size);
    say(kept.name);
}

#[pipeline]
pub(super) fn claims_written_out(volume: String) {
    VolumeOp::new("bound", "bound", "1Gi").volume_name(volume).modes(VOLUME_MODE_ROM);
    VolumeOp::from_resource(
        "written",
        serde_json::json!({
            "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "plain"},
            "spec": {"accessModes": ["ReadOnlyMany"], "resources": {"requests": {"storage": "1Gi"}}},
        }),
    );
}

#[pipeline]
pub(super) fn volume_in_groups(names: Vec<String>) {
    let claim = VolumeOp::new("disk", "scratch", "1Gi");
    for name in names {
        ContainerOp::new("write", "busybox:1.36")
            .command(["touch"])
            .arg(format!("/data/{name}"))
            .add_pvolume("/data", claim.volume());
    }
}

pub(super) const ALL: &[Named] = named! {
    claim_made volume_passed_on volumes_that_are_there snapshots claim_named snapshot_of_a_claim claims_written_out
    volume_in_groups
};

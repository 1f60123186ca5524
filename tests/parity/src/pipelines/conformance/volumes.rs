//! Claims and snapshots.

use kfp::prelude::*;

const BASH: &str = "library/bash:4.4.23";

#[pipeline(name = "VolumeOp Basic", description = "A Basic Example on VolumeOp Usage.")]
pub(super) fn basic(size: String) {
    let claim = VolumeOp::new("create-pvc", "my-pvc", size);
    ContainerOp::new("cop", BASH)
        .command(["sh", "-c"])
        .arg("echo foo > /mnt/file1")
        .add_pvolume("/mnt", claim.volume());
}

#[pipeline(name = "VolumeOp Parallel", description = "The first example of the design doc.")]
pub(super) fn parallel() {
    let claim = VolumeOp::new("create-pvc", "my-pvc", "10Gi").modes(VOLUME_MODE_RWM);
    ContainerOp::new("step1", BASH)
        .command(["sh", "-c"])
        .arg("echo 1 | tee /mnt/file1")
        .add_pvolume("/mnt", claim.volume());
    ContainerOp::new("step2", BASH)
        .command(["sh", "-c"])
        .arg("echo 2 | tee /common/file2")
        .add_pvolume("/common", claim.volume());
    ContainerOp::new("step3", BASH)
        .command(["sh", "-c"])
        .arg("echo 3 | tee /mnt3/file3")
        .add_pvolume("/mnt3", claim.volume());
}

#[pipeline(name = "VolumeSnapshotOp Sequential", description = "The fourth example of the design doc.")]
pub(super) fn snapshots(url: String) {
    let api = "snapshot.storage.k8s.io/v1alpha1";
    let claim = VolumeOp::new("create_volume", "vol1", "1Gi").modes(VOLUME_MODE_RWM);
    let first = ContainerOp::new("step1_ingest", "google/cloud-sdk:279.0.0")
        .command(["sh", "-c"])
        .arg(format!("mkdir /data/step1 && gsutil cat {url} | gzip -c >/data/step1/file1.gz"))
        .add_pvolume("/data", claim.volume());
    VolumeSnapshotOp::of_volume("step1_snap", "step1_snap", first.pvolume()).api_version(api);
    let second = ContainerOp::new("step2_gunzip", BASH)
        .command(["sh", "-c"])
        .arg("mkdir /data/step2 && gunzip /data/step1/file1.gz -c >/data/step2/file1")
        .add_pvolume("/data", first.pvolume());
    VolumeSnapshotOp::of_volume("step2_snap", "step2_snap", second.pvolume()).api_version(api);
    let third = ContainerOp::new("step3_copy", BASH)
        .command(["sh", "-c"])
        .arg("mkdir /data/step3 && cp -av /data/step2/file1 /data/step3/file3")
        .add_pvolume("/data", second.pvolume());
    VolumeSnapshotOp::of_volume("step3_snap", "step3_snap", third.pvolume()).api_version(api);
    ContainerOp::new("step4_output", BASH)
        .command(["cat", "/data/step2/file1", "/data/step3/file3"])
        .add_pvolume("/data", third.pvolume());
}

//! Claims, snapshots, and volumes that tasks pass on.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{flip, print};
use kfp::prelude::*;

#[component]
fn fill(claim: String) -> ContainerOp {
    ContainerOp::new("fill", "busybox:1.36")
        .command(["sh", "-c", "date > /data/when"])
        .add_volume(Volume::pvc("own", claim))
        .add_volume_mount(VolumeMount::new("own", "/data"))
}

#[pipeline]
fn volumes(size: String, class: String, existing: String) {
    let made = VolumeOp::new("make-disk", "scratch", size)
        .modes(VOLUME_MODE_RWO)
        .storage_class(class)
        .annotations([("team", "a")])
        .set_owner_reference(true);
    print(made.name);
    let disk = made.volume();
    let first = ContainerOp::new("first", "busybox:1.36")
        .command(["sh", "-c", "date > /mnt/first"])
        .add_pvolume("/mnt", disk.clone());
    let second = ContainerOp::new("second", "busybox:1.36")
        .command(["cat", "/data/first"])
        .add_pvolumes([("/data", first.pvolume()), ("/old", PipelineVolume::pvc(existing))]);
    // Beside `second`, and still after `first`.
    ContainerOp::new("third", "busybox:1.36").command(["ls", "/data"]).add_pvolume("/data", first.pvolumes("/mnt"));
    let kept = VolumeSnapshotOp::of_volume("keep", "counted", second.pvolumes("/data")).snapshot_class("fast");
    let again =
        VolumeOp::new("from-snapshot", "again", "20Gi").data_source(kept.snapshot()).generate_unique_name(false);
    print(again.size);
    ResourceOp::delete(made).after(kept);
    let filled = fill(existing);
    ContainerOp::new("after-fill", "busybox:1.36")
        .command(["ls", "/in"])
        .add_pvolume("/in", filled.pvolume().after(kept));
    VolumeSnapshotOp::of_pvc("old-api", "old", "data").api_version("snapshot.storage.k8s.io/v1alpha1");
    VolumeOp::from_resource(
        "written-out",
        serde_json::json!({
            "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "plain"},
            "spec": {"accessModes": ["ReadOnlyMany"], "resources": {"requests": {"storage": "1Gi"}}},
        }),
    );
}

#[test]
fn claims_and_what_is_done_with_them() {
    check(
        "volumes",
        &[
            "make a claim of SIZE, print its name; first on it; then second (which also has EXISTING) and third beside each other",
            "a snapshot after second; from it another claim, print its size; then delete the first claim",
            "fill EXISTING, and list it after that and after the snapshot; a snapshot of the claim data; a claim named plain",
        ],
        volumes::workflow(),
    );
}

#[component(
    image = "acme/read_rows:1",
    cpu = "2",
    cpu_request = "500m",
    memory = "4Gi",
    memory_request = "1Gi",
    ephemeral_storage = "10Gi",
    gpu = 1,
    timeout = 600,
    image_pull_policy = "Always",
    display_name = "Train it"
)]
fn read_rows(epochs: i64) -> i64 {
    epochs + 1
}

#[pipeline]
fn helpers(secret: String) {
    flip().use_gcp_secret("user-gcp-sa").use_tpu(8, "v3", "1.12");
    flip().use_gcp_secret(secret).use_preemptible_nodepool(true);
    flip().use_aws_secret(secret).use_azure_secret("azcreds").add_gpu_toleration().set_gpu_limit(1);
    flip()
        .use_k8s_secret("store", [("key", "STORE_KEY")])
        .use_secret_file(secret, "/etc/keys", "KEY_FILE", "key.pem")
        .mount_pvc("datasets", "data", "/data");
    flip().set_cpu_limit("1").add_default_resource_spec("2Gi", "500m");
    read_rows(3);
    kubernetes_resource_delete_op(secret, "Secret").args(["--namespace", "other"]);
}

#[test]
fn what_tasks_often_need() {
    check(
        "helpers",
        &[
            "flip with the credentials of Google and a TPU; with those of SECRET on preemptible nodes; with those of AWS and Azure and a GPU",
            "flip with a key from `store`, the files of SECRET and a claim; with 2Gi of memory and 1 CPU; read_rows; delete SECRET in `other`",
        ],
        helpers::workflow(),
    );
}

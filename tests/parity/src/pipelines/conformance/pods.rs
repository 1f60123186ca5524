//! What pods are given.

use super::words::{echo, get_frequent};
use kfp::prelude::*;
use serde::{Deserialize, Serialize};

#[pipeline(name = "Test adding pod env", description = "Test adding pod env")]
pub(super) fn add_pod_env() {
    ContainerOp::new("echo", "library/bash")
        .command(["sh", "-c"])
        .arg("echo $KFP_POD_NAME")
        .add_pod_label("add-pod-env", "true");
}

#[pipeline(
    name = "save-most-frequent",
    description = "Get Most Frequent Word and Save to GCS",
    image_pull_secrets = ["secret-a"]
)]
pub(super) fn imagepullsecrets(message: String) {
    get_frequent(message);
}

/// A transformer is asked when no run is there, so a value goes where the task is.
#[pipeline(
    name = "Parameters in Op transformation functions",
    description = "Test that parameters used in Op transformation functions as pod labels would be correcly identified and set as arguments in he generated yaml"
)]
pub(super) fn param_op_transform(param: String) {
    ContainerOp::new("cop", "image").command(["run"]).add_pod_label("param", param);
}

#[derive(Outputs, Serialize, Deserialize)]
struct Downloaded {
    #[output(path = "/tmp/results.txt")]
    downloaded: String,
}

#[pipeline(name = "Sidecar", description = "A pipeline with sidecars.")]
pub(super) fn sidecar() {
    let text = ContainerOp::new("download", "busybox")
        .command(["sh", "-c"])
        .arg("sleep 10; wget localhost:5678 -O /tmp/results.txt")
        .file_outputs::<Downloaded>()
        .add_sidecar(Sidecar::new("echo", "hashicorp/http-echo").args(["-text=\"hello world\""]));
    echo(text.downloaded);
}

#[derive(Serialize)]
struct Secret {
    #[serde(rename = "apiVersion")]
    api_version: &'static str,
    kind: &'static str,
    metadata: serde_json::Value,
    r#type: &'static str,
    data: serde_json::Value,
}

#[pipeline(name = "ResourceOp Basic", description = "A Basic Example on ResourceOp Usage.")]
pub(super) fn resourceop_basic(username: String, password: String) {
    let secret = ResourceOp::create(Secret {
        api_version: "v1",
        kind: "Secret",
        metadata: serde_json::json!({"generateName": "my-secret-"}),
        r#type: "Opaque",
        data: serde_json::json!({"username": "", "password": ""}),
    })
    .set("/data/username", username)
    .set("/data/password", password);
    ContainerOp::new("cop", "library/bash:4.4.23")
        .command(["sh", "-c"])
        .arg("ls /etc/secret-volume")
        .add_volume(Volume::secret("my-secret", secret.name))
        .add_volume_mount(VolumeMount::new("my-secret", "/etc/secret-volume"));
}

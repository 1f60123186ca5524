//! `ResourceOp`.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{draw, print};
use kfp::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Outputs, Serialize, Deserialize)]
struct PodFields {
    #[output(json_path = "{.status.phase}")]
    phase: String,
    #[output(json_path = "{.status.podIP}")]
    ip: String,
}

#[derive(Serialize)]
struct ConfigMap {
    #[serde(rename = "apiVersion")]
    api_version: String,
    kind: String,
    metadata: serde_json::Value,
}

#[pipeline]
fn resources(replicas: i64, name: String) {
    let pod = ResourceOp::create(manifest!("pod.yaml"))
        .success_condition("status.phase == Running")
        .failure_condition("status.phase == Failed")
        .attribute_outputs::<PodFields>()
        .set_owner_reference(true);
    print(pod.phase);
    print(pod.name);
    ResourceOp::apply(manifest!("job.yaml", "/spec/parallelism" = replicas, "/metadata/name" = name))
        .success_condition("status.succeeded > 0")
        .failure_condition("status.failed > 3");
    let scale = draw(1, 3);
    ResourceOp::patch(serde_json::json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": {"replicas": 0},
    }))
    .set("/spec/replicas", scale)
    .merge_strategy("merge");
    let config = ConfigMap {
        api_version: "v1".to_owned(),
        kind: "ConfigMap".to_owned(),
        metadata: serde_json::json!({"name": "settings"}),
    };
    ResourceOp::create(config).set_name("settings").set_timeout(60).set_retry(2);
    ResourceOp::delete(manifest!("pod.yaml", "/metadata/name" = pod.name)).flags(["--wait=false"]).after(pod);
}

#[pipeline]
fn looked_up(image: String) {
    let deployment = ResourceOp::get(serde_json::json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
    }));
    print(format!("{}", deployment.manifest));
    ResourceOp::replace(serde_json::json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "images"}, "data": {"web": ""},
    }))
    .set("/data/web", image)
    .after(deployment);
}

#[test]
fn reading_and_replacing() {
    let runs = "get the deployment and print it; then replace the config map by one with the image";
    check("resources_get", &[runs], looked_up::workflow());
}

#[test]
fn every_action() {
    check(
        "resources",
        &[
            "create the pod and wait until it runs; print its phase and name; delete it afterwards without waiting",
            "apply the job with the parameter as a number; patch the deployment to the number drawn; create the config map",
        ],
        resources::workflow(),
    );
}

//! Resources of Kubernetes.

use super::steps::{flip, say};
use super::{Named, named};
use kfp::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

fn job() -> Value {
    json!({
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"generateName": "job-"},
        "spec": {
            "parallelism": 2,
            "template": {"spec": {
                "restartPolicy": "Never",
                "containers": [{"name": "main", "image": "busybox:1.36", "command": ["true"]}],
            }},
        },
    })
}

fn config(data: Value) -> Value {
    json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings"}, "data": data})
}

#[derive(Outputs, Serialize, Deserialize)]
struct Active {
    #[output(json_path = "{.status.active}")]
    active: i64,
}

#[pipeline]
pub(super) fn resource_created() {
    #[host]
    let manifest = job();
    let created = ResourceOp::create(manifest)
        .success_condition("status.succeeded > 0")
        .failure_condition("status.failed > 3")
        .set_owner_reference(true)
        .attribute_outputs::<Active>();
    say(format!("{}", created.active));
    say(created.name);
    say(format!("{}", created.manifest));
}

#[pipeline]
pub(super) fn resource_applied(mode: String) {
    let coin = flip();
    #[host]
    let settings = config(json!({}));
    let applied = ResourceOp::apply(settings).set("/data/mode", mode).set("/data/side", coin.side);
    #[host]
    let settings = config(json!({"mode": "fast"}));
    let patched = ResourceOp::patch(settings).flags(["--force-conflicts"]).after(applied);
    say(patched.name);
}

#[pipeline]
pub(super) fn resource_with_numbers(rounds: i64) {
    #[host]
    let manifest = job();
    ResourceOp::create(manifest)
        .set("/spec/parallelism", rounds)
        .success_condition("status.succeeded > 0")
        .set_timeout(60);
}

#[pipeline]
pub(super) fn resource_in_condition() {
    let coin = flip();
    if coin.side == "heads" {
        #[host]
        let settings = config(json!({"mode": "fast"}));
        ResourceOp::create(settings).set_retry(2);
    }
}

#[pipeline]
pub(super) fn resource_deleted(name: String) {
    #[host]
    let manifest = job();
    let created = ResourceOp::create(manifest).success_condition("status.succeeded > 0");
    kubernetes_resource_delete_op(created.name, "Job");
    #[host]
    let old = config(json!({"mode": "old"}));
    ResourceOp::delete(old);
    kubernetes_resource_delete_op(name, "Secret");
}

#[pipeline]
pub(super) fn resource_replaced() {
    #[host]
    let settings = config(json!({"mode": "slow"}));
    ResourceOp::replace(settings);
}

#[pipeline]
pub(super) fn resource_in_loop(names: Vec<String>) {
    for name in names {
        #[host]
        let settings = config(json!({}));
        let made = ResourceOp::create(settings).set("/data/name", name);
        say(made.name);
    }
}

pub(super) const ALL: &[Named] = named! {
    resource_created resource_applied resource_with_numbers resource_in_condition resource_deleted resource_replaced
    resource_in_loop
};

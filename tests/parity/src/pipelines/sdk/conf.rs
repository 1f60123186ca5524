//! What the workflow says about itself.

use super::steps::{flip, say};
use super::{Named, named};
use kfp::placeholders::{WORKFLOW_NAME, WORKFLOW_NAMESPACE};
use kfp::prelude::*;
use serde_json::json;

#[pipeline(timeout = 3600, parallelism = 4)]
pub(super) fn conf_limits() {
    say(flip().side);
}

#[pipeline(
    conf = PipelineConf::new().set_dns_config(json!({
        "nameservers": ["1.2.3.4"], "options": [{"name": "ndots", "value": "2"}],
    })),
    image_pull_secrets = ["registry", "mirror"],
    ttl_seconds_after_finished = 86400,
    pod_disruption_budget = "50%",
    node_selector = [("pool", "gpu"), ("zone", "a")],
    image_pull_policy = "Always"
)]
pub(super) fn conf_everything() {
    say(flip().side);
}

#[pipeline(op_transformer = |op: AnyOp| op.set_memory_limit("1Gi").add_pod_label("team", "blue"))]
pub(super) fn conf_transformers() {
    say(flip().side);
}

#[pipeline]
pub(super) fn conf_pod_env() {
    say("environment").add_pod_label("add-pod-env", "true");
}

#[pipeline]
pub(super) fn placeholders(#[default("s3://runs")] folder: String
) {
    say(format!("{folder}/{RUN_ID_PLACEHOLDER}"));
    say(EXECUTION_ID_PLACEHOLDER);
    say(format!("{WORKFLOW_NAMESPACE}/{WORKFLOW_NAME}"));
}

#[pipeline(pipeline_root = "s3://acme/runs")]
pub(super) fn conf_root() {
    say("rooted");
}

#[pipeline(image_pull_policy = "Always")]
pub(super) fn conf_policy_of_a_task() {
    say("always");
    say("never").set_image_pull_policy("Never");
}

#[pipeline(
    op_transformer = |op: AnyOp| op.set_memory_limit("1Gi").add_pod_annotation("grown", "yes"),
    op_transformer = |op: AnyOp| op.set_memory_limit("512Mi").set_retry(2)
)]
pub(super) fn conf_transformers_in_order() {
    say(flip().side).set_memory_limit("4Gi");
}

#[pipeline(op_transformer = |op: AnyOp| op.add_pod_label("team", "blue"))]
pub(super) fn conf_transformer_of_all_kinds() {
    let disk = VolumeOp::new("disk", "scratch", "1Gi");
    say(disk.name);
}

#[pipeline(pod_disruption_budget = 1)]
pub(super) fn conf_budget_of_one() {
    say("one");
}

pub(super) const ALL: &[Named] = named! {
    conf_limits conf_everything conf_transformers conf_pod_env placeholders conf_root conf_policy_of_a_task
    conf_transformers_in_order conf_transformer_of_all_kinds conf_budget_of_one
};

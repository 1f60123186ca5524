//! What a task says about its pod.

use super::steps::{draw, flip, say};
use super::{Named, named};
use kfp::prelude::*;

#[pipeline]
pub(super) fn resources_of_a_pod() {
    say("resources")
        .set_cpu_request("250m")
        .set_cpu_limit("2")
        .set_memory_request("1G")
        .set_memory_limit("2Gi")
        .set_ephemeral_storage_request("1Gi")
        .set_ephemeral_storage_limit("10Gi")
        .add_resource_limit("example.com/fpga", "1")
        .add_resource_request("example.com/fpga", "1");
}

#[pipeline]
pub(super) fn resources_from_values(memory: String, #[default("1")] cpu: String) {
    let size = flip();
    say("resources").set_memory_limit(memory).set_cpu_request(cpu).set_memory_request(size.side).set_cpu_limit("4");
}

#[pipeline]
pub(super) fn gpus() {
    say("nvidia").set_gpu_limit(2);
    say("amd").set_gpu_limit(Gpu::amd(1));
}

#[pipeline]
pub(super) fn environment(mode: String) {
    let coin = flip();
    say("plain").set_env_variable("MODE", "fast").set_env_variable("ON", "on");
    say("values").set_env_variable("MODE", mode).set_env_variable("COIN", format!("the {}", coin.side));
}

#[pipeline]
pub(super) fn labels_and_annotations(team: String) {
    say("labels").add_pod_label("app", "redis").add_pod_label("team", team).add_pod_annotation("note", "yes");
    say("annotations").add_pod_annotation("team", team);
}

#[pipeline]
pub(super) fn retries() {
    say("three").set_retry(3);
    say("always").set_retry(Retry::new(2).policy(RetryPolicy::Always));
    say("backoff").set_retry(
        Retry::new(4).policy(RetryPolicy::OnError).backoff_duration("10s").backoff_factor(2).backoff_max_duration("5m"),
    );
}

#[pipeline]
pub(super) fn timeouts() {
    say("a minute").set_timeout(60);
    draw(0, 1).set_timeout(3600);
}

#[pipeline]
pub(super) fn tolerations() {
    say("one").add_toleration(Toleration::equal("gpu", "true").effect("NoSchedule"));
    say("two")
        .add_toleration(Toleration::exists("spot").effect("NoExecute").seconds(60))
        .add_toleration(Toleration::exists(""));
}

#[pipeline]
pub(super) fn node_selectors(pool: String) {
    say("constant").add_node_selector_constraint("pool", "gpu").add_node_selector_constraint("zone", "a");
    say("value").add_node_selector_constraint("pool", pool);
}

#[pipeline]
pub(super) fn display_names() {
    say("hello").set_display_name("Say hello");
}

#[pipeline]
pub(super) fn caching() {
    say("fresh").set_max_cache_staleness("P30D");
    say("never").set_caching_options(false);
}

#[pipeline]
pub(super) fn caching_off() {
    say("off").set_caching_options(false);
}

#[pipeline(name = "affinity-and-limits-from-values")]
pub(super) fn limits_from_values(disk: String, fpgas: String) {
    say("limits")
        .set_ephemeral_storage_limit(disk)
        .add_resource_limit("example.com/fpga", fpgas)
        .set_ephemeral_storage_request("1Gi");
}

pub(super) const ALL: &[Named] = named! {
    resources_of_a_pod resources_from_values gpus environment labels_and_annotations retries timeouts tolerations
    node_selectors display_names caching caching_off limits_from_values
};

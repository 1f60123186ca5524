//! What a task says about its pod.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{add, flip};
use kfp::prelude::*;

#[pipeline(
    name = "With options",
    description = "Every option.",
    parallelism = 3,
    timeout = 3600,
    service_account = "runner"
)]
fn options(memory: String, label: String) {
    add(1.0, 2.0)
        .set_cpu_request("250m")
        .set_cpu_limit("2")
        .set_memory_request("1.5Gi")
        .set_memory_limit("2Gi")
        .set_ephemeral_storage_request("1Gi")
        .set_ephemeral_storage_limit("10Gi")
        .set_gpu_limit(2)
        .add_resource_limit("example.com/fpga", 1)
        .add_pod_label("app", "redis")
        .add_pod_annotation("note", "y")
        .add_toleration(Toleration::equal("gpu", "true").effect("NoSchedule"))
        .add_toleration(Toleration::exists("spot").effect("NoExecute").seconds(60))
        .add_node_selector_constraint("pool", "gpu")
        .set_env_variable("MODE", "off")
        .set_timeout(600)
        .set_display_name("Add it up")
        .set_retry(
            Retry::new(3)
                .policy(RetryPolicy::Always)
                .backoff_duration("10s")
                .backoff_factor(2)
                .backoff_max_duration("5m"),
        );
    add(1.0, 2.0).set_caching_options(false);
    add(1.0, 2.0).set_max_cache_staleness("P30D").set_gpu_limit(Gpu::amd(1));
    add(1.0, 2.0).set_memory_limit(memory).add_pod_label("team", label);
    add(3.0, 4.0).set_retry(3);
    add(5.0, 6.0).set_retry(3);
    flip();
}

#[test]
fn pod_options() {
    check(
        "options",
        &[
            "add six times and flip; each add with options of its own has a template of its own, the two equal ones share one",
        ],
        options::workflow(),
    );
}

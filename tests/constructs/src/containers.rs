//! What tasks and operations say about their containers.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{add, draw};
use kfp::prelude::*;

#[component]
fn serve(port: i64, secret: String) -> ContainerOp {
    ContainerOp::new("serve", "acme/serve:1")
        .command(["serve"])
        .add_port(ContainerPort::new(8080).name("http").protocol("TCP"))
        .add_port(ContainerPort::new(port).name("metrics"))
        .add_env_variable(EnvVar::secret("TOKEN", secret, "token").optional(true))
        .set_startup_probe(Probe::tcp_socket(8080).period_seconds(1))
        .set_readiness_probe(Probe::http_get("/ready", 8080).initial_delay_seconds(5).period_seconds(10))
        .set_liveness_probe(Probe::exec(["cat", "/alive"]).timeout_seconds(2).failure_threshold(5).success_threshold(1))
        .set_lifecycle(
            Lifecycle::post_start(Handler::exec(["touch", "/alive"])).and_pre_stop(Handler::http_get("/stop", "http")),
        )
}

#[pipeline]
fn containers(image: String, user: i64, claim: String, gpus: i64, zone: String, share: String, minutes: i64) {
    add(1.0, 2.0)
        .set_image_pull_policy("IfNotPresent")
        .set_stdin(true)
        .set_stdin_once(true)
        .set_tty(true)
        .set_termination_message_path("/tmp/how")
        .set_termination_message_policy("FallbackToLogsOnError")
        .add_env_variable(EnvVar::new("LEVEL", "info"))
        .add_env_variable(EnvVar::config_map("REGION", "settings", "region"))
        .add_env_variable(EnvVar::field("POD_IP", "status.podIP"))
        .add_env_variable(EnvVar::resource_field("MEMORY", "limits.memory"))
        .add_env_from(EnvFrom::secret("store").prefix("STORE_"))
        .add_env_from(EnvFrom::config_map("settings").optional(true))
        .set_security_context(
            SecurityContext::new()
                .run_as_user(1000)
                .run_as_group(2000)
                .run_as_non_root(true)
                .privileged(false)
                .allow_privilege_escalation(false)
                .read_only_root_filesystem(true)
                .drop_capabilities(["ALL"])
                .add_capabilities(["NET_BIND_SERVICE"]),
        );
    add(3.0, 4.0)
        .add_volume(Volume::pvc("data", claim).read_only(true))
        .add_volume(Volume::secret("keys", "hub").item("token", "token.txt").default_mode(0o400))
        .add_volume(Volume::memory("shm").size_limit(share))
        .add_volume(Volume::pvc("disk", "raw"))
        .add_volume_mount(VolumeMount::new("data", "/data").sub_path("in").read_only(true))
        .add_volume_mount(VolumeMount::new("keys", "/keys"))
        .add_volume_mount(VolumeMount::new("shm", "/dev/shm"))
        .add_volume_devices(VolumeDevice::new("disk", "/dev/xvda"))
        .add_init_container(
            UserContainer::new("fetch", image)
                .command(["fetch"])
                .args(["--to", "/data"])
                .set_memory_limit("1Gi")
                .set_mirror_volume_mounts(true),
        )
        .add_sidecar(
            Sidecar::new("cache", "redis:7")
                .command(["redis-server"])
                .set_cpu_limit("500m")
                .set_security_context(SecurityContext::new().run_as_user(user).run_as_non_root(true))
                .add_port(ContainerPort::new(6379)),
        );
    let seconds = draw(1, 3);
    add(5.0, 6.0)
        .set_gpu_limit(gpus)
        .set_security_context(SecurityContext::new().run_as_user(user).privileged(false))
        .set_timeout(minutes)
        .set_retry(Retry::new(gpus).policy(RetryPolicy::OnError).backoff_duration(format!("{seconds}s")))
        .add_node_selector_constraint(zone, "yes")
        .add_node_selector_constraint("pool", zone)
        .add_toleration(Toleration::exists("spot").seconds(seconds))
        .add_affinity(
            Affinity::new()
                .require_node([NodeRequirement::is_in("zone", [zone]), NodeRequirement::exists("ssd")])
                .prefer_node(50, [NodeRequirement::not_in("kind", ["old"])])
                .avoid_pods(PodRequirement::label("app", "add", "kubernetes.io/hostname")),
        )
        .add_pod_annotation("zone", zone)
        .set_display_name(format!("add in {zone}"));
    serve(9090, "hub").apply(|op| op.set_memory_limit("1Gi").add_pod_label("kind", "service"));
}

#[test]
fn all_that_containers_say() {
    check(
        "containers",
        &[
            "add with env of every source, as user 1000; draw; serve with its ports, probes and token",
            "add with the volumes data, keys, shm and disk, fetch before it and cache (as USER) beside it",
            "add with GPUS GPUs as USER, at most MINUTES seconds, on nodes with ZONE=yes and pool=ZONE, after draw",
        ],
        containers::workflow(),
    );
}

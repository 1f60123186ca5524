//! What a task says about its containers and volumes.

use super::steps::{draw, flip, say};
use super::{Named, named};
use kfp::prelude::*;

#[pipeline]
pub(super) fn environment_from_elsewhere(secret: String) {
    say("environment")
        .add_env_variable(EnvVar::secret("TOKEN", secret, "token"))
        .add_env_variable(EnvVar::config_map("MODE", "settings", "mode").optional(true))
        .add_env_variable(EnvVar::field("IP", "status.podIP"))
        .add_env_variable(EnvVar::resource_field("MEMORY", "limits.memory"))
        .add_env_from(EnvFrom::secret("store").prefix("STORE_"))
        .add_env_from(EnvFrom::config_map("settings"));
}

#[pipeline]
pub(super) fn volumes(claim: String) {
    say("volumes")
        .add_volume(Volume::pvc("data", claim))
        .add_volume(Volume::secret("keys", "hub").default_mode(256))
        .add_volume(Volume::memory("scratch").size_limit("1Gi"))
        .add_volume(Volume::host_path("node", "/mnt"))
        .add_volume_mount(VolumeMount::new("data", "/data").sub_path("in").read_only(true))
        .add_volume_mount(VolumeMount::new("keys", "/keys"))
        .add_volume_mount(VolumeMount::new("scratch", "/dev/shm"))
        .add_volume_mount(VolumeMount::new("node", "/node"));
}

#[pipeline]
pub(super) fn volume_devices() {
    say("device").add_volume(Volume::pvc("disk", "raw")).add_volume_devices(VolumeDevice::new("disk", "/dev/xvda"));
}

#[pipeline]
pub(super) fn sidecars(image: String) {
    let server = Sidecar::new("server", "server:1").command(["serve"]).args(["--port", "80"]);
    let server =
        server.add_port(ContainerPort::new(80)).set_memory_limit("1Gi").add_env_variable(EnvVar::new("MODE", "quiet"));
    let mirror = Sidecar::new("mirror", image).command(["mirror"]).set_mirror_volume_mounts(true);
    let served = say("sidecar").add_sidecar(server).add_sidecar(mirror);
    say("none").after(served);
}

#[pipeline]
pub(super) fn init_containers(address: String) {
    let fetch =
        UserContainer::new("fetch", "fetch:1").command(["fetch"]).args([address]).set_mirror_volume_mounts(true);
    say("init")
        .add_init_container(fetch)
        .add_volume(Volume::empty_dir("data"))
        .add_volume_mount(VolumeMount::new("data", "/data"));
}

#[pipeline]
pub(super) fn ports_and_probes() {
    say("serve")
        .add_port(ContainerPort::new(8080).name("http").protocol("TCP"))
        .set_readiness_probe(Probe::http_get("/ready", 8080).initial_delay_seconds(5).period_seconds(10))
        .set_liveness_probe(Probe::exec(["cat", "/alive"]).failure_threshold(3))
        .set_lifecycle(
            Lifecycle::post_start(Handler::exec(["touch", "/alive"])).and_pre_stop(Handler::http_get("/stop", 8080)),
        );
}

#[pipeline]
pub(super) fn security() {
    say("secure").set_security_context(
        SecurityContext::new()
            .run_as_user(1000)
            .run_as_group(2000)
            .run_as_non_root(true)
            .privileged(false)
            .allow_privilege_escalation(false)
            .read_only_root_filesystem(true)
            .add_capabilities(["NET_ADMIN"])
            .drop_capabilities(["ALL"]),
    );
}

#[pipeline]
pub(super) fn affinities() {
    say("near").add_affinity(
        Affinity::new()
            .require_node([NodeRequirement::is_in("zone", ["a", "b"])])
            .prefer_node(50, [NodeRequirement::not_in("kind", ["old"])]),
    );
}

#[pipeline]
pub(super) fn container_flags() {
    say("flags")
        .set_image_pull_policy("Always")
        .set_stdin(true)
        .set_stdin_once(true)
        .set_tty(true)
        .set_termination_message_path("/tmp/how")
        .set_termination_message_policy("FallbackToLogsOnError");
}

#[pipeline]
pub(super) fn options_from_values(tries: i64, team: String, image: String) {
    let count = draw(1, 3);
    say("retry").set_retry(tries);
    say("retry").set_retry(count.number);
    ContainerOp::new("labelled", "replaced-below")
        .image(image)
        .command(["run"])
        .add_pod_label("team", team)
        .add_pod_annotation("count", count.number);
}

#[pipeline]
pub(super) fn applied() {
    say("small").apply(|task| task.set_memory_limit("1Gi").add_pod_label("size", "small"));
    flip().apply(|task| task.set_memory_limit("1Gi").add_pod_label("size", "small"));
}

#[pipeline]
pub(super) fn secrets_of_clouds() {
    say("google").use_gcp_secret("user-gcp-sa");
    say("amazon")
        .add_env_variable(EnvVar::secret("AWS_ACCESS_KEY_ID", "aws-secret", "ID"))
        .add_env_variable(EnvVar::secret("AWS_SECRET_ACCESS_KEY", "aws-secret", "KEY"));
    say("azure").use_azure_secret("azcreds");
}

#[pipeline]
pub(super) fn nodes_of_clouds() {
    say("tpu").use_tpu(8, "v2", "1.12");
    say("preemptible").use_preemptible_nodepool(false);
    say("hard").use_preemptible_nodepool(true);
    say("gpu").add_gpu_toleration();
}

#[pipeline]
pub(super) fn on_premises() {
    say("claim").mount_pvc("claim", "data", "/mnt/data");
    say("secret").use_k8s_secret("store", [("id", "STORE_ID"), ("key", "STORE_KEY")]);
}

#[pipeline]
pub(super) fn images_from_values(#[default("latest")] tag: String, #[default(10)] wait: i64) {
    let fetched = ContainerOp::new("fetch", "busybox")
        .image(format!("busybox:{tag}"))
        .command(["sh", "-c"])
        .arg(format!("sleep {wait}; wget localhost -O /tmp/side"))
        .file_output::<String>("/tmp/side")
        .add_sidecar(Sidecar::new("server", format!("server:{tag}")).args(["--text", "hello"]));
    say(format!("$MSG {fetched}")).set_env_variable("MSG", "it says: ");
}

#[pipeline]
pub(super) fn secrets_as_files() {
    say("files").use_secret("store", "/keys");
    say("file").use_secret_file("hub", "/hub", "TOKEN_FILE", "token");
}

#[pipeline]
pub(super) fn default_resources() {
    say("default").add_default_resource_spec("2Gi", "500m");
}

#[pipeline]
pub(super) fn claims_read_only() {
    say("volumes")
        .add_volume(Volume::pvc("data", "data").read_only(true))
        .add_volume(Volume::config_map("app", "settings").optional(true))
        .add_volume(Volume::nfs("home", "nfs.example.com", "/home"))
        .add_volume_mount(VolumeMount::new("data", "/data"))
        .add_volume_mount(VolumeMount::new("app", "/etc/app"))
        .add_volume_mount(
            VolumeMount::new("home", "/home").sub_path_expr("$(USER)").mount_propagation("HostToContainer"),
        );
}

#[pipeline]
pub(super) fn affinities_of_pods() {
    say("near").add_affinity(
        Affinity::new()
            .require_pods(PodRequirement::label("app", "cache", "kubernetes.io/hostname"))
            .avoid_pods(PodRequirement::label("app", "train", "kubernetes.io/hostname")),
    );
}

#[pipeline]
pub(super) fn sidecars_with_options(token: String) {
    let coin = flip();
    say("sidecar")
        .add_sidecar(
            Sidecar::new("server", "server:1")
                .command(["serve"])
                .arg("--side")
                .arg(coin.side)
                .set_cpu_request("100m")
                .set_security_context(SecurityContext::new().run_as_non_root(true))
                .set_readiness_probe(Probe::tcp_socket(80).timeout_seconds(2))
                .set_image_pull_policy("IfNotPresent"),
        )
        .add_init_container(
            UserContainer::new("fetch", "fetch:1")
                .command(["fetch"])
                .set_env_variable("TOKEN", token)
                .set_memory_limit("64Mi"),
        );
}

#[pipeline]
pub(super) fn transient_errors() {
    say("again").set_retry(Retry::new(3).policy(RetryPolicy::OnTransientError));
    say("failure").set_retry(Retry::new(1).policy(RetryPolicy::OnFailure).backoff_duration("1m"));
}

pub(super) const ALL: &[Named] = named! {
    environment_from_elsewhere volumes volume_devices sidecars init_containers ports_and_probes security affinities
    container_flags options_from_values applied secrets_of_clouds nodes_of_clouds on_premises images_from_values
    secrets_as_files default_resources claims_read_only affinities_of_pods sidecars_with_options transient_errors
};

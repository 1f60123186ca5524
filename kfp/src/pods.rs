//! What tasks say about their pods: volumes, variables, probes, security, placement, retries.
//!
//! Every builder takes values of the pipeline wherever a person would want them. What a builder has no method for is set by
//! its field, or said whole:
//!
//! ```
//! use kfp::prelude::*;
//!
//! let cache = Volume::pvc("cache", "models").set("/persistentVolumeClaim/readOnly", true);
//! let scratch = Volume::from_json(serde_json::json!({"name": "scratch", "emptyDir": {"sizeLimit": "1Gi"}}));
//! # let _ = (cache, scratch);
//! ```
//!
//! With the feature `k8s-openapi` the methods take that crate's types as well.

/// # Example
/// ```
/// use kfp::prelude::*;
///
/// #[component(image = "acme/train:1")]
/// fn train(epochs: i64) {}
///
/// #[pipeline]
/// fn trained(memory: String, user: i64) {
///     train(3)
///         .set_cpu_request("500m")                              // what is reserved
///         .set_cpu_limit("2")                                   // what it may take
///         .set_memory_request("1.5Gi")
///         .set_memory_limit(memory)
///         .set_ephemeral_storage_request("1Gi")
///         .set_ephemeral_storage_limit("10Gi")
///         .set_gpu_limit(1)
///         .add_resource_request("example.com/fpga", "1")
///         .add_resource_limit("example.com/fpga", "1");
///     train(4)
///         .set_env_variable("MODE", "fast")
///         .add_env_variable(EnvVar::secret("TOKEN", "hub", "token"))
///         .add_env_from(EnvFrom::config_map("settings"))
///         .add_volume(Volume::pvc("disk", "raw"))
///         .add_volume(Volume::empty_dir("scratch"))
///         .add_volume_mount(VolumeMount::new("scratch", "/scratch"))
///         .add_volume_devices(VolumeDevice::new("disk", "/dev/xvda"));
///     train(5)
///         .add_port(ContainerPort::new(8080))
///         .set_startup_probe(Probe::http_get("/started", 8080))
///         .set_readiness_probe(Probe::http_get("/ready", 8080))
///         .set_liveness_probe(Probe::tcp_socket(8080))
///         .set_lifecycle(Lifecycle::pre_stop(Handler::exec(["stop"])))
///         .set_security_context(SecurityContext::new().run_as_user(user))
///         .set_image_pull_policy("Always")
///         .set_stdin(true)
///         .set_stdin_once(true)
///         .set_tty(true)
///         .set_termination_message_path("/tmp/why")
///         .set_termination_message_policy("FallbackToLogsOnError");
/// }
///
/// let manifest = trained::workflow()?.to_yaml();
/// assert!(manifest.contains("10Gi"));
/// assert!(manifest.contains("/tmp/why"));
///
/// let op = ContainerOp::new("fit", "acme/fit:1").set_memory_limit("1Gi").set_cpu_request("1");
/// assert_eq!(op.get_resource_limit("memory").as_deref(), Some("1Gi"));
/// assert_eq!(op.get_resource_request("cpu").as_deref(), Some("1"));
/// # Ok::<(), kfp::Diagnostics>(())
/// ```
pub use kfp_core::dsl::ContainerOptions;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// #[component(image = "acme/train:1")]
/// fn train(epochs: i64) {}
///
/// #[pipeline]
/// fn trained(gpus: i64) {
///     train(3).set_gpu_limit(gpus);                             // NVIDIA's
///     train(4).set_gpu_limit(Gpu::nvidia(2));
///     train(5).set_gpu_limit(Gpu::amd(1));
///     train(6).set_gpu_limit(Gpu::of("gpu.intel.com/i915", 1));
/// }
///
/// assert!(trained::workflow()?.to_yaml().contains("amd.com/gpu"));
/// # Ok::<(), kfp::Diagnostics>(())
/// ```
pub use kfp_core::dsl::Gpu;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// #[component(image = "acme/train:1")]
/// fn train(epochs: i64) {}
///
/// #[pipeline]
/// fn trained(secret: String) {
///     train(1).use_aws_secret(secret).mount_pvc("datasets", "data", "/data").use_preemptible_nodepool(false);
///     train(2).use_gcp_secret("user-gcp-sa").use_tpu(8, "v3", "1.12");
///     train(3).use_azure_secret("azcreds").set_gpu_limit(1).add_gpu_toleration();
///     train(4).use_k8s_secret("store", [("key", "STORE_KEY")]).add_default_resource_spec("2Gi", "500m");
///     train(5).use_secret("keys", "/keys").use_secret_file("hub", "/hub", "HUB_TOKEN_FILE", "token");
/// }
///
/// assert!(trained::workflow()?.to_yaml().contains("name: STORE_KEY"));
/// # Ok::<(), kfp::Diagnostics>(())
/// ```
pub use kfp_core::dsl::PodHelpers;
/// # Example
/// ```
/// use kfp::prelude::*;
/// use kfp::traits::HasPod;
///
/// #[component(image = "acme/train:1")]
/// fn train(epochs: i64) {}
///
/// #[pipeline]
/// fn trained(team: String, seconds: i64, pool: String) {
///     train(3)
///         .add_pod_label("team", team)
///         .add_pod_annotation("sidecar.istio.io/inject", "false")
///         .add_node_selector_constraint("pool", pool)
///         .add_toleration(Toleration::exists("spot").effect("NoSchedule"))
///         .add_affinity(Affinity::new().require_node([NodeRequirement::exists("ssd")]))
///         .add_volume(Volume::secret("keys", "hub"))
///         .add_volume_mount(VolumeMount::new("keys", "/keys"))
///         .set_timeout(seconds)
///         .set_retry(3);
///     train(4)
///         .add_init_container(UserContainer::new("ping", "busybox:1.36").command(["ping", "-c1", "db"]))
///         .add_sidecar(Sidecar::new("cache", "redis:7"))
///         .set_display_name("Train it")
///         .set_max_cache_staleness("P30D")
///         .apply(small);
///     train(5).set_caching_options(false);                      // never takes an earlier result
/// }
///
/// /// Several options at once.
/// fn small<'s, T: PodOptions<'s> + HasPod>(task: T) -> T {
///     task.add_pod_label("size", "small").set_timeout(60)
/// }
///
/// let manifest = trained::workflow()?.to_yaml();
/// assert!(manifest.contains("P30D"));
/// # Ok::<(), kfp::Diagnostics>(())
/// ```
pub use kfp_core::dsl::PodOptions;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// #[component(image = "acme/steps:1")]
/// fn fetch() {}
///
/// #[pipeline]
/// fn fetched(attempts: i64) {
///     fetch().set_retry(
///         Retry::new(attempts)
///             .policy(RetryPolicy::Always)
///             .backoff_duration("10s")                          // then 20s, 40s ..
///             .backoff_factor(2)
///             .backoff_max_duration("5m"),
///     );
///     fetch().set_retry(Retry::new(4).expression("asInt(lastRetry.exitCode) > 1").on_another_node());
/// }
///
/// assert_eq!(RetryPolicy::OnTransientError.name(), "OnTransientError");
/// assert!(fetched::workflow()?.to_yaml().contains("5m"));
/// # Ok::<(), kfp::Diagnostics>(())
/// ```
pub use kfp_core::dsl::Retry;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// #[component(image = "acme/train:1")]
/// fn train(epochs: i64) {}
///
/// #[pipeline]
/// fn trained(url: String) {
///     train(3)
///         .add_init_container(UserContainer::new("ping", "busybox:1.36").command(["wget", "-qO-"]).arg(url))
///         .add_sidecar(
///             Sidecar::new("cache", "redis:7")
///                 .command(["redis-server"])
///                 .args(["--port", "6380"])
///                 .working_dir("/data")
///                 .set_mirror_volume_mounts(true)               // the task's volumes, at the same paths
///                 .set_memory_limit("1Gi"),
///         );
/// }
///
/// assert!(trained::workflow()?.to_yaml().contains("mirrorVolumeMounts: true"));
/// # Ok::<(), kfp::Diagnostics>(())
/// ```
pub use kfp_core::dsl::UserContainer;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// let placed = Affinity::new()
///     .require_node([
///         NodeRequirement::is_in("zone", ["a", "b"]),
///         NodeRequirement::not_in("kind", ["old"]),
///         NodeRequirement::does_not_exist("spot"),
///         NodeRequirement::greater_than("cores", "7"),
///         NodeRequirement::less_than("cores", "65"),
///     ])
///     .prefer_node(50, [NodeRequirement::exists("ssd")])
///     .require_pods(PodRequirement::label("app", "cache", "kubernetes.io/hostname"))
///     .avoid_pods(PodRequirement::label("app", "train", "kubernetes.io/hostname"));
/// let op = ContainerOp::new("fit", "acme/fit:1").add_affinity(placed);
/// # let _ = op;
/// ```
pub use kfp_core::dsl::kubernetes::Affinity;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// let web = ContainerPort::new(8080).name("web").protocol("TCP").host_port(80);
/// let op = ContainerOp::new("serve", "acme/serve:1").add_port(web);
/// # let _ = op;
/// ```
pub use kfp_core::dsl::kubernetes::ContainerPort;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// #[component]
/// fn serve() -> ContainerOp {
///     ContainerOp::new("serve", "acme/serve:1")
///         .command(["serve"])
///         .add_env_from(EnvFrom::secret("store").prefix("STORE_"))
///         .add_env_from(EnvFrom::config_map("settings").optional(true))
/// }
/// ```
pub use kfp_core::dsl::kubernetes::EnvFrom;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// #[component]
/// fn upload(bucket: String) -> ContainerOp {
///     ContainerOp::new("upload", "acme/upload:1")
///         .command(["upload"])
///         .add_env_variable(EnvVar::new("BUCKET", bucket))
///         .add_env_variable(EnvVar::secret("PASSWORD", "store", "password"))
///         .add_env_variable(EnvVar::config_map("REGION", "settings", "region").optional(true))
///         .add_env_variable(EnvVar::field("POD_IP", "status.podIP"))
///         .add_env_variable(EnvVar::resource_field("MEMORY", "limits.memory"))
/// }
/// ```
pub use kfp_core::dsl::kubernetes::EnvVar;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// let handlers = [Handler::exec(["stop"]), Handler::http_get("/stop", 8080), Handler::tcp_socket(8080)];
/// # let _ = handlers;
/// ```
pub use kfp_core::dsl::kubernetes::Handler;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// let tidy = Lifecycle::post_start(Handler::exec(["touch", "/tmp/started"]))
///     .and_pre_stop(Handler::http_get("/stop", 8080));
/// let only_at_the_end = Lifecycle::pre_stop(Handler::tcp_socket(8080));
/// # let _ = (tidy, only_at_the_end);
/// ```
pub use kfp_core::dsl::kubernetes::Lifecycle;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// let nodes = [
///     NodeRequirement::is_in("zone", ["a", "b"]),
///     NodeRequirement::not_in("kind", ["old"]),
///     NodeRequirement::exists("ssd"),
///     NodeRequirement::does_not_exist("spot"),
///     NodeRequirement::greater_than("cores", "7"),
///     NodeRequirement::less_than("cores", "65"),
/// ];
/// let placed = Affinity::new().require_node(nodes);
/// # let _ = placed;
/// ```
pub use kfp_core::dsl::kubernetes::NodeRequirement;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// let apart = Affinity::new().avoid_pods(PodRequirement::label("app", "train", "kubernetes.io/hostname"));
/// # let _ = apart;
/// ```
pub use kfp_core::dsl::kubernetes::PodRequirement;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// let ready = Probe::http_get("/ready", 8080)
///     .initial_delay_seconds(5)
///     .period_seconds(10)
///     .timeout_seconds(2)
///     .success_threshold(1)
///     .failure_threshold(3);
/// let others = [Probe::exec(["cat", "/alive"]), Probe::tcp_socket(6379), Probe::grpc(50_051)];
/// # let _ = (ready, others);
/// ```
pub use kfp_core::dsl::kubernetes::Probe;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// let careful = SecurityContext::new()
///     .run_as_user(1000)
///     .run_as_group(1000)
///     .run_as_non_root(true)
///     .privileged(false)
///     .allow_privilege_escalation(false)
///     .read_only_root_filesystem(true)
///     .drop_capabilities(["ALL"])
///     .add_capabilities(["NET_BIND_SERVICE"]);
/// # let _ = careful;
/// ```
pub use kfp_core::dsl::kubernetes::SecurityContext;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// let spot = Toleration::equal("spot", "true").effect("NoSchedule");
/// let for_a_minute = Toleration::exists("node.kubernetes.io/unreachable").effect("NoExecute").seconds(60);
/// let written_out = Toleration::from_json(serde_json::json!({"operator": "Exists"})).set("/effect", "NoSchedule");
/// # let _ = (spot, for_a_minute, written_out);
/// ```
pub use kfp_core::dsl::kubernetes::Toleration;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// #[component]
/// fn train(claim: String) -> ContainerOp {
///     ContainerOp::new("train", "acme/train:1")
///         .command(["train"])
///         .add_volume(Volume::pvc("data", claim))
///         .add_volume_mount(VolumeMount::new("data", "/data").read_only(true))
/// }
///
/// let others = [
///     Volume::secret("keys", "hub").item("token", "hub/token").default_mode(0o400),
///     Volume::config_map("settings", "app").optional(true),
///     Volume::empty_dir("scratch").size_limit("10Gi"),
///     Volume::memory("shm").size_limit("1Gi"),                  // for /dev/shm
///     Volume::host_path("node", "/mnt"),
///     Volume::nfs("home", "nfs.example.com", "/home"),
/// ];
/// # let _ = others;
/// ```
pub use kfp_core::dsl::kubernetes::Volume;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// #[component]
/// fn unpack(url: String) -> ContainerOp {
///     ContainerOp::new("unpack", "acme/steps:1")
///         .command(["unpack"])
///         .arg(url)
///         .add_volume_mount(VolumeMount::new("work", "/work"))
/// }
///
/// #[pipeline(
///     volume_claim_template = VolumeClaimTemplate::new("work", "10Gi").modes(VOLUME_MODE_RWO).storage_class("fast"),
///     volume_claim_gc = "OnWorkflowCompletion",
/// )]
/// fn unpacked(url: String) {
///     unpack(url);
/// }
/// # assert!(unpacked::workflow().is_ok());
/// ```
pub use kfp_core::dsl::kubernetes::VolumeClaimTemplate;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// let op = ContainerOp::new("check", "acme/check:1")
///     .add_volume(Volume::pvc("disk", "raw"))
///     .add_volume_devices(VolumeDevice::new("disk", "/dev/xvda"));
/// # let _ = op;
/// ```
pub use kfp_core::dsl::kubernetes::VolumeDevice;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// let config = VolumeMount::new("settings", "/etc/app").sub_path("app").read_only(true);
/// let own = VolumeMount::new("data", "/data").sub_path_expr("$(POD_NAME)").mount_propagation("HostToContainer");
/// # let _ = (config, own);
/// ```
pub use kfp_core::dsl::kubernetes::VolumeMount;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// #[pipeline]
/// fn tidy(job: String) {
///     kubernetes_resource_delete_op(job, "Job");
/// }
/// # assert!(tidy::workflow().is_ok());
/// ```
pub use kfp_core::dsl::kubernetes_resource_delete_op;
/// # Example
/// Two tasks work on one volume, one after the other, since the second mounts what the first one had.
/// ```
/// use kfp::prelude::*;
///
/// #[component(image = "acme/steps:1")]
/// fn fill() {}
///
/// #[component(image = "acme/steps:1")]
/// fn count() {}
///
/// #[pipeline]
/// fn volumes(size: String) {
///     let disk = VolumeOp::new("make-disk", "scratch", size)
///         .modes(VOLUME_MODE_RWO)                           // one node; RWM: many, ROM: many that read
///         .storage_class("fast")
///         .annotations([("team", "data")]);
///     let filled = fill().add_pvolume("/data", disk.volume());
///     let counted = count().add_pvolumes([("/mnt", filled.pvolume()), ("/old", PipelineVolume::pvc("old"))]);
///     let snapshot = VolumeSnapshotOp::of_volume("keep", "counted", counted.pvolumes("/mnt"))
///         .snapshot_class("fast")
///         .annotations([("team", "data")]);
///     let again = VolumeOp::new("again", "again", snapshot.size)
///         .data_source(snapshot.snapshot())
///         .modes(VOLUME_MODE_RWM)
///         .generate_unique_name(false);
///     count().add_pvolume("/data", again.volume().after(filled));
///     ResourceOp::delete(disk).after(snapshot);
///
///     VolumeSnapshotOp::of_pvc("old-api", "old", "data").api_version("snapshot.storage.k8s.io/v1beta1");
///     VolumeOp::new("bound", "bound", "1Gi").modes(VOLUME_MODE_ROM).volume_name("pv-7");
///     count().add_pvolume("/home", PipelineVolume::new(Volume::nfs("home", "nfs.example.com", "/")).name("homes"));
/// }
/// # assert!(volumes::workflow().is_ok());
/// ```
/// Written out, as the types of `k8s-openapi` or as JSON:
/// ```
/// use kfp::prelude::*;
/// use serde_json::json;
///
/// #[pipeline]
/// fn written_out() {
///     VolumeOp::from_resource("claim", json!({
///         "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "plain"},
///         "spec": {"accessModes": ["ReadOnlyMany"], "resources": {"requests": {"storage": "1Gi"}}},
///     }));
///     VolumeSnapshotOp::from_resource("keep", json!({
///         "apiVersion": "snapshot.storage.k8s.io/v1", "kind": "VolumeSnapshot", "metadata": {"name": "kept"},
///         "spec": {"source": {"persistentVolumeClaimName": "plain"}},
///     }));
/// }
/// # assert!(written_out::workflow().is_ok());
/// ```
pub use kfp_core::dsl::{PipelineVolume, VolumeOp, VolumeSnapshotOp};
pub use kfp_core::dsl::{RetryPolicy, Sidecar, VOLUME_MODE_ROM, VOLUME_MODE_RWM, VOLUME_MODE_RWO};

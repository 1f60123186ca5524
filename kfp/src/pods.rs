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
///         .set_memory_request("1.5Gi")
///         .set_memory_limit(memory)
///         .add_env_variable(EnvVar::secret("TOKEN", "hub", "token"))
///         .set_security_context(SecurityContext::new().run_as_user(user))
///         .set_image_pull_policy("Always");
/// }
/// # assert!(trained::workflow().is_ok());
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
///     train(3).set_gpu_limit(gpus);
///     train(4).set_gpu_limit(Gpu::amd(1));
/// }
/// # assert!(trained::workflow().is_ok());
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
///     train(3).use_aws_secret(secret).mount_pvc("datasets", "data", "/data").use_preemptible_nodepool(false);
/// }
/// # assert!(trained::workflow().is_ok());
/// ```
pub use kfp_core::dsl::PodHelpers;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// #[component(image = "acme/train:1")]
/// fn train(epochs: i64) {}
///
/// #[pipeline]
/// fn trained(team: String, minutes: i64) {
///     train(3)
///         .add_pod_label("team", team)
///         .add_toleration(Toleration::exists("spot").effect("NoSchedule"))
///         .add_volume(Volume::secret("keys", "hub"))
///         .add_volume_mount(VolumeMount::new("keys", "/keys"))
///         .set_timeout(minutes)
///         .set_retry(3);
/// }
/// # assert!(trained::workflow().is_ok());
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
///     fetch().set_retry(Retry::new(attempts).policy(RetryPolicy::Always).backoff_duration("10s").backoff_factor(2));
/// }
/// # assert!(fetched::workflow().is_ok());
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
///         .add_sidecar(Sidecar::new("cache", "redis:7").command(["redis-server"]).set_memory_limit("1Gi"));
/// }
/// # assert!(trained::workflow().is_ok());
/// ```
pub use kfp_core::dsl::UserContainer;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// let placed = Affinity::new()
///     .require_node([NodeRequirement::is_in("zone", ["a", "b"])])
///     .prefer_node(50, [NodeRequirement::exists("ssd")])
///     .avoid_pods(PodRequirement::label("app", "train", "kubernetes.io/hostname"));
/// # let _ = placed;
/// ```
pub use kfp_core::dsl::kubernetes::Affinity;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// let web = ContainerPort::new(8080).name("web");
/// # let _ = web;
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
///         .add_env_variable(EnvVar::field("POD_IP", "status.podIP"))
/// }
/// ```
pub use kfp_core::dsl::kubernetes::EnvVar;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// let tidy = Lifecycle::pre_stop(Handler::exec(["rm", "-rf", "/scratch/tmp"]));
/// # let _ = tidy;
/// ```
pub use kfp_core::dsl::kubernetes::Lifecycle;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// let ready = Probe::http_get("/ready", 8080).initial_delay_seconds(5).period_seconds(10);
/// # let _ = ready;
/// ```
pub use kfp_core::dsl::kubernetes::Probe;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// let careful = SecurityContext::new().run_as_user(1000).run_as_non_root(true).drop_capabilities(["ALL"]);
/// # let _ = careful;
/// ```
pub use kfp_core::dsl::kubernetes::SecurityContext;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// let spot = Toleration::equal("spot", "true").effect("NoSchedule");
/// # let _ = spot;
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
///     volume_claim_template = VolumeClaimTemplate::new("work", "10Gi").storage_class("fast"),
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
/// let config = VolumeMount::new("settings", "/etc/app").sub_path("app").read_only(true);
/// # let _ = config;
/// ```
pub use kfp_core::dsl::kubernetes::VolumeMount;
pub use kfp_core::dsl::kubernetes::{Handler, NodeRequirement, PodRequirement, VolumeDevice};
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
///     let disk = VolumeOp::new("make-disk", "scratch", size).modes(VOLUME_MODE_RWO);
///     let filled = fill().add_pvolume("/data", disk.volume());
///     let counted = count().add_pvolume("/mnt", filled.pvolume());
///     let snapshot = VolumeSnapshotOp::of_volume("keep", "counted", counted.pvolumes("/mnt"));
///     ResourceOp::delete(disk).after(snapshot);
/// }
/// # assert!(volumes::workflow().is_ok());
/// ```
pub use kfp_core::dsl::{PipelineVolume, VolumeOp, VolumeSnapshotOp};
pub use kfp_core::dsl::{RetryPolicy, Sidecar, VOLUME_MODE_ROM, VOLUME_MODE_RWM, VOLUME_MODE_RWO};

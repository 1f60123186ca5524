//! Machine-learning pipelines for Kubeflow and Argo, in Rust.
//!
//! Inside `#[pipeline]`, a call is a task and Rust's control flow is the DAG; everywhere else a component is the function
//! that you wrote. `cargo build` writes the manifest, an Argo `Workflow`.
//!
//! # Components
//!
//! A component is a function. What travels by value is anything that serde writes and reads; files travel as [`Input`] and
//! [`Output`]. See [`component`] for its options.
//!
//! ```
//! use kfp::prelude::*;
//!
//! /// Counts the lines of a table.
//! #[component(image = "acme/steps:1")]
//! fn count(table: Input<Dataset>, #[default(0)] skip: i64) -> Result<i64, std::io::Error> {
//!     let lines = table.read_to_string()?.lines().count();
//!     Ok(i64::try_from(lines).unwrap_or(i64::MAX) - skip)
//! }
//!
//! // It is still a function.
//! let table = Output::temp()?;
//! table.write("a\nb\n")?;
//! assert_eq!(count(table.to_input(), 1)?, 1);
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! A component that returns a [`ContainerOp`] describes a container of somebody else's:
//!
//! ```
//! use kfp::prelude::*;
//!
//! #[component]
//! fn fetch(url: String, file: Output<Dataset>) -> ContainerOp {
//!     ContainerOp::new("fetch", "curlimages/curl:8.10.1").command(["curl", "-fsSL", "-o"]).arg(&file).arg(url)
//! }
//! ```
//!
//! # Scripts
//!
//! With `script`, the source of the function travels in the manifest and is compiled when the container starts, so that no
//! image has to be built: KFP's `func_to_container_op`. The image has a shell and `rustc`, as `rust:1.95` has.
//!
//! ```
//! use kfp::prelude::*;
//!
//! #[component(script, image = "rust:1.95-slim")]
//! fn longest(table: Input<Dataset>, #[default(80)] most: usize) -> std::io::Result<usize> {
//!     let longest = table.read_to_string()?.lines().map(str::len).max();
//!     Ok(longest.unwrap_or(0).min(most))
//! }
//!
//! #[pipeline]
//! fn lines() {
//!     longest("a\nbc", _);
//! }
//!
//! let manifest = lines::workflow().unwrap().to_yaml();
//! assert!(manifest.contains("let longest = table.read_to_string()?.lines().map(str::len).max();"));
//! ```
//!
//! There is nothing around the function in its script, which is of the 2024 edition: what it uses stands in its body or comes
//! from the standard library. It takes and gives numbers, `bool`, `char`, `String`, `Option` and `Vec` of them, `Input<..>` and
//! `Output<..>` with their methods for files. `dependencies = ["csv = \"1\""]` names crates as `Cargo.toml` does (KFP's
//! `packages_to_install`), which the package of the pipeline has as well, as the function stays callable; then `cargo` fetches and
//! compiles them in the container. With `serde_json` among them maps, sets, tuples and types of those crates travel too.
//! An `Err` ends the container with 1, a panic with 101, an input that is no value of its type and a source that does not
//! compile with 2.
//!
//! # Pipelines
//!
//! See [`pipeline`] for its options and for all that can stand in it.
//!
//! ```
//! # use kfp::prelude::*;
//! # #[component(image = "acme/steps:1")]
//! # fn count(table: Input<Dataset>, #[default(0)] skip: i64) -> i64 { skip }
//! # #[component]
//! # fn fetch(url: String, file: Output<Dataset>) -> ContainerOp {
//! #     ContainerOp::new("fetch", "curlimages/curl:8.10.1").command(["curl", "-fsSL", "-o"]).arg(&file).arg(url)
//! # }
//! # #[component(image = "acme/steps:1")]
//! # fn sum(values: Vec<i64>) -> i64 { values.iter().sum() }
//! # #[component(image = "acme/steps:1")]
//! # fn announce(text: String) {}
//! #[pipeline]
//! fn census(urls: Vec<String>) {
//!     let lines = for url in urls {                     // one round a URL, in parallel
//!         let table = fetch(url).set_retry(3);
//!         count(table = table, skip = 1).output
//!     };
//!     let total = sum(lines);                           // what the loop collected, a Vec<i64>
//!     if total > 1000 {                                 // decided on the cluster
//!         announce(format!("{total} lines"));
//!     }
//! }
//!
//! let workflow = census::workflow()?;
//! assert_eq!(workflow.spec.entrypoint.as_deref(), Some("census"));
//! # Ok::<(), kfp::Diagnostics>(())
//! ```
//!
//! A Kubernetes resource is a task too:
//!
//! ```
//! use kfp::prelude::*;
//!
//! #[pipeline]
//! fn scale(replicas: i64) {
//!     ResourceOp::patch(serde_json::json!({
//!         "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": {"replicas": 1},
//!     }))
//!     .set("/spec/replicas", replicas)
//!     .merge_strategy("merge");
//! }
//! # assert!(scale::workflow().is_ok());
//! ```
//!
//! A task can serve the others of its block: it is there until they have ended.
//!
//! ```
//! use kfp::prelude::*;
//!
//! # #[component(image = "acme/steps:1")]
//! # fn fill(host: String) {}
//! #[pipeline(mutex = "cache-{user}")] // one run a user at a time
//! fn cached(user: String) {
//!     let db = ContainerOp::new("db", "redis:7.4.1")
//!         .command(["redis-server"])
//!         .set_readiness_probe(Probe::tcp_socket(6379))
//!         .daemon();
//!     fill(db.address());
//!     fill(format!("redis://{}/{user}", db.address()));
//! }
//! # let workflow = cached::workflow()?;
//! # assert!(workflow.spec.templates[1].daemon);
//! # Ok::<(), kfp::Diagnostics>(())
//! ```
//!
//! # Manifests out of `cargo build`
//!
//! Depend on `kfp` twice, in `[dependencies]` and in `[build-dependencies]`, and keep pipelines and components in
//! `src/pipelines.rs`:
//!
//! ```ignore
//! // build.rs
//! fn main() {
//!     kfp::build::emit!("src/pipelines.rs");
//! }
//!
//! // src/main.rs
//! mod pipelines;
//! kfp::main!();
//! ```
//!
//! [`build`] says what is written where, [`main!`] what the program can do. What only bodies of components need carries
//! [`runtime`](macro@runtime).
//!
//! # Errors
//!
//! Every error has a code, `KFP104`, and says what to write instead. The first digit says where it was found: 0 in the
//! source, 1 in the types, 2 in the whole graph, 3 in a literal, 4 in `cargo build`, 5 inside the container.

#![warn(missing_docs)]

mod archive;
pub mod build;
pub mod cli;
mod compiled;
mod files;
mod levels;
pub mod pods;
mod snippet;

#[doc = include_str!("../doc/argo.md")]
pub use kfp_core::argo;
#[doc = include_str!("../doc/artifact_module.md")]
pub use kfp_core::artifact;
#[doc = include_str!("../doc/artifacts.md")]
pub use kfp_core::artifact::Artifact;
#[doc = include_str!("../doc/input.md")]
pub use kfp_core::artifact::Input;
#[doc = include_str!("../doc/output.md")]
pub use kfp_core::artifact::Output;
#[doc = include_str!("../doc/diagnostics.md")]
pub use kfp_core::diagnostic::{Diagnostic, Diagnostics};
#[doc = include_str!("../doc/any_op.md")]
pub use kfp_core::dsl::AnyOp;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// #[component(image = "acme/steps:1")]
/// fn train(model: Output<Model>, #[output(optional, artifact_gc = "Never")] notes: Output<Text>) {}
///
/// #[component(image = "acme/steps:1")]
/// fn publish(#[input(optional)] notes: Input<Text>, #[input(mode = 0o555)] model: Input<Model>) {
///     if notes.exists() {}
/// }
///
/// #[pipeline]
/// fn trained(name: String) {
///     let made = train();
///     made.model.set_archive(Archive::None).set_location(S3Artifact::key(format!("models/{name}")));
///     publish(made.notes, made.model);
/// }
/// # assert!(trained::workflow().is_ok());
/// ```
pub use kfp_core::dsl::Archive;
#[doc = include_str!("../doc/arg.md")]
pub use kfp_core::dsl::Arg;
#[doc = include_str!("../doc/argo_options.md")]
pub use kfp_core::dsl::ArgoOptions;
#[doc = include_str!("../doc/argo_version.md")]
pub use kfp_core::dsl::ArgoVersion;
#[doc = include_str!("../doc/container_edit.md")]
pub use kfp_core::dsl::ContainerEdit;
#[doc = include_str!("../doc/container_op.md")]
pub use kfp_core::dsl::ContainerOp;
#[doc = include_str!("../doc/container_set.md")]
pub use kfp_core::dsl::ContainerSet;
#[doc = include_str!("../doc/daemon.md")]
pub use kfp_core::dsl::Daemon;
#[doc = include_str!("../doc/ended.md")]
pub use kfp_core::dsl::Ended;
#[doc = include_str!("../doc/failure.md")]
pub use kfp_core::dsl::Failure;
#[doc = include_str!("../doc/group.md")]
pub use kfp_core::dsl::Group;
#[doc = include_str!("../doc/http_op.md")]
pub use kfp_core::dsl::HttpOp;
#[doc = include_str!("../doc/manifest.md")]
pub use kfp_core::dsl::Manifest;
#[doc = include_str!("../doc/manifest_kind.md")]
pub use kfp_core::dsl::ManifestKind;
#[doc = include_str!("../doc/memoize.md")]
pub use kfp_core::dsl::Memoize;
#[doc = include_str!("../doc/outcome.md")]
pub use kfp_core::dsl::Outcome;
#[doc = include_str!("../doc/outputs.md")]
pub use kfp_core::dsl::Outputs;
#[doc = include_str!("../doc/conf.md")]
pub use kfp_core::dsl::PipelineConf;
#[doc = include_str!("../doc/root_parameter.md")]
pub use kfp_core::dsl::ROOT_PARAMETER_NAME;
#[doc = include_str!("../doc/resource_op.md")]
pub use kfp_core::dsl::ResourceOp;
#[doc = include_str!("../doc/run.md")]
pub use kfp_core::dsl::Run;
#[doc = include_str!("../doc/suspend.md")]
pub use kfp_core::dsl::Suspend;
#[doc = include_str!("../doc/task.md")]
pub use kfp_core::dsl::Task;
#[doc = include_str!("../doc/task_failure.md")]
pub use kfp_core::dsl::TaskFailure;
#[doc = include_str!("../doc/value.md")]
pub use kfp_core::dsl::Value;
#[doc = include_str!("../doc/stores.md")]
pub use kfp_core::dsl::{GcsArtifact, GitArtifact, HttpArtifact, S3Artifact};
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// #[component(image = "acme/steps:1")]
/// fn score(rows: i64) -> f64 {
///     0.5
/// }
///
/// #[pipeline(metric = Metric::counter("nightly_total", "how often it ran").label("status", Measure::Status))]
/// fn nightly(rows: i64) {
///     let scored = score(rows);
///     scored
///         .add_metric(Metric::gauge("nightly_accuracy", "of the last model", scored.output).when_succeeded())
///         .add_metric(Metric::histogram("nightly_seconds", "for a score", [10.0, 60.0], Measure::Duration))
///         .add_metric(Metric::gauge("nightly_so_far", "while it runs", Measure::Duration).realtime())
///         .add_metric(Metric::counter("nightly_rows_total", "rows of failed runs").value(rows).when_failed())
///         .add_metric(Metric::counter("nightly_errors_total", "not run at all").when_error());
/// }
/// # assert!(nightly::workflow().is_ok());
/// ```
pub use kfp_core::dsl::{Measure, Metric};
/// # Example
/// ```
/// use kfp::prelude::*;
/// use kfp::types::{GCPProjectID, GCPRegion, GCRPath, GCSPath, LocalPath};
///
/// #[component(image = "acme/steps:1")]
/// fn fetch(table: GCSPath) -> std::io::Result<GCSPath> {
///     Ok(GCSPath(format!("{table}.copy")))
/// }
///
/// #[component(image = "acme/steps:1")]
/// fn deploy(image: GCRPath, project: GCPProjectID, region: GCPRegion, settings: LocalPath) {}
///
/// #[pipeline]
/// fn copies(#[default("gs://acme/iris.csv")] table: GCSPath, other: String) {
///     fetch(fetch(table));
///     fetch("gs://acme/wine.csv");
///     fetch(other.ignore_type::<GCSPath>());
/// }
/// # assert!(copies::workflow().is_ok());
/// ```
pub use kfp_core::types;
/// What Argo knows of a run and its pods, and what KFP puts into the parameters of a run.
///
#[doc = include_str!("../doc/placeholders.md")]
pub mod placeholders {
    pub use kfp_core::dsl::{
        CURRENT_TIME, EXECUTION_ID_PLACEHOLDER, INDEX, POD_NAME, Placeholder, RUN_ID_PLACEHOLDER, RUN_UUID, RunMacro,
        SCHEDULED_TIME, WORKFLOW_CREATION_TIMESTAMP, WORKFLOW_MAIN_ENTRYPOINT, WORKFLOW_NAME, WORKFLOW_NAMESPACE,
        WORKFLOW_PRIORITY, WORKFLOW_SCHEDULED_TIME, WORKFLOW_SERVICE_ACCOUNT_NAME, current_time, scheduled_time,
    };
}
#[cfg(feature = "k8s-openapi")]
pub use kfp_core::k8s;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// /// Weights in the format of our own trainer.
/// #[derive(Artifact)]
/// #[artifact(name = "Weights")]
/// enum Weights {}
///
/// /// `{CSV: {separator: tab}}` in a component file.
/// #[derive(Artifact)]
/// #[artifact(name = "CSV", properties = [("separator", "tab")])]
/// enum Tabbed {}
///
/// #[component(image = "acme/steps:1")]
/// fn train(table: Input<Tabbed>, weights: Output<Weights>) -> Result<(), std::io::Error> {
///     weights.write(table.read()?)
/// }
/// ```
pub use kfp_macros::Artifact;
/// # Example
/// ```
/// use kfp::prelude::*;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Outputs, Serialize, Deserialize)]
/// struct Scores {
///     accuracy: f64,
///     label: String,
/// }
///
/// #[component(image = "acme/steps:1")]
/// fn score(text: String) -> Scores {
///     Scores { accuracy: 0.5, label: text }
/// }
///
/// #[pipeline]
/// fn scored(text: String) {
///     let first = score(text);
///     if first.accuracy > 0.9 {
///         score(first.label);
///     }
/// }
/// # assert!(scored::workflow().is_ok());
/// ```
pub use kfp_macros::Outputs;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// #[component(image = "acme/steps:1")]
/// fn count(table: String) -> i64 {
///     0
/// }
///
/// #[pipeline]
/// fn warm_up(#[kfp::allow(KFP221)] reserved: String) {
///     #[kfp::allow(KFP220)]
///     count("s3://acme/iris.csv");
///     let _ = count("s3://acme/wine.csv");      // says the same: nobody takes what it gives
/// }
/// # assert!(warm_up::workflow().is_ok());
/// ```
pub use kfp_macros::allow;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// /// Adds two numbers.
/// #[component(image = "acme/steps:1", cpu = "500m", memory = "1Gi", retries = 2, cache = false)]
/// fn add(
///     /// The first.
///     a: f64,
///     #[default(1.0)] b: f64,
/// ) -> f64 {
///     a + b
/// }
///
/// assert_eq!(add(1.0, 2.0), 3.0);
///
/// #[pipeline]
/// fn sums() {
///     let first = add(1.0, 2.0);        // by position
///     let second = add(first, _);       // `_` is the declared default
///     add(b = 3.0, a = second);         // by keyword
/// }
/// # assert!(sums::workflow().is_ok());
/// ```
/// With more of its options:
/// ```
/// use kfp::prelude::*;
///
/// #[component(
///     name = "fit-trees",
///     description = "Fits trees to a table.",
///     display_name = "Fit trees",
///     image = "acme/train:2",
///     program = "/usr/local/bin/train",
///     cpu = "4",
///     cpu_request = "500m",
///     memory = "8Gi",
///     memory_request = "2Gi",
///     ephemeral_storage = "20Gi",
///     gpu = Gpu::nvidia(1),
///     timeout = 3600,
///     retries = 2,
///     max_cache_staleness = "P30D",
///     image_pull_policy = "Always",
///     annotations = [("author", "Ann")],
///     labels = [("team", "data")],
///     deadline = "2h",
///     mutex = "depth-{depth}",
///     service_account = "trainer",
///     priority_class = "low"
/// )]
/// fn fit(table: Input<Dataset>, depth: i64, model: Output<Model>) -> f64 {
///     0.5
/// }
///
/// /// Compiled when its container starts, with crates of its own.
/// #[component(script, image = "rust:1.95", dependencies = ["serde_json = \"1\""])]
/// fn total(numbers: String) -> f64 {
///     serde_json::from_str::<Vec<f64>>(&numbers).unwrap_or_default().iter().sum()
/// }
///
/// /// Stands in the cluster: the template `count` of the `ClusterWorkflowTemplate` `tools`.
/// #[component(template_ref = "tools/count", cluster_scope, output = "lines")]
/// fn count(#[name("max-rows")] max_rows: i64) -> i64;
///
/// #[pipeline]
/// fn fitted(table: String) {
///     fit(table, count(100).output);
///     total("[1, 2]");
/// }
///
/// let manifest = fitted::workflow()?.to_yaml();
/// assert!(manifest.contains("fit-trees") && manifest.contains("8Gi") && manifest.contains("templateRef"));
/// # Ok::<(), kfp::Diagnostics>(())
/// ```
pub use kfp_macros::component;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// kfp::import_component! {
///     pub fn train = "doc/component.yaml";
///     pub fn shout = r#"
///         name: Shout
///         inputs: [{name: text, type: String}]
///         outputs: [{name: loud, type: String}]
///         implementation:
///           container:
///             image: busybox:1.36
///             command: [sh, -c, 'mkdir -p "$(dirname "$1")" && echo "$0" | tr a-z A-Z > "$1"']
///             args: [{inputValue: text}, {outputPath: loud}]
///     "#;
/// }
///
/// #[pipeline]
/// fn loudly(rows: String) {
///     let trained = train(rows, 5, _);
///     let again = train(training_data = rows, starting_model = trained.model);
///     shout(again.log);
/// }
/// # assert!(loudly::workflow().is_ok());
/// ```
pub use kfp_macros::import_component;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// #[pipeline]
/// fn start(seconds: i64) {
///     ResourceOp::create(manifest!("doc/pod.yaml", "/spec/activeDeadlineSeconds" = seconds))
///         .success_condition("status.phase == Succeeded")
///         .failure_condition("status.phase == Failed");
/// }
/// # assert!(start::workflow().is_ok());
/// ```
pub use kfp_macros::manifest;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// #[component(image = "acme/steps:1")]
/// fn flip() -> String {
///     "heads".to_owned()
/// }
///
/// #[component(image = "acme/steps:1")]
/// fn say(text: String) {
///     println!("{text}");
/// }
///
/// #[pipeline(name = "coin-toss", parallelism = 4, timeout = 3600, on_exit = |run| say(run.status))]
/// fn toss(names: Vec<String>, #[default("nobody".to_owned())] fallback: String) {
///     for name in names {
///         let winner = if flip() == "heads" { name } else { fallback };
///         say(format!("{winner} wins"));
///     }
/// }
/// # assert!(toss::workflow().is_ok());
/// ```
/// What holds for the whole run:
/// ```
/// use kfp::prelude::*;
///
/// #[component(image = "acme/train:1")]
/// fn train(epochs: i64) {}
///
/// #[component(image = "acme/steps:1")]
/// fn say(text: String) {}
///
/// #[pipeline(
///     description = "Trains, and says how that went.",
///     on_success = |_| say("trained"),
///     on_failure = |run| say(format!("{}", run.failures)),
///     on_error = |run| say(run.status),
///     fail_fast = false,
///     argo = "3.7",
///     layout = "flat",
///     timeout = 3600,
///     parallelism = 4,
///     priority = 5,
///     mutex = "user-{user}",
///     semaphore = [("limits", "runs")],
///     database_semaphore = "runs",
///     pipeline_root = "s3://acme/runs",
///     cache = false,
///     labels = [("team", "data")],
///     annotations = [("acme.com/owner", "Ann")],
///     ttl_seconds_after_finished = 86400,
///     ttl_seconds_after_success = 3600,
///     ttl_seconds_after_failure = 604800,
///     pod_gc = "OnPodSuccess",
///     pod_gc_delay = "30s",
///     artifact_gc = "OnWorkflowDeletion",
///     volume_claim_gc = "OnWorkflowCompletion",
///     artifact_repository = "minio",
///     artifact_repository_config_map = "stores",
///     archive_logs
/// )]
/// fn trained(user: String) {
///     train(3);
/// }
///
/// /// What is given, and what is laid over it.
/// #[pipeline(conf = PipelineConf::new().set_parallelism(8), max_cache_staleness = "P1D")]
/// fn trained_again() {
///     train(4);
/// }
///
/// let spec = trained::workflow()?.spec;
/// assert_eq!(spec.parallelism, Some(4));
/// assert_eq!(trained_again::workflow()?.spec.parallelism, Some(8));
/// # Ok::<(), kfp::Diagnostics>(())
/// ```
/// What holds for all of its pods:
/// ```
/// use kfp::prelude::*;
///
/// #[component(image = "acme/train:1")]
/// fn train(epochs: i64) {}
///
/// #[pipeline(
///     pod_labels = [("app", "iris")],
///     pod_annotations = [("sidecar.istio.io/inject", "false")],
///     service_account = "runner",
///     executor_service_account = "executor",
///     automount_service_account_token = false,
///     image_pull_secrets = ["registry"],
///     image_pull_policy = "IfNotPresent",
///     node_selector = [("pool", "gpu")],
///     toleration = Toleration::exists("gpu").effect("NoSchedule"),
///     affinity = Affinity::new().require_node([NodeRequirement::exists("ssd")]),
///     volume = Volume::pvc("data", "datasets"),
///     volume_claim_template = VolumeClaimTemplate::new("work", "10Gi"),
///     metric = Metric::counter("placed_total", "how often it ran"),
///     scheduler_name = "volcano",
///     pod_priority_class = "batch",
///     pod_disruption_budget = "50%",
///     host_network,
///     dns_policy = "ClusterFirstWithHostNet",
///     pod_spec_patch = r#"{"terminationGracePeriodSeconds": 5}"#,
///     op_transformer = |op: AnyOp| op.set_memory_limit("1Gi")
/// )]
/// fn placed() {
///     train(3);
/// }
///
/// assert!(placed::workflow()?.to_yaml().contains("serviceAccountName: runner"));
/// # Ok::<(), kfp::Diagnostics>(())
/// ```
/// By the clock, and as something to start runs from:
/// ```
/// use kfp::prelude::*;
///
/// #[component(image = "acme/train:1")]
/// fn train(epochs: i64) {}
///
/// #[pipeline(
///     schedule = "30 2 * * MON-FRI",
///     timezone = "Europe/Berlin",
///     concurrency_policy = "Forbid",
///     schedule_suspended,
///     starting_deadline_seconds = 600,
///     successful_jobs_history_limit = 5,
///     failed_jobs_history_limit = 2,
///     schedule_when = "{{= cronworkflow.lastScheduledTime == nil}}",
///     stop_expression = "cronworkflow.failed >= 3"
/// )]
/// fn nightly() {
///     train(3);
/// }
///
/// #[pipeline(kind = "WorkflowTemplate")]
/// fn template(epochs: i64) {
///     train(epochs);
/// }
///
/// assert_eq!(nightly::manifest()?.kind(), "CronWorkflow");
/// assert_eq!(template::manifest()?.kind(), "WorkflowTemplate");
/// # Ok::<(), kfp::Diagnostics>(())
/// ```
pub use kfp_macros::pipeline;
/// # Example
/// ```
/// use kfp::prelude::*;
///
/// #[kfp::runtime]
/// use std::collections::HashMap;
///
/// /// A helper that only bodies use.
/// #[kfp::runtime]
/// fn frequencies(text: &str) -> HashMap<char, usize> {
///     text.chars().fold(HashMap::new(), |mut all, letter| {
///         *all.entry(letter).or_default() += 1;
///         all
///     })
/// }
///
/// #[component(image = "acme/steps:1")]
/// fn distinct(text: String) -> i64 {
///     i64::try_from(frequencies(&text).len()).unwrap_or(i64::MAX)
/// }
/// ```
pub use kfp_macros::runtime;
pub use pods::{Gpu, PodOptions, Retry, RetryPolicy, Toleration};

/// What a file of pipelines needs.
pub mod prelude {
    pub use crate::artifact::{
        Any, Artifact, ClassificationMetrics, Dataset, Html, Input, Markdown, Metrics, Model, Output, Text, UiMetadata,
    };
    pub use crate::placeholders::{EXECUTION_ID_PLACEHOLDER, RUN_ID_PLACEHOLDER};
    pub use crate::pods::*;
    pub use crate::{
        AnyOp, Arg, ArgoOptions, ArgoVersion, ContainerEdit, ContainerOp, ContainerSet, Failure, GcsArtifact,
        GitArtifact, HttpArtifact, HttpOp, Manifest, Memoize, PipelineConf, ResourceOp, S3Artifact, Suspend,
        TaskFailure, component, manifest, pipeline,
    };
    pub use kfp_core::dsl::{Archive, Measure, Metric};
    pub use kfp_macros::{Artifact, Outputs};
}

/// What can stand where: the traits that rustc names when something else stands there.
///
/// Nobody has to implement or name them. Each says what it takes, and its page lists what that is.
pub mod traits {
    pub use kfp_core::dsl::{
        ArmOf, AsArtifact, AsImported, Attempt, BranchEnd, ByValue, Collect, CollectTask, Comparable, Debugged,
        DeclaresDefault, Dependency, Element, EndsInNothing, Fixed, HasContainer, HasPod, IntoCondition, IntoConf,
        IntoCount, IntoDefault, IntoElement, IntoField, IntoFile, IntoFlag, IntoGpu, IntoImported, IntoInput, IntoJson,
        IntoKept, IntoKind, IntoManifest, IntoMetric, IntoOperand, IntoRetry, IntoReturned, IntoSegment, IntoText,
        IntoTexts, Items, Keywords, MayLack, Param, PipelineFn, PodTask, Returns, Shown, TaskEnd, WithoutValue,
        Written,
    };
    pub use kfp_core::runtime::IntoCause;
}

/// What has no name in a source: the types that rustc names where one of the [`traits`] is asked of them.
///
/// Nobody has to name them.
pub mod unnamed {
    pub use kfp_core::dsl::{
        Claim, Condition, Containers, FieldType, FileOutput, FileType, Given, ImportedType, Keyword, NoFields,
        NotGiven, Nothing, Omitted, OneArtifact, OneContent, Optional, ParamType, Pause, Plain, Pod, Request, Required,
        Resource, RunEnd, Several, Single, Snapshot, Struct, branches_agree, range,
    };
    pub use kfp_core::runtime::{ByConversion, ByForgetting};
}

/// What the macros expand to. Not for use by hand: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use kfp_core::artifact::{Accepts, Any as AnyArtifact, Artifact, Named, Unnamed, Untyped, name_hash};
    pub use kfp_core::diagnostic::{Allowed, Place};
    pub use kfp_core::dsl::*;
    pub use kfp_core::graph::{Comparison, Op, TemplateRef, Trigger};
    pub use kfp_core::inventory;
    pub use kfp_core::registry::{ComponentRecord, PipelineRecord};
    pub use kfp_core::runtime::{Failure as InvocationFailure, IntoCause, Invocation};
    pub use kfp_core::types::Text as NamedText;

    /// The input of a component in container form.
    pub fn placed_input<A>(name: &str) -> crate::Input<A> {
        crate::Input::from_path(kfp_core::graph::Input::default_path(name))
    }

    /// The output of a component in container form.
    pub fn placed_output<A>(name: &str) -> crate::Output<A> {
        crate::Output::placed(kfp_core::graph::Output::default_path(name))
    }

    /// The type of a value, for what rustc is to check and nobody runs.
    pub fn type_of<'s, T: IntoOperand<'s>>(_: &T) -> T::Type {
        unreachable!("never called")
    }

    /// What stands in for the body of a component in a build script.
    pub fn dropped_body(component: &str) -> ! {
        panic!(
            "[KFP401] the component `{component}` was called as a plain function while its pipeline was built; \
             in a pipeline, call it by its name directly, so that the call becomes a task"
        )
    }

    /// A warning that is meant, from a place to a line and column.
    pub fn allowed(code: u16, from: Place, to: (u32, u32)) -> Allowed {
        Allowed { code: kfp_grammar::Code(code), from, to }
    }

    /// The manifest of a pipeline.
    pub fn manifest<P: PipelineFn>() -> Result<crate::argo::Manifest, crate::Diagnostics> {
        kfp_core::compile_as(&Builder::graph::<P>(), None).map(|(manifest, _)| manifest)
    }

    /// The Argo Workflow of a pipeline.
    pub fn workflow<P: PipelineFn>() -> Result<crate::argo::Workflow, crate::Diagnostics> {
        kfp_core::compile(&Builder::graph::<P>()).map(|(workflow, _)| workflow)
    }
}

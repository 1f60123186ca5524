//! The macros of `kfp`. They are reached through that crate; what they expand to names it.
//!
//! Each has its stages in files of their own: attributes, model, checks, expansion. On any error the item is emitted all
//! the same, so that one mistake gives one error.

mod allowed;
mod artifact;
mod build_script;
mod component;
mod component_texts;
mod errors;
mod files;
mod import;
mod keywords;
mod literals;
mod manifest;
mod neighbours;
mod options;
mod outputs;
mod pipeline;
mod script;
mod serde_names;
mod signature;
mod template_ref;

use proc_macro::TokenStream;

/// Makes a component of a function: what a task of a pipeline runs.
///
/// The function stays as it is and callable. A function whose return type is `ContainerOp` or `ContainerOp<O>` describes a
/// pod instead; its outputs are its `Output<..>`s and the fields of `O`.
///
/// | option | what | default |
/// | --- | --- | --- |
/// | `image = ".."` | the image that holds the crate's own program; not with `ContainerOp` | `PACKAGE:VERSION` |
/// | `program = ".."` | that program in the image, a path or a name on `PATH`; not with `ContainerOp` | the package's name |
/// | `script` | the source of the function travels in the manifest, and is compiled when the container starts; `image` is one with `rustc` and a shell | the crate's own program |
/// | `dependencies = ["csv = \"1\""]` | of a script: lines of `[dependencies]`; `image` is one with `cargo` | none |
/// | `template_ref = "tools/count"`, `cluster_scope`, `output = "lines"` | a template of a (Cluster)WorkflowTemplate in the cluster runs in its place, and the function has no body: `fn count(#[name("max-rows")] max_rows: i64) -> i64;` | none |
/// | `name = ".."` | the name in manifests | the function's |
/// | `description = ".."` | what it does | the doc comment |
/// | `cpu = ".."` | limit of CPUs of its tasks, a Kubernetes quantity: `"500m"` | none |
/// | `memory = ".."` | limit of memory: `"1.5Gi"` | none |
/// | `cpu_request = ".."`, `memory_request = ".."` | what is reserved for its tasks | the limits |
/// | `ephemeral_storage = ".."` | limit of local disk | none |
/// | `gpu = 1`, `gpu = Gpu::amd(1)` | GPUs of its tasks | none |
/// | `timeout = 600` | seconds after which an attempt fails | none |
/// | `image_pull_policy = ".."` | `Always`, `IfNotPresent` or `Never` | the cluster's |
/// | `display_name = ".."` | the name that a user interface shows | the component's |
/// | `retries = 2` | how often a failed task is tried again | 0 |
/// | `max_cache_staleness = "P30D"` | how old such a result may be, an ISO-8601 duration | KFP's |
/// | `annotations = [("key", "value")]`, `labels = [..]` | of the pods of its tasks | none |
/// | `deadline = "2h"` | how long its task may take with all attempts and their waiting | none |
/// | `mutex = "shard-{shard}"` | a lock that its task holds; text may name inputs, as in the next two and in `deadline` | none |
/// | `service_account = ".."`, `priority_class = ".."` | of its pods | the cluster's |
/// | `cache = false` | whether KFP may take a result from an earlier run; the key alone is `true` | KFP's |
///
/// | input | what it takes |
/// | --- | --- |
/// | `x: T` | a value; `T` is `Serialize` and `DeserializeOwned`, and owned |
/// | `#[default(1.0)] x: f64` | the same, with what `_` or an omitted keyword stands for |
/// | `x: Input<A>` | a file or folder of type `A` |
/// | `#[input(optional, mode = 0o755, recurse_mode)] x: Input<A>` | the same: one that may be missing (`x.exists()`), with these permissions |
/// | `x: Output<A>` | no input: a place to write a file or folder to, `task.x` for others |
/// | `#[output(archive = "none", optional, artifact_gc = "Never")] x: Output<A>` | the same: how it is packed (`"none"`, `"zip"`, `compression_level = 9`), whether it may be left out, when it is deleted |
///
/// What it returns is `task.output`, or the fields of a struct with `#[derive(Outputs)]`; in a `Result`, an `Err` fails the task.
#[proc_macro_attribute]
pub fn component(attribute: TokenStream, item: TokenStream) -> TokenStream {
    component::expand(attribute.into(), item.into()).into()
}

/// Makes a pipeline of a function: a call in it is a task, and Rust's control flow is the DAG.
///
/// `NAME::workflow()` gives the Argo Workflow, `NAME::manifest()` the manifest of the kind that it says. Outputs are declared by the return type: a value, an artifact, or a struct that
/// derives `Outputs`.
///
/// | option | what | default |
/// | --- | --- | --- |
/// | `name = ".."` | the name in manifests, and of the file | the function's |
/// | `description = ".."` | what it does | the doc comment |
/// | `parallelism = 4` | how many pods run at once at most | no limit |
/// | `conf = ours` | a `PipelineConf`, or a function that gives one; the options below are laid over it | |
/// | `argo = "3.5"` | the oldest Argo that the manifest is for: `3.5`, `3.6`, `3.7`, `4.0` or `4.1` | `3.6` |
/// | `layout = "flat"` | every block stays one DAG, however many tasks it has | more than 200 are laid out in DAGs in the DAG |
/// | `on_exit = \|run\| ..` | a handler that runs however the run ended (`run.status`, `run.failures`); may be repeated | none |
/// | `on_success = ..`, `on_failure = ..`, `on_error = ..` | the same for one end of the run | none |
/// | `fail_fast = false` | whether what has not begun is left when a task fails | `true` |
///
/// These are methods of `PipelineConf` too, which says more of each. All but where its pods run are for main pipelines only: a called one is a
/// part of another's run.
///
/// | option | what |
/// | --- | --- |
/// | `timeout = 3600` | seconds after which the whole run fails |
/// | `priority = 10` | among waiting workflows |
/// | `mutex = "user-{name}"`, `semaphore = [("limits", "runs")]`, `database_semaphore = ".."` | locks that the run holds, named by parameters too; each may be repeated |
/// | `ttl_seconds_after_finished = 86400`, `ttl_seconds_after_success`, `ttl_seconds_after_failure` | when the ended run is deleted |
/// | `pod_gc = "OnPodSuccess"`, `pod_gc_delay = "30s"`, `artifact_gc = ".."`, `volume_claim_gc = ".."` | when what is left of it is deleted |
/// | `artifact_repository = "key"`, `artifact_repository_config_map = ".."`, `archive_logs` | where artifacts are kept, and whether logs are |
/// | `pipeline_root = "s3://bucket/runs"` | the parameter `pipeline-root`, for tools that look there |
/// | `cache = false`, `max_cache_staleness = "P30D"` | whether KFP reuses results, for tasks that do not say |
/// | `labels = [("team", "data")]`, `annotations = [..]` | of the run |
/// | `pod_labels = [..]`, `pod_annotations = [..]` | of its pods |
/// | `service_account = ".."`, `executor_service_account = ".."`, `automount_service_account_token = false` | of its pods |
/// | `image_pull_secrets = ["registry"]`, `image_pull_policy = "Always"` | for pulling images |
/// | `node_selector = [("pool", "gpu")]`, `toleration = Toleration::exists("gpu")`, `affinity = ..` | where its pods run; also of a called pipeline, for the pods of its own tasks |
/// | `volume = Volume::pvc("models", "ours")`, `volume_claim_template = VolumeClaimTemplate::new("work", "10Gi")` | what every pod may mount; each may be repeated |
/// | `metric = Metric::gauge("seconds", "how long it takes", Measure::Duration)` | what Prometheus is told of the run; may be repeated |
/// | `scheduler_name = ".."`, `pod_priority_class = ".."`, `pod_disruption_budget = "50%"` | where its pods run |
/// | `host_network`, `dns_policy = ".."` | their network |
/// | `pod_spec_patch = ".."` | anything else, as a patch of the pod |
/// | `kind = "WorkflowTemplate"` | which manifest it becomes: also `Workflow`, `ClusterWorkflowTemplate`, `CronWorkflow` |
/// | `schedule = "30 2 * * MON-FRI"`, `timezone = "Europe/Berlin"` | a `CronWorkflow`, and when it runs; the first may be repeated |
/// | `concurrency_policy`, `schedule_suspended`, `starting_deadline_seconds`, `successful_jobs_history_limit`, `failed_jobs_history_limit`, `schedule_when`, `stop_expression` | more of it |
/// | `op_transformer = ours` | a function that changes every operation; may be repeated |
///
/// | in the body | what it is |
/// | --- | --- |
/// | `call(..)`, `call(x = ..)` | a task; of a pipeline: a nested DAG |
/// | `ContainerOp::new(..)`, `ResourceOp::create(..)` | a task too |
/// | `if`, `match` | a condition on the cluster; with a value at the end of every branch, a value |
/// | `for`, `#[parallel(4)] for` | the body once an item; a value at its end collects a `Vec` |
/// | `#[parallel(4)] { .. }` | a block of which so many tasks run at once |
/// | `#[retry(3)] { .. }` | a block that is tried again as a whole when something in it fails, with what `set_retry` takes |
/// | `#[mutex("shard")] { .. }` | a block that runs only while nothing else holds the lock of this name |
/// | `#[name("big")]` on an `if`, `match`, `for` or a block | its name: the task `condition-big-1` |
/// | `#[on_exit(\|run\| ..)] { .. }` | a block with an exit handler (`run.status`) |
/// | `format!(..)` | text with values in it |
/// | `#[host]` before a statement | Rust, while the pipeline is built |
#[proc_macro_attribute]
pub fn pipeline(attribute: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::expand(attribute.into(), item.into()).into()
}

/// Keeps an item out of build scripts: what only the bodies of components need, as a `use`, a helper or a heavy crate.
#[proc_macro_attribute]
pub fn runtime(_: TokenStream, item: TokenStream) -> TokenStream {
    if build_script::is_one() { TokenStream::new() } else { item }
}

/// Says that a warning is meant where it stands: on a component, a pipeline, a parameter of one, or a statement.
///
/// It takes codes as warnings show them, `#[kfp::allow(KFP220)]` or several: `#[kfp::allow(KFP220, KFP225)]`. Errors cannot be
/// allowed. What holds for a whole package is said in `emit!`, see `kfp::build`.
#[proc_macro_attribute]
pub fn allow(attribute: TokenStream, item: TokenStream) -> TokenStream {
    allowed::expand(&attribute.into(), &item.into()).into()
}

/// Makes every field of a struct an output of its own.
///
/// The same derive makes the fields of a value reachable, as those of a loop's item. `#[serde(rename = "..")]` is respected.
///
/// | option of a field | what | default |
/// | --- | --- | --- |
/// | `#[output(path = "..")]` | the file in which a `ContainerOp` leaves it | `/tmp/outputs/NAME/data` |
/// | `#[output(json_path = "{..}")]` | the field of a `ResourceOp`'s resource | `{.NAME}` |
#[proc_macro_derive(Outputs, attributes(output))]
pub fn outputs(item: TokenStream) -> TokenStream {
    outputs::expand(item.into()).into()
}

/// Makes a type of artifact of a struct or enum.
///
/// | option | what | default |
/// | --- | --- | --- |
/// | `#[artifact(name = "..")]` | the name that KFP shows | the type's |
/// | `#[artifact(properties = [("data_type", "CSV")])]` | the properties of the type, which are compared as KFP does: it is taken where the same name is wanted with these properties at least | none |
#[proc_macro_derive(Artifact, attributes(artifact))]
pub fn artifact(item: TokenStream) -> TokenStream {
    artifact::expand(item.into()).into()
}

/// Makes components of KFP's component files, `component.yaml`.
///
/// `import_component!(pub fn NAME = "FILE";)`: the path starts at the folder of `Cargo.toml`; in place of a path the text
/// itself may be written. Several in one call are fine. The file is read and checked while this is compiled, and tracked;
/// what it describes is the documentation of `NAME`.
///
/// | in the file | in a pipeline |
/// | --- | --- |
/// | an input `Training data` | `training_data`: lower case, words joined by `_`, `n` before a leading digit; of names that meet, the later ones end in `_2`, `_3` |
/// | `inputValue` of `Integer`, `Float`, `Boolean`, `String` | `i64`, `f64`, `bool`, `String` |
/// | `inputValue` of `JsonArray`, `JsonObject` | a list, a map |
/// | `inputValue` of `GCSPath`, `GCRPath`, `GCPRegion`, `GCPProjectID`, `LocalPath` | that type of `kfp::types`, or any constant text |
/// | `inputValue` of another type; without a type | text, or the text of a file of that type; anything |
/// | `inputPath` | an artifact of that type, by its name; or a value, whose text is the file |
/// | `default`, `optional` | may be left out in a call with keywords or without arguments; by position, `_` |
/// | an output of `Integer`, `Float`, `Boolean`, `String`, `JsonArray`, `JsonObject` | a value, and a file where an artifact is wanted |
/// | an output of `GCSPath` and the like | a value of that type of `kfp::types` |
/// | an output of another type | an artifact; also its text, for inputs of imported components, wherever the artifact has been |
/// | a type with properties, `{GCSPath: {data_type: CSV}}` | fits where the same name is wanted with these properties at least, as in KFP; `ignore_type` turns that off for values |
/// | `isPresent` | decides while the pipeline is built, as in KFP |
/// | `if` on `{inputValue: x}` | decides while the pipeline is built: pass `true` or `false`. (KFP 1.8.22 refuses each argument there.) A value that only the run knows is refused, in KFP as here (KFP268): call the component in both branches of an `if` |
/// | `metadata` | annotations and labels of the pod; `volatile_component: "true"` takes no result from an earlier run |
/// | `graph` | a nested pipeline |
///
/// Among the published components that were tried as they are: XGBoost train and predict, the graph that trains XGBoost and
/// calculates metrics, Git clone, Chicago Taxi Trips, download from and upload to Google Cloud Storage, Query JSON using JQ,
/// Install or Upgrade Helm Chart, Train FC DNN using TF, EMR create cluster, Keras train classifier, Launch StudyJob, Remove
/// header. They give the command lines that KFP 1.8.22 gives. `tests/build/published` builds sixteen of
/// `google-cloud-pipeline-components`: delete endpoint, deploy model, delete model, export model, custom job, Dataflow Python
/// job, Dataproc Spark SQL batch, import evaluation, forecasting: prepare data and validate, hyperparameter tuning job, notebooks
/// executor, train test split JSONL, notification email, train text classification, wait for resources.
///
/// By position, inputs that have to be given come first, as in KFP. Nobody fetches a component of a graph that is
/// known by a URL: say which file has it, `pub fn NAME = "FILE" with { "URL" = "OTHER FILE" };`.
#[proc_macro]
pub fn import_component(input: TokenStream) -> TokenStream {
    import::expand(input.into()).into()
}

/// Reads a Kubernetes manifest from a YAML file; the path starts at the folder of `Cargo.toml`.
///
/// The file is read and checked while this is compiled, and tracked. `manifest!("job.yaml", "/json/pointer" = value, ..)` sets
/// fields: numbers stay numbers, whether they are constants or values of the run.
#[proc_macro]
pub fn manifest(input: TokenStream) -> TokenStream {
    manifest::expand(input.into()).into()
}

//! What a pipeline says about the whole of its run.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{add, flip, publish, sum, table, train};
use kfp::prelude::*;
use serde_json::json;

#[pipeline(
    pipeline_root = "s3://store/runs",
    parallelism = 3,
    timeout = 3600,
    priority = -1,
    ttl_seconds_after_finished = 86400,
    ttl_seconds_after_success = 0,
    ttl_seconds_after_failure = 604800,
    pod_gc = "OnPodSuccess",
    pod_gc_delay = "30s",
    artifact_gc = "OnWorkflowDeletion",
    volume_claim_gc = "OnWorkflowCompletion",
    artifact_repository = "minio",
    artifact_repository_config_map = "stores",
    archive_logs,
    cache = false,
    labels = [("team", "data"), ("cost-center", "42")],
    annotations = [("example.com/owner", "Ann & Bob")],
    pod_labels = [("app", "iris")],
    pod_annotations = [("sidecar.istio.io/inject", "false")],
    service_account = "runner",
    executor_service_account = "executor",
    automount_service_account_token = false,
    image_pull_secrets = ["registry", "mirror"],
    image_pull_policy = "IfNotPresent",
    node_selector = [("pool", "gpu")],
    scheduler_name = "volcano",
    pod_priority_class = "batch",
    pod_disruption_budget = "50%",
    host_network = true,
    dns_policy = "ClusterFirstWithHostNet",
    pod_spec_patch = r#"{"terminationGracePeriodSeconds": 5}"#
)]
fn conf_options() {
    flip();
    flip().set_max_cache_staleness("P30D");
    flip().set_caching_options(true);
}

/// What all pipelines of a team share.
fn ours() -> PipelineConf {
    PipelineConf::new()
        .set_parallelism(8)
        .set_service_account("shared")
        .set_affinity(json!({"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {
            "nodeSelectorTerms": [{"matchExpressions": [{"key": "zone", "operator": "In", "values": ["a"]}]}],
        }}}))
        .set_security_context(json!({"runAsNonRoot": true, "runAsUser": 1000}))
        .set_dns_config(json!({"nameservers": ["1.2.3.4"], "options": [{"name": "ndots", "value": "2"}]}))
        .add_host_alias("10.0.0.7", ["db", "db.local"])
        .add_toleration(Toleration::exists("gpu").effect("NoSchedule"))
        .set_pod_disruption_budget(1)
}

#[pipeline(conf = ours, service_account = "mine", argo = "3.5")]
fn conf_function() {
    flip();
}

/// Where a run's own parameter goes into every pod.
#[pipeline(
    op_transformer = |op: AnyOp| {
        let (team, grace) = (op.param::<String>("team"), op.param::<i64>("grace"));
        op.add_pod_label("team", &team)
            .set_env_variable("TEAM", team)
            .add_pod_spec_patch(Manifest::new(&json!({})).set("/terminationGracePeriodSeconds", grace))
    },
    argo = "3.6"
)]
fn conf_transformers_params(team: String, grace: i64) {
    flip();
    add(1.0, 2.0).set_memory_limit("1Gi");
    fit(table(3).table, 0.5);
}

#[component]
fn keep(text: String) -> ContainerOp {
    ContainerOp::new("keep", "busybox:1.36")
        .command(["sh", "-c", r#"echo "$0" >> /work/lines; sort /work/lines"#])
        .arg(text)
        .add_volume_mount(VolumeMount::new("work", "/work"))
}

#[pipeline(
    volume = Volume::empty_dir("scratch").size_limit("1Gi"),
    volume_claim_template = VolumeClaimTemplate::new("work", "1.5Gi").modes(VOLUME_MODE_RWM).storage_class("fast")
)]
fn conf_volumes(text: String) {
    let first = keep(text);
    keep("second").add_volume_mount(VolumeMount::new("scratch", "/scratch")).after(first);
}

#[pipeline]
fn conf_placement(rate: f64) {
    fit_there(table(3), rate);
    flip();
}

#[pipeline(
    node_selector = [("pool", "gpu")],
    toleration = Toleration::exists("gpu"),
    affinity = Affinity::new().require_node([NodeRequirement::is_in("zone", ["a", "b"])])
)]
fn fit_there(table: Input<Dataset>, rate: f64) -> f64 {
    if rate > 0.5 {
        flip();
    }
    let model = train(table, rate).add_node_selector_constraint("pool", "large");
    publish(model.model, "there");
    model.output
}

/// Gives what says nothing a memory limit, and takes every image from a mirror.
fn house_rules(op: AnyOp) -> AnyOp {
    let mirrored = op.image_name().map(|image| format!("mirror.example.com/{image}"));
    let op = if op.label("size").is_none() { op.set_memory_limit("1Gi") } else { op };
    match mirrored {
        Some(image) => op.image(image),
        None => op,
    }
}

#[pipeline(op_transformer = house_rules, op_transformer = |op: AnyOp| op.add_pod_label("add-pod-env", "true"))]
fn conf_transformers(memory: String) {
    add(1.0, 2.0);
    add(1.0, 2.0).set_memory_limit(memory).add_pod_label("size", "own");
    flip().set_memory_limit("2Gi").set_caching_options(false);
    ResourceOp::delete(json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "old"}}));
}

#[pipeline(conf = PipelineConf::new().set_data_passing_volume(
    json!({"persistentVolumeClaim": {"claimName": "data"}}),
    "artifact_data/",
))]
fn conf_data_volume(rows: i64) {
    let chosen = if rows > 3 { table(rows).table } else { table(3).table };
    for rate in [0.1, 0.5] {
        let model = fit(chosen, rate);
        publish(model, format!("rate {rate}"));
    }
    sum([1.0, 2.0]);
}

#[pipeline]
fn fit(table: Input<Dataset>, rate: f64) -> Model {
    train(table, rate).model
}

#[test]
fn every_option() {
    check(
        "conf_options",
        &["flip three times, all at once; only the second and the third may be cached"],
        conf_options::workflow(),
    );
    check("conf_function", &["flip"], conf_function::workflow());
}

#[test]
fn transformers_have_the_last_word() {
    check(
        "conf_transformers",
        &[
            "add with 1Gi, add with the given memory, flip with 1Gi in place of 2Gi, a pod deleted;",
            "every image is from the mirror, every container has KFP's variables",
        ],
        conf_transformers::workflow(),
    );
}

#[test]
fn transformers_see_the_run() {
    check(
        "conf_transformers_params",
        &[
            "flip, add, table, then train in fit; all with TEAM as label and in the environment, and GRACE seconds to end",
        ],
        conf_transformers_params::workflow(),
    );
}

#[test]
fn volumes_of_the_run() {
    check(
        "conf_volumes",
        &["keep(text), then keep(second), with a claim that the run makes; the second mounts an empty folder as well"],
        conf_volumes::workflow(),
    );
}

#[test]
fn where_the_pods_of_a_called_pipeline_run() {
    check(
        "conf_placement",
        &[
            "table and flip anywhere; in fit-there flip (if RATE is over 0.5) and publish in the pool gpu, train in the pool large,",
            "all three with the toleration and the affinity",
        ],
        conf_placement::workflow(),
    );
}

#[test]
fn artifacts_through_a_volume() {
    check(
        "conf_data_volume",
        &[
            "one of the two tables, of `rows` rows or of 3; train and publish with it for each rate; sum;",
            "no template has artifacts, each file is under the folder that its task mounts",
        ],
        conf_data_volume::workflow(),
    );
}

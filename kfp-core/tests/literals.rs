//! What the macros read at a literal and what the whole graph is read for are the same, word for word.

mod support;

use kfp_core::check::compile;
use kfp_core::diagnostic::Place;
use kfp_core::dsl::{
    Affinity, ArgoOptions, ComponentOp, ContainerEdit, ContainerOp, ContainerOptions, ContainerPort, EnvVar, Memoize,
    NodeRequirement, PipelineVolume, PodOptions, PodRequirement, Retry, Toleration, UserContainer, Volume,
    VolumeDevice, VolumeMount,
};
use kfp_core::graph::{Conf, Op, OpBody, OpText, Output, OutputKind, Resource, ResourceAction, Shape, Suspend};
use kfp_grammar::literal::{CALLS, Grammar};
use support::Builder;

const PLACE: Place = Place { file: "src/pipelines.rs", line: 1, column: 1 };

/// A text that is none of the language.
fn wrong(grammar: Grammar) -> &'static str {
    match grammar {
        Grammar::Quantity(_) | Grammar::QuantityOfFirst => "2Gx",
        Grammar::Image => "Bad Image",
        Grammar::Duration | Grammar::DurationWithUnit | Grammar::Age => "1 fortnight",
        Grammar::Iso8601 => "1 day",
        Grammar::Condition => "status.phase = = x",
        Grammar::JsonPath => "{.a",
        Grammar::EnvName => "A=B",
        Grammar::LabelKey | Grammar::TaintKey | Grammar::AnnotationKey => "bad key",
        Grammar::LabelValue => "bad value!",
        Grammar::Label | Grammar::Subdomain => "Bad Name",
        Grammar::MountPath => "relative:path",
        Grammar::Plain => "{{workflow.name}}",
        Grammar::Schedule | Grammar::TimeZone => "every day",
        Grammar::Word(_) => "Sometimes",
    }
}

/// An operation of which a method was called with a text at a position.
fn called(call: &str, at: usize, text: &str) -> Option<Op> {
    let text = text.to_owned();
    let pod = || ContainerOp::new("pod", "busybox:1.36").command(["true"]);
    let on = |requirement| pod().add_affinity(Affinity::new().require_node([requirement]));
    let beside = |pods| pod().add_affinity(Affinity::new().require_pods(pods));
    let pod = match (call, at) {
        ("set_memory_limit", 0) => pod().set_memory_limit(text),
        ("set_memory_request", 0) => pod().set_memory_request(text),
        ("set_cpu_limit", 0) => pod().set_cpu_limit(text),
        ("set_cpu_request", 0) => pod().set_cpu_request(text),
        ("set_ephemeral_storage_limit", 0) => pod().set_ephemeral_storage_limit(text),
        ("set_ephemeral_storage_request", 0) => pod().set_ephemeral_storage_request(text),
        ("add_resource_limit", 1) => pod().add_resource_limit("cpu", text),
        ("add_resource_request", 1) => pod().add_resource_request("cpu", text),
        ("set_env_variable", 0) => pod().set_env_variable(&text, "x"),
        ("set_env_variable", 1) => pod().set_env_variable("A", text),
        ("add_pod_annotation", 1) => pod().add_pod_annotation("a", text),
        ("set_display_name", 0) => pod().set_display_name(text),
        ("EnvVar::new", 1) => pod().add_env_variable(EnvVar::new("A", text)),
        ("add_pod_label", 0) => pod().add_pod_label(&text, "x"),
        ("add_pod_label", 1) => pod().add_pod_label("x", text),
        ("add_pod_annotation", 0) => pod().add_pod_annotation(&text, "x"),
        ("add_node_selector_constraint", 0) => pod().add_node_selector_constraint(text, "x"),
        ("add_node_selector_constraint", 1) => pod().add_node_selector_constraint("x", text),
        ("set_max_cache_staleness", 0) => pod().set_max_cache_staleness(&text),
        ("image", 0) => pod().image(text),
        ("backoff_duration", 0) => pod().set_retry(Retry::new(1).backoff_duration(text)),
        ("backoff_max_duration", 0) => pod().set_retry(Retry::new(1).backoff_max_duration(text)),
        ("ContainerOp::new", 1) => ContainerOp::new("pod", text).command(["true"]),
        ("UserContainer::new" | "Sidecar::new", 0) => pod().add_sidecar(UserContainer::new(&text, "busybox:1.36")),
        ("UserContainer::new" | "Sidecar::new", 1) => pod().add_sidecar(UserContainer::new("side", text)),
        ("EnvVar::new", 0) => pod().add_env_variable(EnvVar::new(&text, "x")),
        ("VolumeMount::new", 1) | ("add_pvolume", 0) => pod().add_volume_mount(VolumeMount::new("x", text)),
        ("set_image_pull_policy", 0) => pod().set_image_pull_policy(text),
        ("set_termination_message_policy", 0) => pod().set_termination_message_policy(text),
        ("effect", 0) => pod().add_toleration(Toleration::exists("a").effect(text)),
        ("Toleration::exists", 0) => pod().add_toleration(Toleration::exists(text)),
        ("Toleration::equal", 0) => pod().add_toleration(Toleration::equal(text, "b")),
        ("Toleration::equal", 1) => pod().add_toleration(Toleration::equal("a", text)),
        ("NodeRequirement::is_in", 0) => on(NodeRequirement::is_in(text, ["b"])),
        ("NodeRequirement::is_in", 1) => on(NodeRequirement::is_in("a", [text])),
        ("NodeRequirement::not_in", 0) => on(NodeRequirement::not_in(text, ["b"])),
        ("NodeRequirement::not_in", 1) => on(NodeRequirement::not_in("a", [text])),
        ("NodeRequirement::exists", 0) => on(NodeRequirement::exists(text)),
        ("NodeRequirement::does_not_exist", 0) => on(NodeRequirement::does_not_exist(text)),
        ("NodeRequirement::greater_than", 0) => on(NodeRequirement::greater_than(text, "1")),
        ("NodeRequirement::less_than", 0) => on(NodeRequirement::less_than(text, "1")),
        ("PodRequirement::label", 0) => beside(PodRequirement::label(text, "b", "c")),
        ("PodRequirement::label", 1) => beside(PodRequirement::label("a", text, "c")),
        ("PodRequirement::label", 2) => beside(PodRequirement::label("a", "b", text)),
        ("protocol", 0) => pod().add_port(ContainerPort::new(80).protocol(&text)),
        ("mount_propagation", 0) => pod().add_volume_mount(VolumeMount::new("x", "/x").mount_propagation(&text)),
        ("EnvVar::secret", 0) => pod().add_env_variable(EnvVar::secret(&text, "x", "key")),
        ("EnvVar::config_map", 0) => pod().add_env_variable(EnvVar::config_map(&text, "x", "key")),
        ("EnvVar::field", 0) => pod().add_env_variable(EnvVar::field(&text, "metadata.name")),
        ("EnvVar::resource_field", 0) => pod().add_env_variable(EnvVar::resource_field(&text, "limits.cpu")),
        ("set_deadline", 0) => pod().set_deadline(text),
        ("max_age", 0) => pod().memoize(Memoize::new().max_age(text)),
        ("config_map", 0) => pod().memoize(Memoize::new().config_map(text)),
        ("set_service_account", 0) => pod().set_service_account(text),
        ("set_priority_class", 0) => pod().set_priority_class(text),
        ("VolumeDevice::new", 1) => pod().add_volume_devices(VolumeDevice::new("x", text)),
        ("PipelineVolume::pvc", 0) => pod().add_volume(PipelineVolume::pvc(text)),
        ("size_limit", 0) => pod().add_volume(Volume::empty_dir("x").size_limit(text)),
        ("Volume::pvc", 0) => pod().add_volume(Volume::pvc(&text, "x")),
        ("Volume::pvc", 1) => pod().add_volume(Volume::pvc("x", text)),
        ("Volume::secret", 0) => pod().add_volume(Volume::secret(&text, "x")),
        ("Volume::secret", 1) => pod().add_volume(Volume::secret("x", text)),
        ("Volume::config_map", 0) => pod().add_volume(Volume::config_map(&text, "x")),
        ("Volume::config_map", 1) => pod().add_volume(Volume::config_map("x", text)),
        ("Volume::empty_dir", 0) => pod().add_volume(Volume::empty_dir(&text)),
        ("Volume::memory", 0) => pod().add_volume(Volume::memory(&text)),
        ("Volume::host_path", 0) => pod().add_volume(Volume::host_path(&text, "/x")),
        ("Volume::nfs", 0) => pod().add_volume(Volume::nfs(&text, "server", "/x")),
        ("duration", 0) => {
            return Some(Op { body: OpBody::Suspend(Suspend { duration: Some(text.into()) }), ..plain() });
        }
        ("json_path", 0) => {
            let path = OutputKind::JsonPath { shape: Shape::Text, path: text };
            let outputs = vec![Output { name: "x".to_owned(), kind: path }];
            return Some(Op { outputs, ..resource(call, "") });
        }
        ("VolumeOp::new", 2) => return Some(resource(call, &text)),
        ("success_condition" | "failure_condition" | "merge_strategy" | "modes", 0) => {
            return Some(resource(call, &text));
        }
        _ => return None,
    };
    Some(ComponentOp::new("pod", None, PLACE).container(pod))
}

fn plain() -> Op {
    let pod = ContainerOp::new("pod", "busybox:1.36").command(["true"]);
    ComponentOp::new("pod", None, PLACE).container(pod)
}

/// Whether it is a method of the configuration of a run, which then has that text.
fn configured(conf: &mut Conf, call: &str, at: usize, text: &str) -> bool {
    let text = text.to_owned();
    let pair = |text: String| if at == 0 { (text, "x".to_owned()) } else { ("x".to_owned(), text) };
    let claim = |name: &str, size: &str| serde_json::json!({ "metadata": { "name": name }, "spec": { "resources": { "requests": { "storage": size } } } });
    match call {
        "set_pod_gc" => conf.pod_gc.get_or_insert_default().strategy = text,
        "set_pod_gc_delay" => conf.pod_gc.get_or_insert_default().delay = Some(text),
        "set_artifact_gc" => conf.artifact_gc = Some(text),
        "set_volume_claim_gc" => conf.volume_claim_gc = Some(text),
        "set_artifact_repository_config_map" => {
            conf.artifact_repository.get_or_insert_default().config_map = Some(text);
        }
        "set_image_pull_secrets" => conf.pods.image_pull_secrets.push(text),
        "set_executor_service_account" => conf.pods.executor_service_account = Some(text),
        "set_pod_priority_class" => conf.pods.priority_class = Some(text),
        "set_dns_policy" => conf.pods.dns_policy = Some(text),
        "set_default_pod_node_selector" => conf.pods.node_selector.push(pair(text)),
        "add_label" => conf.labels.push(pair(text)),
        "add_annotation" => conf.annotations.push(pair(text)),
        "add_schedule" => conf.cron.get_or_insert_default().schedules.push(text),
        "set_timezone" => conf.cron.get_or_insert_default().timezone = Some(text),
        "set_concurrency_policy" => conf.cron.get_or_insert_default().concurrency_policy = Some(text),
        "VolumeClaimTemplate::new" if at == 0 => conf.volume_claims.push(claim(&text, "1Gi")),
        "VolumeClaimTemplate::new" => conf.volume_claims.push(claim("x", &text)),
        _ => return false,
    }
    true
}

fn resource(call: &str, text: &str) -> Op {
    let condition = |of: &str| (of == call).then(|| OpText::from(text));
    let body = OpBody::Resource(Resource {
        action: ResourceAction::Create,
        manifest: match call {
            "VolumeOp::new" => serde_json::json!({ "apiVersion": "v1", "kind": "PersistentVolumeClaim",
                "metadata": { "generateName": "x-" }, "spec": { "resources": { "requests": { "storage": text } } } }),
            "modes" => serde_json::json!({ "apiVersion": "v1", "kind": "PersistentVolumeClaim",
                "metadata": { "generateName": "x-" }, "spec": { "accessModes": [text] } }),
            _ => serde_json::json!({ "apiVersion": "v1", "kind": "Pod", "metadata": { "generateName": "x-" } }),
        },
        merge_strategy: (call == "merge_strategy").then(|| text.to_owned()),
        success_condition: condition("success_condition"),
        failure_condition: condition("failure_condition"),
        set_owner_reference: false,
        flags: Vec::new(),
    });
    Op { body, ..plain() }
}

#[test]
fn the_graph_says_what_the_macros_say() {
    for (call, arguments) in CALLS {
        for (at, grammar) in *arguments {
            let text = wrong(*grammar);
            let said = grammar.read(text, Some("cpu")).expect_err("it is wrong");
            let (mut builder, body) = Builder::main(&[]);
            let is_of_run = configured(&mut builder.graph.pipelines[0].conf, call, *at, text);
            let op = called(call, *at, text).or_else(|| is_of_run.then(plain));
            let op = op.unwrap_or_else(|| panic!("no case for argument {at} of `{call}`"));
            let op = builder.graph.ops(op);
            builder.task(body, op, &[]);
            let found = compile(&builder.graph).err().map(|found| found.0).unwrap_or_default();
            let same = found.iter().any(|d| d.code == said.code && d.message == said.message && d.help == said.help);
            assert!(same, "`{call}`, argument {at}: {said:?}\n{found:#?}");
        }
    }
}

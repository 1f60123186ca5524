//! What the macros read at a literal and what the whole graph is read for are the same, word for word.

mod support;

use kfp_core::check::compile;
use kfp_core::diagnostic::Place;
use kfp_core::dsl::{
    ComponentOp, ContainerEdit, ContainerOp, ContainerOptions, ContainerPort, EnvVar, PodOptions, Retry, Toleration,
    UserContainer, VolumeMount,
};
use kfp_core::graph::{Op, OpBody, OpText, Resource, ResourceAction};
use kfp_grammar::literal::{CALLS, Grammar};
use support::Builder;

const PLACE: Place = Place { file: "src/pipelines.rs", line: 1, column: 1 };

/// A text that is none of the language.
fn wrong(grammar: Grammar) -> &'static str {
    match grammar {
        Grammar::Quantity(_) | Grammar::QuantityOfFirst => "2Gx",
        Grammar::Image => "Bad Image",
        Grammar::Duration => "1 fortnight",
        Grammar::Iso8601 => "1 day",
        Grammar::Condition => "status.phase = = x",
        Grammar::JsonPath => "{.a",
        Grammar::EnvName => "A=B",
        Grammar::LabelKey | Grammar::AnnotationKey => "bad key",
        Grammar::LabelValue => "bad value!",
        Grammar::Label => "Bad Name",
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
        ("VolumeMount::new", 1) => pod().add_volume_mount(VolumeMount::new("x", text)),
        ("set_image_pull_policy", 0) => pod().set_image_pull_policy(text),
        ("set_termination_message_policy", 0) => pod().set_termination_message_policy(text),
        ("effect", 0) => pod().add_toleration(Toleration::exists("a").effect(text)),
        ("protocol", 0) => pod().add_port(ContainerPort::new(80).protocol(&text)),
        ("mount_propagation", 0) => pod().add_volume_mount(VolumeMount::new("x", "/x").mount_propagation(&text)),
        ("success_condition" | "failure_condition" | "merge_strategy" | "modes", 0) => {
            return Some(resource(call, &text));
        }
        _ => return None,
    };
    Some(ComponentOp::new("pod", None, PLACE).container(pod))
}

fn resource(call: &str, text: &str) -> Op {
    let condition = |of: &str| (of == call).then(|| OpText::from(text));
    let body = OpBody::Resource(Resource {
        action: ResourceAction::Create,
        manifest: match call {
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
    let pod = ContainerOp::new("pod", "busybox:1.36").command(["true"]);
    Op { body, ..ComponentOp::new("pod", None, PLACE).container(pod) }
}

#[test]
fn the_graph_says_what_the_macros_say() {
    for (call, arguments) in CALLS {
        for (at, grammar) in *arguments {
            let text = wrong(*grammar);
            let said = grammar.read(text, Some("cpu")).expect_err("it is wrong");
            let op = called(call, *at, text).unwrap_or_else(|| panic!("no case for argument {at} of `{call}`"));
            let (mut builder, body) = Builder::main(&[]);
            let op = builder.graph.ops(op);
            builder.task(body, op, &[]);
            let found = compile(&builder.graph).err().map(|found| found.0).unwrap_or_default();
            let same = found.iter().any(|d| d.code == said.code && d.message == said.message && d.help == said.help);
            assert!(same, "`{call}`, argument {at}: {said:?}\n{found:#?}");
        }
    }
}

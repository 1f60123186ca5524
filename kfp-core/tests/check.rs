//! What the whole-graph checks find, and what they leave alone.

mod support;

use kfp_core::check::{check, compile_as};
use kfp_core::diagnostic::Severity;
use kfp_core::graph::{
    ArgoVersion, Choice, Comparison, Conf, Cron, DataVolume, Graph, Input, InputKind, ManifestKind, NodeKind, Op,
    OpBody, OpText, Operand, Options, Placeholder, Resource, ResourceAction, Shape, Source, Value,
};
use serde_json::json;
use support::{Builder, compare, lit};

const TEXT: &[(&str, Shape)] = &[("text", Shape::Text)];

/// What is found, as code, line and message.
fn found(graph: &Graph) -> Vec<String> {
    let line = |d: &kfp_core::diagnostic::Diagnostic| format!("{} {} {}", d.code, d.place.line, d.message);
    check(graph).iter().map(line).collect()
}

fn fields(json: serde_json::Value) -> kfp_core::graph::kubernetes::Fields {
    serde_json::from_value(json).expect("an object")
}

fn codes(graph: &Graph) -> Vec<u16> {
    check(graph).iter().map(|diagnostic| diagnostic.code.0).collect()
}

fn with_task() -> (Builder, kfp_core::graph::BlockId, kfp_core::graph::OpId) {
    let (mut b, body) = Builder::main(&[("x", Shape::Json, None)]);
    let op = b.op("say", TEXT, &[("output", Shape::Text)]);
    b.task(body, op, &[lit("first")]);
    (b, body, op)
}

#[test]
fn a_sound_graph_has_nothing_wrong() {
    let (b, ..) = with_task();
    assert_eq!(found(&b.graph), Vec::<String>::new());
}

#[test]
fn a_cycle_is_shown_with_its_path() {
    let (mut b, body, op) = with_task();
    let one = b.task(body, op, &[lit("a")]);
    b.graph[one].name = "one".to_owned();
    let said = b.output(one, 0);
    let (_, round, _) = b.each(body, said, Shape::Text);
    let inner = b.task(round, op, &[lit("b")]);
    b.graph[one].after.push(inner);
    assert_eq!(found(&b.graph), ["KFP201 4 tasks wait for each other: `one` -> the `for` -> `one`"]);
}

#[test]
fn nobody_waits_for_itself_or_for_what_it_stands_in() {
    let (mut b, body, op) = with_task();
    let one = b.task(body, op, &[lit("a")]);
    b.graph[one].after.push(one);
    let x = b.param(0, 0);
    let (each, round, _) = b.each(body, x, Shape::Text);
    let inner = b.task(round, op, &[lit("b")]);
    b.graph[inner].after.push(each);
    assert_eq!(
        found(&b.graph),
        [
            "KFP202 4 `say` waits for itself",
            "KFP202 6 `say` waits for the `for` that it stands in, which is over only when `say` is",
        ]
    );
}

#[test]
fn something_has_to_run() {
    let (mut b, body) = Builder::main(&[("x", Shape::Json, None)]);
    let x = b.param(0, 0);
    let (each, _, item) = b.each(body, x, Shape::Text);
    b.collect(each, Shape::Text, item);
    assert_eq!(
        found(&b.graph),
        [
            "KFP203 1 the pipeline `main_pipeline` has no task",
            "KFP203 2 this `for` collects values, and there is no task in it",
        ]
    );
}

#[test]
fn names_have_to_be_names() {
    let (mut b, body, _) = with_task();
    let op = b.op("--", &[("a b", Shape::Text), ("a-b", Shape::Text), ("!", Shape::Text)], &[]);
    b.task(body, op, &[lit(""), lit(""), lit("")]);
    let op = b.op(&"x".repeat(129), &[], &[]);
    b.task(body, op, &[]);
    b.graph.pipelines[0].name = "p".repeat(58);
    assert_eq!(codes(&b.graph), [204, 204, 205, 204, 204]);
}

#[test]
fn recursion_needs_a_condition() {
    let (mut b, body, op) = with_task();
    let (one, first) = b.pipeline("one", &[]);
    let (two, second) = b.pipeline("two", &[]);
    b.task(first, op, &[lit("a")]);
    b.call(body, one, &[]);
    b.call(first, two, &[]);
    let back = b.call(second, one, &[]);
    assert_eq!(codes(&b.graph), [207]);
    // Behind a condition it may.
    let heads = compare(&lit("a"), Comparison::Eq, &lit("b"), Shape::Text);
    let (_, arms) = b.branch(second, &[Some(heads)]);
    b.graph[second].nodes.retain(|node| *node != back);
    b.graph[back].block = arms[0];
    b.graph[arms[0]].nodes.push(back);
    assert_eq!(found(&b.graph), Vec::<String>::new());
}

#[test]
fn a_run_has_one_exit_handler_and_one_timeout() {
    let (mut b, body, op) = with_task();
    let (callee, inner) = b.pipeline("inner", &[]);
    b.task(inner, op, &[lit("a")]);
    let place = b.graph[callee].place;
    b.graph[callee].conf.said.push(("timeout", place));
    b.graph[callee].conf.said.push(("service_account", place));
    b.call(body, callee, &[]);
    let main = b.graph[body].pipeline;
    let handler = b.exit_handler(main);
    b.task(handler, op, &[lit("b")]);
    let side = b.param(0, 0);
    let (_, arms) = b.branch(body, &[Some(compare(&side, Comparison::Eq, &lit("1"), Shape::Json))]);
    b.call(arms[0], main, &[lit("[]")]);
    assert_eq!(codes(&b.graph), [212, 213, 213]);
    assert!(check(&b.graph)[1..].iter().all(|d| d.severity == Severity::Warning));
}

#[test]
fn values_stay_in_their_blocks() {
    let (mut b, body, op) = with_task();
    let x = b.param(0, 0);
    let (_, round, item) = b.each(body, x, Shape::Text);
    let inner = b.task(round, op, &[lit("a")]);
    let said = b.output(inner, 0);
    b.task(body, op, &[item]);
    b.task(body, op, &[said]);
    let status = b.status(None);
    b.task(body, op, &[status]);
    let (callee, inside) = b.pipeline("inner", &[]);
    b.task(inside, op, &[lit("a")]);
    let handler = b.exit_handler(callee);
    let failures = Operand::Value(b.value(Source::Failures, Shape::Json));
    b.task(handler, op, &[failures]);
    assert_eq!(codes(&b.graph), [209, 209, 209, 211]);
}

#[test]
fn artifacts_and_outputs_come_from_somewhere() {
    let (mut b, body, op) = with_task();
    b.graph.pipelines[0].params[0].kind = InputKind::Artifact("Dataset");
    let nothing = b.value(Source::Output { node: b.graph[body].nodes[0], index: 1 }, Shape::Text);
    b.task(body, op, &[Operand::Value(nothing)]);
    let (branch, _) = b.branch(body, &[Some(compare(&lit("a"), Comparison::Eq, &lit("b"), Shape::Text))]);
    b.results(branch, Shape::Text, &[lit("a")]);
    assert_eq!(codes(&b.graph), [210, 206, 206]);
}

fn resource(b: &mut Builder, manifest: serde_json::Value) -> kfp_core::graph::OpId {
    let place = b.place();
    b.graph.ops(Op {
        name: "make".to_owned(),
        description: None,
        place,
        inputs: Vec::new(),
        outputs: Vec::new(),
        body: OpBody::Resource(Resource {
            action: ResourceAction::Create,
            manifest,
            merge_strategy: None,
            success_condition: None,
            failure_condition: None,
            set_owner_reference: false,
            flags: Vec::new(),
        }),
        options: Options::default(),
    })
}

#[test]
fn resources_that_end_need_a_condition() {
    for (manifest, warned) in [
        (json!({"apiVersion": "v1", "kind": "Pod"}), true),
        (json!({"apiVersion": "batch/v1", "kind": "Job"}), true),
        (json!({"apiVersion": "kubeflow.org/v1", "kind": "PyTorchJob"}), true),
        (json!({"apiVersion": "v1", "kind": "ConfigMap"}), false),
        (json!({"apiVersion": "apps/v1", "kind": "Deployment"}), false),
        (json!({"apiVersion": "networking.k8s.io/v1", "kind": "Ingress"}), false),
    ] {
        let (mut b, body, _) = with_task();
        let op = resource(&mut b, manifest.clone());
        b.task(body, op, &[]);
        assert_eq!(codes(&b.graph), if warned { vec![208] } else { vec![] }, "{manifest}");
        if let OpBody::Resource(resource) = &mut b.graph[op].body {
            resource.success_condition = Some("status.phase == Succeeded".into());
        }
        assert_eq!(codes(&b.graph), Vec::<u16>::new(), "{manifest}");
    }
}

#[test]
fn constants_are_read_as_the_cluster_will() {
    let (mut b, body, op) = with_task();
    let task = b.graph[body].nodes[0];
    b.options(
        task,
        Options {
            container: fields(json!({"resources": {"limits": {"memory": "2GiB", "cpu": OpText::marker("text")}}})),
            labels: vec![("app".into(), "a b".into())],
            max_cache_staleness: Some("1 day".into()),
            retry: Some(json!({"limit": "1", "backoff": {"duration": "soon"}})),
            ..Options::default()
        },
    );
    if let OpBody::Container(container) = &mut b.graph[op].body {
        container.image = "Not An Image".into();
    }
    assert_eq!(codes(&b.graph), [306, 301, 311, 310, 320]);
}

#[test]
fn text_that_argo_would_change_is_refused() {
    for (text, code) in [("{{item}}", 230), ("{{=1}}", 230), ("a {{ b", 230), ("\u{1b}[1m", 231)] {
        let (mut b, body, op) = with_task();
        let place = b.task(body, op, &[lit(text)]);
        let errors = kfp_core::compile(&b.graph).unwrap_err();
        let found: Vec<_> = errors.0.iter().map(|error| (error.code.0, error.place)).collect();
        assert_eq!(found, [(code, b.graph[place].place)], "{text}");
    }
    // In a condition, any text is only compared; and what Argo leaves alone may pass.
    let (mut b, body, op) = with_task();
    let x = b.param(0, 0);
    let (_, arms) = b.branch(body, &[Some(compare(&x, Comparison::Eq, &lit("{{item}}\u{1b}"), Shape::Text))]);
    b.task(arms[0], op, &[lit("{{ .Values.x }}")]);
    assert!(kfp_core::compile(&b.graph).is_ok());
}

#[test]
fn text_that_argo_would_change_is_found_wherever_it_goes() {
    let bad = || lit("{{workflow.name}}");
    let (mut b, body, op) = with_task();
    let x = b.param(0, 0);
    // As the value of a branch, of a branch without tasks, of a round, in a list, between two values.
    let condition = || Some(compare(&x, Comparison::Eq, &lit("1"), Shape::Json));
    let (branch, arms) = b.branch(body, &[condition(), None]);
    b.task(arms[0], op, &[lit("a")]);
    b.results(branch, Shape::Text, &[bad(), lit("b")]);
    let value = b.output(branch, 0);
    b.task(body, op, &[value]);
    let (plain, _) = b.branch(body, &[condition(), None]);
    b.results(plain, Shape::Text, &[lit("a"), bad()]);
    let value = b.output(plain, 0);
    b.task(body, op, &[value]);
    let (each, round, _) = b.each(body, x.clone(), Shape::Text);
    b.task(round, op, &[lit("a")]);
    b.collect(each, Shape::Text, bad());
    let value = b.text(&[lit("{"), lit("{item}}"), x.clone()]);
    b.task(body, op, std::slice::from_ref(&value));
    b.task(body, op, &[Operand::List(vec![(value, Shape::Text)])]);
    let errors = kfp_core::compile(&b.graph).unwrap_err();
    assert!(errors.0.iter().all(|error| error.code.0 == 230));
    let mut lines: Vec<_> = errors.0.iter().map(|error| error.place.line).collect();
    lines.dedup();
    assert_eq!(lines, [4, 8, 9, 11, 12]);
}

#[test]
fn inputs_need_values_of_their_kind() {
    let (mut b, body, op) = with_task();
    let task = b.task(body, op, &[lit("a")]);
    if let NodeKind::Task(task) = &mut b.graph[task].kind {
        task.args[0] = None;
    }
    let file = b.op("write", &[], &[("output", Shape::Artifact("Model"))]);
    let file = b.task(body, file, &[]);
    let file = b.output(file, 0);
    b.task(body, op, &[file]);
    let errors = kfp_core::compile(&b.graph).unwrap_err();
    assert_eq!(errors.0.iter().map(|error| error.code.0).collect::<Vec<_>>(), [233, 232]);
}

#[test]
fn what_was_found_before_comes_first() {
    let (mut b, _, op) = with_task();
    let Input { name, .. } = b.graph[op].inputs[0].clone();
    let place = b.place();
    let code = kfp_grammar::Code(101);
    b.graph.diagnostics.push(kfp_core::diagnostic::Diagnostic::error(code, place, name));
    assert_eq!(codes(&b.graph), [101]);
    assert!(kfp_core::compile(&b.graph).is_err());
}

#[test]
fn a_pod_has_a_command() {
    let (mut b, body, _) = with_task();
    let op = b.op("bare", &[], &[]);
    if let OpBody::Container(container) = &mut b.graph[op].body {
        container.command.clear();
    }
    b.graph[op].options.container = fields(json!({"imagePullPolicy": "Sometimes"}));
    b.task(body, op, &[]);
    assert_eq!(
        found(&b.graph),
        ["KFP216 5 the image pull policy cannot be `Sometimes`", "KFP215 5 the pod `bare` has no command"]
    );
}

#[test]
fn fields_take_the_words_and_stand_where_they_mean_something() {
    let (mut b, body, _) = with_task();
    for (action, strategy, condition) in [
        (ResourceAction::Patch, Some("merge"), Some("a == b")),
        (ResourceAction::Patch, Some("deep"), None),
        (ResourceAction::Create, Some("json"), Some("a == b")),
        (ResourceAction::Delete, None, Some("a == b")),
    ] {
        let op = resource(&mut b, json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}}));
        if let OpBody::Resource(resource) = &mut b.graph[op].body {
            resource.action = action;
            resource.merge_strategy = strategy.map(str::to_owned);
            resource.success_condition = condition.map(Into::into);
        }
        b.task(body, op, &[]);
    }
    let task = b.graph.nodes.len() - 1;
    if let NodeKind::Task(task) = &mut b.graph.nodes[task].kind {
        let toleration = json!({"operator": "Exists", "effect": "NoWay"});
        task.options = Some(Box::new(Options { tolerations: vec![toleration], ..Options::default() }));
    }
    let messages: Vec<String> =
        check(&b.graph).into_iter().map(|found| format!("{} {}", found.code, found.message)).collect();
    assert_eq!(
        messages,
        [
            "KFP216 the merge strategy cannot be `deep`",
            "KFP217 a merge strategy has no meaning for `create`",
            "KFP216 the effect of a toleration cannot be `NoWay`",
            "KFP217 a condition has no meaning for `delete`",
        ]
    );
}

#[test]
fn what_is_changed_has_a_name() {
    let (mut b, body, _) = with_task();
    for action in [ResourceAction::Create, ResourceAction::Delete] {
        let op = resource(&mut b, json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"generateName": "x-"}}));
        if let OpBody::Resource(resource) = &mut b.graph[op].body {
            resource.action = action;
        }
        b.task(body, op, &[]);
    }
    assert_eq!(found(&b.graph), ["KFP218 7 the manifest of `make` has no `metadata.name`"]);
}

#[test]
fn options_of_a_run_are_read() {
    let conf = |change: fn(&mut Conf)| {
        let (mut b, ..) = with_task();
        change(&mut b.graph.pipelines[0].conf);
        found(&b.graph)
    };
    let word = "KFP216 1 the strategy of `podGC` cannot be `Always`";
    assert_eq!(conf(|conf| conf.pod_gc.get_or_insert_default().strategy = "Always".into()), [word]);
    let codes = |change: fn(&mut Conf)| {
        let (mut b, ..) = with_task();
        change(&mut b.graph.pipelines[0].conf);
        codes(&b.graph)
    };
    assert_eq!(codes(|conf| conf.pod_gc.get_or_insert_default().delay = Some("soon".into())), [310]);
    assert_eq!(codes(|conf| conf.artifact_gc = Some("x".into())), [216]);
    assert_eq!(codes(|conf| conf.volume_claim_gc = Some("Never".into())), [216]);
    assert_eq!(codes(|conf| conf.pods.image_pull_policy = Some("never".into())), [216]);
    assert_eq!(codes(|conf| conf.pods.dns_policy = Some("none".into())), [216]);
    assert_eq!(codes(|conf| conf.max_cache_staleness = Some("30 days".into())), [311]);
    assert_eq!(codes(|conf| conf.labels.push(("a b".into(), "c d".into()))), [305, 306]);
    assert_eq!(codes(|conf| conf.pods.annotations.push(("a b".into(), "c d".into()))), [305]);
    assert_eq!(codes(|conf| conf.pods.service_account = Some("Robot".into())), [340]);
    assert_eq!(codes(|conf| conf.pods.image_pull_secrets = vec!["ok".into(), "not ok".into()]), [340]);
    for least in ["some", "50 %", "-1"] {
        let (mut b, ..) = with_task();
        b.graph.pipelines[0].conf.pods.min_available = Some(least.to_owned());
        assert_eq!(self::codes(&b.graph), [257], "{least}");
    }
    for (volume, prefix) in
        [("null", "a/"), ("{}", "a/"), (r#"{"emptyDir": {}}"#, "/a/"), (r#"{"emptyDir": {}}"#, "a/../../b/")]
    {
        let (mut b, ..) = with_task();
        let volume = serde_json::from_str(volume).unwrap();
        b.graph.pipelines[0].conf.data_volume = Some(DataVolume { volume, path_prefix: prefix.to_owned() });
        assert_eq!(self::codes(&b.graph), [258], "{prefix}");
    }
}

#[test]
fn placeholders_are_where_argo_knows_them() {
    let (mut b, body, op) = with_task();
    let pod = Operand::Placeholder(Placeholder::PodName);
    let x = b.param(0, 0);
    b.task(body, op, &[Operand::Placeholder(Placeholder::RunId)]);
    b.task(body, op, std::slice::from_ref(&pod));
    assert_eq!(codes(&b.graph), Vec::<u16>::new());
    // Not with a value of the run, not around a task, not out of a block, not where it is never said.
    let mixed = b.graph.values(Value { source: Source::Text(vec![pod.clone(), x]), shape: Shape::Text });
    b.task(body, op, &[Operand::Value(mixed)]);
    b.each(body, Operand::List(vec![(pod, Shape::Text)]), Shape::Text);
    b.graph.pipelines[0].outputs.push(("o".into(), Shape::Text, Operand::Placeholder(Placeholder::Name)));
    b.task(body, op, &[Operand::Placeholder(Placeholder::Priority)]);
    let found = found(&b.graph);
    let of_placeholders: Vec<&str> = found
        .iter()
        .filter_map(|line| line.strip_prefix("KFP260 "))
        .filter_map(|line| line.split_once(' '))
        .map(|it| it.1)
        .collect();
    assert_eq!(
        of_placeholders,
        [
            "`{{workflow.name}}` cannot be given out of a block or a pipeline",
            "the name of the pod and a value of the run cannot be in one text",
            "`{{pod.name}}` is only known to a task",
            "`{{workflow.priority}}` is not known: the pipeline says no priority",
        ]
    );
    b.graph.pipelines[0].conf.priority = Some(0);
    assert_eq!(codes(&b.graph).iter().filter(|code| **code == 260).count(), 3);
}

/// What is found wrong with a task of these options.
fn found_in(options: Options) -> Vec<String> {
    let (mut b, body, _) = with_task();
    let task = b.graph[body].nodes[0];
    b.options(task, options);
    check(&b.graph).into_iter().map(|found| format!("{} {}", found.code, found.message)).collect()
}

#[test]
fn the_retries_of_a_block_are_read_as_those_of_a_task() {
    let retry = json!({ "limit": "-1", "backoff": { "duration": "ten", "factor": "0" } });
    let (mut b, body, op) = with_task();
    let (guard, inner, _) = b.guard(body);
    b.task(inner, op, &[lit("again")]);
    if let NodeKind::Guard(guard) = &mut b.graph[guard].kind {
        guard.retry = Some(retry.clone());
    }
    let of_block: Vec<_> =
        check(&b.graph).into_iter().map(|found| format!("{} {}", found.code, found.message)).collect();
    assert_eq!(of_block, found_in(Options { retry: Some(retry), ..Options::default() }));
    assert_eq!(of_block.len(), 3, "{of_block:?}");
}

#[test]
fn volumes_and_mounts_fit_together() {
    let options = Options {
        volumes: vec![
            json!({"name": "data", "persistentVolumeClaim": {"claimName": "a"}}),
            json!({"name": "data", "persistentVolumeClaim": {"claimName": "b"}}),
            json!({"name": "twice", "emptyDir": {}}),
            json!({"name": "twice", "emptyDir": {}}),
        ],
        container: fields(json!({"volumeMounts": [
            {"name": "data", "mountPath": "/data"},
            {"name": "keys", "mountPath": "/data/"},
        ]})),
        ..Options::default()
    };
    assert_eq!(
        found_in(options),
        [
            "KFP242 two volumes of `say` are named `data`",
            "KFP243 the container `main` of `say` mounts two volumes at `/data/`",
            "KFP241 `say` mounts the volume `keys`, and there is none of that name",
            "KFP247 no container of `say` mounts the volume `twice`",
        ]
    );
}

#[test]
fn requests_are_within_limits() {
    let resources = |request: &str, limit: &str| {
        let json = json!({"resources": {"requests": {"memory": request}, "limits": {"memory": limit}}});
        found_in(Options { container: fields(json), ..Options::default() })
    };
    assert_eq!(resources("1.5Gi", "1610612736"), Vec::<String>::new());
    assert_eq!(resources(&OpText::marker("text"), "1Gi"), Vec::<String>::new());
    assert_eq!(resources("2Gi", "2G"), ["KFP228 `say` requests 2Gi of `memory`, and its limit is 2G"]);
}

#[test]
fn numbers_are_within_their_ranges() {
    let options = Options {
        timeout: Some(json!(-5)),
        retry: Some(json!({"limit": "-1", "backoff": {"factor": "0"}})),
        affinity: Some(json!({"nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 0}]}})),
        container: fields(json!({
            "ports": [{"containerPort": 70000}, {"containerPort": 80}],
            "livenessProbe": {"periodSeconds": 0},
            "securityContext": {"runAsUser": -1},
        })),
        ..Options::default()
    };
    let wrong = [
        "KFP245 the timeout cannot be -5",
        "KFP245 the number of retries cannot be -1",
        "KFP245 the factor of the backoff cannot be 0",
        "KFP245 a port cannot be 70000",
        "KFP245 the period of a probe cannot be 0",
        "KFP245 a user cannot be -1",
        "KFP245 the weight of a preferred node cannot be 0",
    ];
    assert_eq!(found_in(options), wrong);
}

#[test]
fn containers_beside_the_main_one_are_looked_at_too() {
    let options = Options {
        init_containers: vec![json!({"name": "wait", "image": "busybox:1"}), json!({"name": "a", "image": "x:1"})],
        sidecars: vec![json!({
            "name": "a",
            "image": "No Image",
            "terminationMessagePolicy": "Log",
            "env": [{"name": "1A"}],
            "volumeMounts": [{"name": "b", "mountPath": "data", "mountPropagation": "Both"}],
            "ports": [{"containerPort": 1, "protocol": "HTTP"}],
        })],
        ..Options::default()
    };
    let codes: Vec<String> = found_in(options).iter().map(|line| line[..6].to_owned()).collect();
    assert_eq!(codes, ["KFP320", "KFP350", "KFP351", "KFP216", "KFP216", "KFP216", "KFP246", "KFP246", "KFP241"]);
}

#[test]
fn what_is_not_as_kubernetes_has_it_is_an_error_of_the_user() {
    let (mut b, body, _) = with_task();
    let task = b.graph[body].nodes[0];
    b.options(task, Options { container: fields(json!({"env": "A=1"})), ..Options::default() });
    let errors = kfp_core::compile(&b.graph).unwrap_err();
    assert_eq!(errors.0.iter().map(|error| error.code.0).collect::<Vec<_>>(), [240]);
}

#[test]
fn a_clock_needs_a_time_and_all_parameters() {
    let (mut b, ..) = with_task();
    let codes = |b: &Builder, kind| match compile_as(&b.graph, kind) {
        Ok(_) => Vec::new(),
        Err(found) => found.0.iter().map(|diagnostic| diagnostic.code.0).collect::<Vec<_>>(),
    };
    for kind in [ManifestKind::Workflow, ManifestKind::WorkflowTemplate, ManifestKind::ClusterWorkflowTemplate] {
        assert_eq!(codes(&b, Some(kind)), Vec::<u16>::new());
    }
    assert_eq!(codes(&b, Some(ManifestKind::CronWorkflow)), [261, 262]);
    let schedules = vec!["0 2 * * *".to_owned(), "0 25 * * *".to_owned()];
    let (timezone, concurrency_policy) = (Some("Europe/Berlim".to_owned()), Some("never".to_owned()));
    b.graph.pipelines[0].conf.cron = Some(Cron { schedules, timezone, concurrency_policy, ..Cron::default() });
    b.graph.pipelines[0].conf.argo = ArgoVersion::V3_5;
    b.graph.pipelines[0].name = "a".repeat(53);
    assert_eq!(codes(&b, None), [263, 262, 264, 355, 356, 216]);
    assert_eq!(codes(&b, Some(ManifestKind::Workflow)), [355, 356, 216]);
}

#[test]
fn commands_are_no_longer_than_linux_takes() {
    let (mut b, ..) = with_task();
    let long = |length| OpText::from("x".repeat(length));
    let OpBody::Container(container) = &mut b.graph.ops[0].body else { panic!("a container") };
    container.command.push(long(131_071));
    assert_eq!(found(&b.graph), Vec::<String>::new());
    let OpBody::Container(container) = &mut b.graph.ops[0].body else { panic!("a container") };
    container.args.push(long(131_072));
    let message = "the command of `say` has a text of 131072 bytes, and Linux passes 131071 to a program at most";
    assert_eq!(found(&b.graph).len(), 1);
    assert!(found(&b.graph)[0].starts_with("KFP265") && found(&b.graph)[0].ends_with(message));
}

#[test]
fn what_is_read_in_a_choice_is_used() {
    let (mut b, body, op) = with_task();
    let tried = b.task(body, op, &[lit("a")]);
    b.graph[tried].ending.caught = true;
    let (status, said) = (b.status(Some(tried)), b.output(tried, 0));
    let condition = compare(&status, Comparison::Eq, &lit("Succeeded"), Shape::Text);
    let choice = Choice { condition, then: said, otherwise: lit("nothing") };
    let either = b.value(Source::Choice(Box::new(choice)), Shape::Text);
    b.task(body, op, &[Operand::Value(either)]);
    let (_, found) = compile_as(&b.graph, None).expect("nothing is wrong");
    let unused: Vec<_> = found.0.iter().filter(|found| found.code.0 == 220).map(|found| &*found.message).collect();
    assert_eq!(unused, ["nobody takes `output` of `say` (2 times)"], "the first and the last task");
}

//! What a pod has beside its main container: sidecars, daemons, volumes, config maps, secrets; and what is left of it.

mod support;

use kfp_engine::{Again, History, Images, Phase};
use std::fs;
use std::time::{Duration, Instant};
use support::{Trial, is_running, workflow};

#[test]
fn init_containers_come_first_and_sidecars_end_with_the_main_container() {
    let trial = Trial::new(
        r"
  - name: main
    volumes: [{name: v, emptyDir: {}}]
    initContainers:
    - {name: a, image: busybox, command: [sh, -c, 'echo one > /work/log'], volumeMounts: [{name: v, mountPath: /work}]}
    - {name: b, image: busybox, command: [sh, -c, 'echo two >> /work/log'], volumeMounts: [{name: v, mountPath: /work}]}
    sidecars:
    - {name: s, image: busybox, command: [sh, -c, 'echo three > /work/side; sleep 86.25'], volumeMounts: [{name: v, mountPath: /work}]}
    container:
      image: busybox
      command: [sh, -c, 'while [ ! -s /work/side ]; do sleep 0.01; done; cat /work/log /work/side']
      volumeMounts: [{name: v, mountPath: /work}]
",
    );
    trial.succeeds();
    assert_eq!(trial.only().outputs.result.as_deref(), Some("one\ntwo\nthree"));
    assert!(!is_running("86.25"), "the sidecar is gone");
}

#[test]
fn a_daemon_lives_as_long_as_what_it_belongs_to() {
    let trial = Trial::new(
        r"
  - name: main
    steps:
    - - {name: inner, template: inner}
    - - {name: after, template: look}
  - name: inner
    dag:
      tasks:
      - {name: d, template: daemon}
      - {name: use, template: use, depends: d.Daemoned, arguments: {parameters: [{name: ip, value: '{{tasks.d.ip}}'}]}}
  - name: daemon
    daemon: true
    container:
      image: busybox
      command: [sh, -c, 'sleep 0.3; mkdir -p /tmp/ready; exec sleep 87.25']
      readinessProbe: {exec: {command: [ls, /tmp/ready]}}
  - name: use
    inputs: {parameters: [{name: ip}]}
    container: {image: busybox, command: [echo, '{{inputs.parameters.ip}}']}
  - name: look
    container: {image: busybox, command: [echo, after]}
",
    );
    trial.succeeds();
    assert_eq!(trial.outcome(".use").outputs.result.as_deref(), Some("127.0.0.1"));
    assert!(!is_running("87.25"));
}

#[test]
fn names_stand_for_addresses() {
    let text = workflow(
        r"
  - name: main
    hostAliases: [{ip: 127.0.0.2, hostnames: [one.test, two.test]}]
    container: {image: busybox, command: [sh, -c, 'grep -h test /etc/hosts; getent hosts two.test | cut -d\  -f1']}
",
    );
    let text = text.replace("  templates:", "  hostAliases: [{ip: 127.0.0.3, hostnames: [three.test]}]\n  templates:");
    let trial = Trial::of(&text);
    trial.succeeds();
    let wanted = "127.0.0.3 three.test\n127.0.0.2 one.test two.test\n127.0.0.2";
    assert_eq!(trial.only().outputs.result.as_deref(), Some(wanted));
    let before = fs::read_to_string("/etc/hosts").expect("a file");
    assert!(!before.contains("three.test"), "those of the machine stay");
    let shared = Trial::without_isolation(&text);
    assert!(shared.only().message.contains("`hostAliases`"), "{:?}", shared.only());
}

#[test]
fn a_patch_of_the_pod_changes_what_runs() {
    let text = workflow(
        r"
  - name: main
    podSpecPatch: |
      nodeSelector: {any: where}
      containers:
      - name: main
        args: ['echo $A $B $C; cat /v/side']
        env: [{name: B, value: two}, {name: C, value: '{{inputs.parameters.c}}'}]
        resources: {limits: {memory: 1Gi}}
        volumeMounts: [{name: v, mountPath: /v}]
      - {name: wait, resources: {limits: {cpu: 1}}}
      initContainers:
      - {name: first, image: busybox, command: [sh, -c, 'echo of a side >/v/side'], volumeMounts: [{name: v, mountPath: /v}]}
      volumes: [{name: v, emptyDir: {}}]
    inputs: {parameters: [{name: c, value: three}]}
    container:
      image: busybox
      command: [sh, -c]
      args: ['exit 1']
      env: [{name: A, value: one}, {name: B, value: zwei}]
",
    );
    let text = text.replace("  templates:", "  podSpecPatch: '{\"containers\": [{\"name\": \"main\", \"env\": [{\"name\": \"A\", \"value\": \"1\"}]}]}'\n  templates:");
    let trial = Trial::of(&text);
    trial.succeeds();
    assert_eq!(trial.only().outputs.result.as_deref(), Some("1 two three\nof a side"));
    let refused = Trial::of(&text.replace("any: where", "$patch: delete").replace("{{inputs.parameters.c}}", "three"));
    assert!(refused.refusal().contains("`podSpecPatch`"), "{}", refused.refusal());
}

#[test]
fn nothing_is_left_of_a_task_that_hides() {
    let trial = Trial::new(
        "  - name: main\n    container: {image: busybox, command: [sh, -c, 'setsid sleep 88.25 & setsid sh -c \"setsid sleep 88.25\" & exit 0']}\n",
    );
    trial.succeeds();
    assert!(!is_running("88.25"));
}

#[test]
fn tasks_find_nothing_of_those_before_them() {
    let trial = Trial::choosing(
        &workflow(
            r"
  - name: main
    dag: {tasks: [{name: a, template: t}, {name: b, template: t, dependencies: [a]}]}
  - name: t
    container: {image: busybox, command: [sh, -c, 'ls -A /tmp /mnt; ls /here; echo x > /tmp/x; mkdir -p /mnt/a /here; touch /mnt/a/b']}
",
        ),
        |options| options.slots = Some(1),
    );
    trial.succeeds();
    assert_eq!(trial.outcome(".a").outputs.result, trial.outcome(".b").outputs.result);
    assert_eq!(trial.outcome(".b").outputs.result.as_deref(), Some("/mnt:\n\n/tmp:"));
}

const SOURCES: &str = r"
  - name: main
    inputs:
      parameters:
      - {name: limit, valueFrom: {configMapKeyRef: {name: settings, key: limit}}}
    volumes:
    - {name: c, configMap: {name: settings, items: [{key: limit, path: deep/limit}]}}
    - {name: s, secret: {secretName: token}}
    synchronization: {semaphores: [{configMapKeyRef: {name: settings, key: limit}}]}
    container:
      image: busybox
      env:
      - {name: TOKEN, valueFrom: {secretKeyRef: {name: token, key: value}}}
      - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
      - {name: BOTH, value: '$(TOKEN)-$(PRE_limit)'}
      envFrom: [{prefix: PRE_, configMapRef: {name: settings}}]
      command: [sh, -c, 'echo $0 $TOKEN $PRE_limit $BOTH $POD $(cat /c/deep/limit /s/value)', '{{inputs.parameters.limit}}']
      volumeMounts: [{name: c, mountPath: /c}, {name: s, mountPath: /s}]
";

#[test]
fn config_maps_and_secrets_come_from_files() {
    let place = tempfile::tempdir().expect("a folder");
    fs::write(place.path().join("settings.env"), "# how many\nlimit=2\n").expect("a file");
    fs::create_dir(place.path().join("token")).expect("a folder");
    fs::write(place.path().join("token/value"), "hush").expect("a file");
    let trial = Trial::choosing(&workflow(SOURCES), |options| {
        options.sources.add_config_map("settings", &place.path().join("settings.env")).expect("a config map");
        options.sources.add_secret("token", &place.path().join("token")).expect("a secret");
    });
    trial.succeeds();
    assert_eq!(trial.only().outputs.result.as_deref(), Some("2 hush 2 hush-2 trial 2hush"));
    let refusal = Trial::of(&workflow(SOURCES)).refusal();
    assert!(
        refusal.contains("KFP606") && refusal.contains("`settings`") && refusal.contains("--config-map"),
        "{refusal}"
    );
}

#[test]
fn config_maps_and_secrets_come_from_manifests() {
    let along = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {limit: '3'}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: token}\ndata: {value: aHVzaA==}\n";
    let trial = Trial::choosing(&workflow(SOURCES), |options| {
        options.along = kfp_core::argo::from_yaml(along).expect("manifests");
    });
    trial.succeeds();
    assert_eq!(trial.only().outputs.result.as_deref(), Some("3 hush 3 hush-3 trial 3hush"));
}

#[test]
fn a_semaphore_lets_as_many_through_as_it_says() {
    let text = workflow(
        r"
  - name: main
    dag: {tasks: [{name: t, template: t, withSequence: {count: '6'}}]}
  - name: t
    synchronization: {semaphores: [{configMapKeyRef: {name: settings, key: limit}}]}
    container: {image: busybox, command: [sleep, '0.1']}
",
    );
    let along = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {limit: '2'}\n";
    let trial = Trial::choosing(&text, |options| {
        options.along = kfp_core::argo::from_yaml(along).expect("manifests");
        options.slots = Some(6);
    });
    trial.succeeds();
    assert_eq!(trial.most_at_once, 2);
}

const GATE: &str = r"
  - name: main
    steps:
    - - {name: gate, template: gate}
    - - {name: say, template: say, arguments: {parameters: [{name: text, value: '{{steps.gate.outputs.parameters.answer}}'}]}}
  - name: gate
    suspend: {}
    outputs: {parameters: [{name: answer, valueFrom: {supplied: {}}, enum: ['yes', 'no']}]}
  - name: say
    inputs: {parameters: [{name: text}]}
    container: {image: busybox, command: [echo, '{{inputs.parameters.text}}']}
";

#[test]
fn who_waits_for_somebody_goes_on_when_told() {
    let text = workflow(GATE);
    let trial = Trial::choosing(&text, |options| {
        let folder = options.folder.clone();
        std::thread::spawn(move || {
            let start = Instant::now();
            let values = [("answer".to_owned(), "yes".to_owned())].into();
            while kfp_engine::approve(&folder, Some("gate"), &values).is_err() {
                assert!(start.elapsed() < Duration::from_mins(1), "it never waits");
                std::thread::sleep(Duration::from_millis(20));
            }
        });
    });
    trial.succeeds();
    assert_eq!(trial.outcome(".say").outputs.result.as_deref(), Some("yes"));
    let at_once = |answer: &str| {
        let supplied = [("answer".to_owned(), answer.to_owned())].into();
        Trial::choosing(&text, |options| options.supplied = Some(supplied))
    };
    at_once("no").succeeds();
    assert_eq!(at_once("perhaps").phase(), Phase::Failed);
}

#[test]
fn hooks_run_when_their_expression_holds_and_change_nothing() {
    let trial = Trial::of(
        &workflow(
            r#"
  - name: main
    dag:
      tasks:
      - name: a
        template: ok
        hooks:
          running: {expression: 'tasks.a.status == "Running"', template: say, arguments: {parameters: [{name: text, value: go}]}}
          failed: {expression: 'tasks.a.status == "Failed"', template: say, arguments: {parameters: [{name: text, value: no}]}}
          exit: {template: bad}
      - {name: b, template: ok, depends: a}
  - name: ok
    container: {image: busybox, command: ['true']}
  - name: bad
    container: {image: busybox, command: ['false']}
  - name: say
    inputs: {parameters: [{name: text}]}
    container: {image: busybox, command: [echo, '{{inputs.parameters.text}}']}
"#
        )
        .replace("  entrypoint: main\n", "  entrypoint: main\n  hooks:\n    running: {expression: 'workflow.status == \"Running\"', template: ok}\n    over: {expression: 'workflow.status == \"Succeeded\"', template: ok}\n"),
    );
    trial.succeeds();
    assert_eq!(trial.outcome("a.hooks.running").outputs.result.as_deref(), Some("go"));
    assert!(!trial.has_ended("a.hooks.failed"));
    assert_eq!(trial.outcome("a.onExit").phase, Phase::Failed);
    assert_eq!(trial.outcome("trial.hooks.running").phase, Phase::Succeeded);
    assert_eq!(trial.outcome("trial.hooks.over").phase, Phase::Succeeded);
}

#[test]
fn a_retry_strategy_of_the_workflow_is_that_of_its_templates() {
    let text =
        workflow("  - name: main\n    container: {image: busybox, command: [sh, -c, 'exit $((2 - {{retries}}))']}\n")
            .replace("  entrypoint: main\n", "  entrypoint: main\n  retryStrategy: {limit: '5'}\n");
    let trial = Trial::of(&text);
    trial.succeeds();
    assert!(trial.has_ended("trial(2)") && !trial.has_ended("trial(3)"));
}

#[test]
fn a_container_of_a_set_is_tried_again() {
    let trial = Trial::new(
        r"
  - name: main
    containerSet:
      retryStrategy: {retries: '3', duration: 10ms}
      volumeMounts: [{name: v, mountPath: /v}]
      containers:
      - {name: a, image: busybox, command: [sh, -c, 'echo x >> /v/n; [ $(wc -l < /v/n) -ge 3 ]']}
      - {name: main, image: busybox, dependencies: [a], command: [sh, -c, 'wc -l < /v/n']}
    volumes: [{name: v, emptyDir: {}}]
",
    );
    trial.succeeds();
    assert_eq!(trial.only().outputs.result.as_deref(), Some("3"));
}

#[test]
fn a_part_of_an_artifact_is_given() {
    let trial = Trial::new(
        r"
  - name: main
    dag:
      tasks:
      - {name: make, template: make}
      - name: take
        template: take
        dependencies: [make]
        arguments: {artifacts: [{name: in, from: '{{tasks.make.outputs.artifacts.out}}', subPath: b/c}]}
  - name: make
    container: {image: busybox, command: [sh, -c, 'mkdir -p /tmp/a/b; echo deep > /tmp/a/b/c; echo x > /tmp/a/y']}
    outputs: {artifacts: [{name: out, path: /tmp/a}]}
  - name: take
    inputs: {artifacts: [{name: in, path: /tmp/in}]}
    container: {image: busybox, command: [cat, /tmp/in]}
",
    );
    trial.succeeds();
    assert_eq!(trial.outcome("take").outputs.result.as_deref(), Some("deep"));
}

#[test]
fn a_missing_program_stops_the_run_which_goes_on_when_it_is_there() {
    let text = workflow(
        r"
  - name: main
    dag: {tasks: [{name: a, template: ok}, {name: b, template: train, dependencies: [a]}]}
  - name: ok
    container: {image: busybox, command: ['true']}
  - name: train
    container: {image: 'registry:5000/acme/train:1', command: [train-it]}
",
    );
    let trial = Trial::of(&text);
    let refusal = trial.refusal();
    assert!(
        refusal.contains("KFP609") && refusal.contains("`train-it`") && refusal.contains("acme/train"),
        "{refusal}"
    );
    let place = trial.place();
    let tools = place.path().join("tools");
    fs::create_dir(&tools).expect("a folder");
    fs::write(tools.join("train-it"), "#!/bin/sh\necho $GREETING\n").expect("a file");
    fs::set_permissions(tools.join("train-it"), std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("a mode");
    // Where the tools are has to be seen by the tasks: not below `/tmp`, of which they have their own.
    let trial = Trial::at(place, &text, |options| {
        options.isolate = false;
        options.images =
            Images::read("acme/train: {path: [tools], env: {GREETING: hi}}", tools.parent().expect("a folder"))
                .expect("images");
    });
    trial.succeeds();
    assert_eq!(trial.outcome(".b").outputs.result.as_deref(), Some("hi"));
    let before = History::read(trial.folder()).expect("a history");
    assert_eq!(before.over.expect("the end").0, Phase::Succeeded);
    assert!(before.records.iter().all(|record| record.ended.is_some()), "{:#?}", before.records);
    assert_eq!(before.records[0].node.node, "trial");
}

#[test]
fn part_of_a_finished_run_is_run_again() {
    let text = workflow(
        r"
  - name: main
    dag:
      tasks:
      - {name: a, template: t}
      - {name: b, template: t, dependencies: [a]}
      - {name: c, template: inner, dependencies: [b]}
      - {name: d, template: t, dependencies: [a]}
  - name: inner
    steps: [[{name: e, template: t}]]
  - name: t
    retryStrategy: {limit: '0'}
    container: {image: busybox, command: [sh, -c, 'head -c 8 /dev/urandom | od -An -tx1']}
",
    );
    let first = Trial::of(&text);
    first.succeeds();
    let gave = |trial: &Trial, node: &str| trial.outcome(node).outputs.result.clone();
    let old: Vec<_> = ["a(0)", "b(0)", "e(0)", "d(0)"].iter().map(|node| gave(&first, node)).collect();
    let second = Trial::at(first.place(), &text, |options| options.again = Some(Again::From("b".to_owned())));
    second.succeeds();
    let new: Vec<_> = ["a(0)", "b(0)", "e(0)", "d(0)"].iter().map(|node| gave(&second, node)).collect();
    let is_same: Vec<_> = old.iter().zip(&new).map(|(old, new)| old == new).collect();
    assert_eq!(is_same, [true, false, false, true]);
    let third = Trial::at(second.place(), &text, |_| ());
    assert_eq!(gave(&third, "e(0)"), new[2], "what was run again counts from then on");
    let fourth = Trial::at(third.place(), &text, |options| options.again = Some(Again::From("x".to_owned())));
    assert!(fourth.refusal().contains("KFP608"), "{}", fourth.refusal());
}

#[test]
fn what_has_failed_is_run_again() {
    let text = workflow(
        r"
  - name: main
    volumes: [{name: v, persistentVolumeClaim: {claimName: kept}}]
    container:
      image: busybox
      command: [sh, -c, 'if [ -e /v/x ]; then echo well; else touch /v/x; exit 1; fi']
      volumeMounts: [{name: v, mountPath: /v}]
",
    );
    let trial = Trial::of(&text);
    assert_eq!(trial.phase(), Phase::Failed);
    let trial = Trial::at(trial.place(), &text, |_| ());
    assert_eq!(trial.phase(), Phase::Failed, "it has ended");
    let trial = Trial::at(trial.place(), &text, |options| options.again = Some(Again::Failed));
    trial.succeeds();
}

#[test]
fn memoized_outputs_and_artifacts_are_remembered_by_the_next_run() {
    let text = workflow(
        r"
  - name: main
    dag:
      tasks:
      - {name: a, template: make}
      - name: b
        template: show
        dependencies: [a]
        arguments: {artifacts: [{name: in, from: '{{tasks.a.outputs.artifacts.out}}'}]}
  - name: make
    memoize: {key: k1, maxAge: 1h, cache: {configMap: {name: kept}}}
    container: {image: busybox, command: [sh, -c, 'head -c 8 /dev/urandom | od -An -tx1 > /tmp/x']}
    outputs: {artifacts: [{name: out, path: /tmp/x}]}
  - name: show
    inputs: {artifacts: [{name: in, path: /tmp/in}]}
    container: {image: busybox, command: [cat, /tmp/in]}
",
    );
    let first = Trial::of(&text);
    first.succeeds();
    let shown = first.outcome(".b").outputs.result.clone();
    let place = first.place();
    let second = Trial::choosing(&text, |options| options.shared = place.path().join("shared"));
    second.succeeds();
    assert!(second.outcome(".a").is_remembered);
    assert_eq!(second.outcome(".b").outputs.result, shown);
}

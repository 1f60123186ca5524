//! What manifests mean, construct by construct, with real programs.

mod support;

use kfp_engine::{Phase, Stored};
use std::time::Duration;
use support::{Trial, workflow};

#[test]
fn a_dag_passes_parameters_and_collects_a_loop() {
    let trial = Trial::new(
        r#"
  - name: main
    dag:
      tasks:
      - name: numbers
        template: emit
        arguments: {parameters: [{name: text, value: '["1","2","3"]'}]}
      - name: square
        depends: numbers
        template: square
        withParam: "{{tasks.numbers.outputs.parameters.value}}"
        arguments: {parameters: [{name: num, value: "{{item}}"}]}
      - name: sum
        depends: square
        template: emit
        arguments: {parameters: [{name: text, value: "{{tasks.square.outputs.parameters.value}} {{tasks.square.outputs.result}}"}]}
    outputs:
      parameters:
      - {name: all, valueFrom: {parameter: "{{tasks.sum.outputs.parameters.value}}"}}
      - {name: first, valueFrom: {expression: "fromJSON(tasks.square.outputs.parameters.value)[0]"}}
  - name: emit
    inputs: {parameters: [{name: text}]}
    container: {image: busybox, command: [sh, -c, 'mkdir -p /out; printf "%s" "$0" > /out/value', '{{inputs.parameters.text}}']}
    outputs: {parameters: [{name: value, valueFrom: {path: /out/value}}]}
  - name: square
    inputs: {parameters: [{name: num}]}
    script: {image: busybox, command: [sh], source: 'mkdir -p /out; echo $(({{inputs.parameters.num}} * {{inputs.parameters.num}})) | tee /out/value'}
    outputs: {parameters: [{name: value, valueFrom: {path: /out/value}}]}
"#,
    );
    trial.succeeds();
    let sum = trial.outcome("sum");
    assert_eq!(sum.outputs.parameters["value"], r#"["1","4","9"] [1,4,9]"#);
}

#[test]
fn a_failed_task_is_tried_again_and_its_exit_handler_sees_how_it_ended() {
    let trial = Trial::new(
        r"
  - name: main
    steps:
    - - name: flaky
        template: flaky
        continueOn: {failed: true}
        hooks: {exit: {template: say, arguments: {parameters: [{name: text, value: '{{steps.flaky.status}} {{steps.flaky.exitCode}}'}]}}}
  - name: flaky
    retryStrategy: {limit: '2', expression: 'asInt(lastRetry.exitCode) != 3'}
    container: {image: busybox, command: [sh, -c, 'exit $(({{retries}} + 2))']}
  - name: say
    inputs: {parameters: [{name: text}]}
    container: {image: busybox, command: [echo, '{{inputs.parameters.text}}']}
",
    );
    trial.succeeds();
    assert_eq!(trial.outcome("flaky(0)").outputs.exit_code, Some(2));
    assert_eq!(trial.outcome("flaky(1)").outputs.exit_code, Some(3));
    assert!(!trial.has_ended("flaky(2)"), "the expression says no");
    assert_eq!(trial.outcome("flaky.onExit").outputs.result.as_deref(), Some("Failed 3"));
}

#[test]
fn the_workflow_fails_and_its_exit_handler_is_told() {
    let text = workflow(
        r"
  - name: main
    dag: {tasks: [{name: bad, template: bad}, {name: after, template: say, dependencies: [bad]}]}
  - name: bad
    container: {image: busybox, command: [sh, -c, 'echo oh >&2; exit 7']}
  - name: say
    container: {image: busybox, command: [echo, '{{workflow.status}} {{=len(fromJSON(fromJSON(workflow.failures)))}}']}
",
    );
    let trial = Trial::of(&text.replace("entrypoint: main", "entrypoint: main\n  onExit: say"));
    assert_eq!(trial.phase(), Phase::Failed);
    assert_eq!(trial.outcome("after").phase, Phase::Omitted);
    assert_eq!(trial.outcome(".onExit").outputs.result.as_deref(), Some("Failed 2"), "the task and the DAG");
}

#[test]
fn a_deadline_ends_a_program_and_what_it_has_started() {
    let trial = Trial::new(
        r"
  - name: main
    timeout: 1s
    container: {image: busybox, command: [sh, -c, 'sleep 61.25 & sleep 61.25']}
",
    );
    assert_eq!(trial.phase(), Phase::Failed);
    assert!(trial.seconds < 20.0, "it took {} s", trial.seconds);
    std::thread::sleep(Duration::from_millis(200));
    assert!(!support::is_running("61.25"), "something was left behind");
}

#[test]
fn what_a_task_leaves_running_ends_with_it() {
    let trial = Trial::new(
        r"
  - name: main
    container: {image: busybox, command: [sh, -c, 'sleep 62.5 & echo done']}
",
    );
    trial.succeeds();
    std::thread::sleep(Duration::from_millis(200));
    assert!(!support::is_running("62.5"), "something was left behind");
}

#[test]
fn tasks_have_their_own_files() {
    let trial = Trial::new(
        r"
  - name: main
    steps:
    - - {name: write, template: write}
    - - {name: look, template: look}
  - name: write
    container: {image: busybox, command: [sh, -c, 'echo x > /tmp/kfp-engine-seen; echo x > /kfp-engine-seen; mkdir /mnt/a']}
  - name: look
    container: {image: busybox, command: [sh, -c, '! ls /tmp/kfp-engine-seen /kfp-engine-seen /mnt/a']}
",
    );
    trial.succeeds();
    assert!(!std::path::Path::new("/kfp-engine-seen").exists());
}

#[test]
fn an_output_below_a_folder_of_the_machine_stays_with_the_task() {
    let trial = Trial::new(
        r"
  - name: main
    container: {image: busybox, command: [sh, -c, 'mkdir -p /var/kfp-engine; echo 5 > /var/kfp-engine/five']}
    outputs: {parameters: [{name: five, valueFrom: {path: /var/kfp-engine/five}}]}
",
    );
    trial.succeeds();
    assert_eq!(trial.only().outputs.parameters["five"], "5");
    assert!(!std::path::Path::new("/var/kfp-engine").exists());
}

#[test]
fn artifacts_go_through_the_store() {
    let trial = Trial::new(
        r"
  - name: main
    dag:
      tasks:
      - {name: make, template: make}
      - name: take
        template: take
        depends: make
        arguments: {artifacts: [{name: in, from: '{{tasks.make.outputs.artifacts.out}}'}]}
  - name: make
    container: {image: busybox, command: [sh, -c, 'mkdir -p /work-out/deep; echo 1 > /work-out/deep/a; echo 2 > /work-out/b']}
    outputs: {artifacts: [{name: out, path: /work-out}, {name: none, path: /nothing, optional: true}]}
  - name: take
    inputs: {artifacts: [{name: in, path: /given}, {name: maybe, path: /maybe, optional: true}]}
    container: {image: busybox, command: [sh, -c, 'cat /given/deep/a /given/b; ! test -e /maybe']}
",
    );
    trial.succeeds();
    assert_eq!(trial.outcome("take").outputs.result.as_deref(), Some("1\n2"));
    let made = trial.outcome("make").outputs.artifacts["out"].clone();
    assert!(matches!(&made, Stored::Key(key) if key.ends_with("/out.tgz")), "{made:?}");
}

#[test]
fn a_missing_output_is_an_error_that_names_it() {
    let trial = Trial::new(
        r"
  - name: main
    container: {image: busybox, command: ['true']}
    outputs: {parameters: [{name: score, valueFrom: {path: /score}}]}
",
    );
    assert_eq!(trial.phase(), Phase::Error);
    assert!(trial.only().message.contains("`score`"), "{}", trial.only().message);
}

#[test]
fn parallelism_holds_back() {
    let trial = Trial::new(
        r"
  - name: main
    parallelism: 1
    dag: {tasks: [{name: a, template: nap}, {name: b, template: nap}, {name: c, template: nap}]}
  - name: nap
    container: {image: busybox, command: [sleep, '0.3']}
",
    );
    trial.succeeds();
    assert!(trial.most_at_once == 1, "{} at once", trial.most_at_once);
}

#[test]
fn what_cannot_be_done_is_refused_before_the_first_task() {
    let cases = [
        ("plugin: {p: {}}", "KFP601", "plugin"),
        ("resource: {action: get, successCondition: 'status.phase >'}", "KFP601", "resource.successCondition"),
        ("container: {image: acme/tool}", "KFP601", "command"),
        ("container: {image: busybox, command: [ls]}\n    sidecars: [{name: s, image: b}]", "KFP601", "`b`"),
        ("container: {image: busybox, command: [ls], envFrom: [{secretRef: {name: s}}]}", "KFP606", "`s`"),
        (
            "synchronization: {semaphores: [{configMapKeyRef: {name: m, key: k}}]}\n    suspend: {}",
            "KFP606",
            "config map `m`",
        ),
        ("steps: [[{name: a, template: b}]]", "KFP602", "`b`"),
        ("dag: {tasks: [{name: a, template: main, depends: b.Succeeded}]}", "KFP602", "`b`"),
        (
            "inputs: {artifacts: [{name: x, path: /x, http: {url: u, auth: {basicAuth: {usernameSecret: {name: s, key: k}}}}}]}\n    container: {image: busybox, command: [ls]}",
            "KFP601",
            "there is no secret `s`",
        ),
        (
            "outputs: {artifacts: [{name: x, path: /x, git: {repo: r}}]}\n    container: {image: busybox, command: [ls]}",
            "KFP601",
            "x.git",
        ),
        (
            "outputs: {parameters: [{name: x, valueFrom: {expression: sprig.genCA().Cert}}]}\n    steps: []",
            "KFP601",
            "unknown name sprig.genCA",
        ),
    ];
    for (body, code, word) in cases {
        let trial = Trial::of(&workflow(&format!("  - name: main\n    {body}\n")));
        let refusal = trial.refusal();
        assert!(refusal.contains(code) && refusal.contains(word), "{body}: {refusal}");
        assert!(!trial.folder().exists(), "nothing is written");
    }
}

#[test]
fn recursion_without_end_ends() {
    let trial = Trial::new("  - name: main\n    steps: [[{name: again, template: main}]]\n");
    assert_eq!(trial.phase(), Phase::Failed);
}

#[test]
fn without_isolation_paths_are_replaced() {
    let text = workflow(
        r"
  - name: main
    inputs: {artifacts: [{name: in, path: /tmp/inputs/in/data, raw: {data: hello}}]}
    container: {image: busybox, command: [sh, -c, 'cat /tmp/inputs/in/data > /tmp/outputs/out/data']}
    outputs: {parameters: [{name: out, valueFrom: {path: /tmp/outputs/out/data}}]}
",
    );
    let trial = Trial::without_isolation(&text);
    trial.succeeds();
    assert_eq!(trial.only().outputs.parameters["out"], "hello");
}

#[test]
fn a_condition_may_be_over_inputs_and_siblings() {
    let text = workflow(
        r"
  - name: main
    inputs: {parameters: [{name: least}]}
    dag:
      tasks:
      - {name: score, template: score}
      - name: good
        template: score
        depends: score
        when: '{{=float(tasks.score.outputs.result) >= float(inputs.parameters.least)}}'
      - name: poor
        template: score
        depends: score
        when: '{{=float(tasks.score.outputs.result) < float(inputs.parameters.least)}}'
  - name: score
    container: {image: busybox, command: [echo, '0.97']}
",
    );
    let arguments = "entrypoint: main\n  arguments: {parameters: [{name: least, value: '0.9'}]}";
    let trial = Trial::of(&text.replace("entrypoint: main", arguments));
    trial.succeeds();
    assert_eq!(trial.outcome("good").phase, Phase::Succeeded);
    assert_eq!(trial.outcome("poor").phase, Phase::Skipped);
}

/// A task that is skipped counts as the innermost last node of what it follows, as in Argo.
#[test]
fn what_is_skipped_after_a_caught_failure_fails_the_dag() {
    let run = |last: &str| {
        let text = r"
  - name: main
    dag:
      tasks:
      - {name: caught, template: caught}
      - {name: never, template: say, dependencies: [caught], when: 'false'}
  - name: caught
    dag:
      tasks:
      - {name: bad, template: bad, continueOn: {failed: true}}
LAST
  - name: bad
    container: {image: busybox, command: [sh, -c, 'exit 7']}
  - name: say
    container: {image: busybox, command: [echo, said]}
  - name: ended
    suspend: {duration: '0'}
";
        Trial::new(&text.replace("LAST\n", last)).phase()
    };
    assert_eq!(run(""), Phase::Failed);
    assert_eq!(run("      - {name: ended, template: ended, dependencies: [bad]}\n"), Phase::Succeeded);
}

#[test]
fn which_of_two_bad_phases_a_group_gets() {
    let leaves = r"
  - name: failing
    container: {image: busybox, command: ['false']}
  - name: wrong
    container: {image: busybox, command: ['true']}
    outputs: {parameters: [{name: value, valueFrom: {path: /out/value}}]}
";
    let dag = |fail_fast: bool| {
        let tasks = "[{name: a, template: failing}, {name: b, template: wrong}]";
        Trial::new(&format!("  - name: main\n    dag: {{failFast: {fail_fast}, tasks: {tasks}}}{leaves}")).phase()
    };
    assert_eq!(dag(false), Phase::Error, "the last by name, where all are waited for");
    let steps = Trial::new(&format!("  - name: main\n    steps: [[{{name: b, template: wrong}}]]{leaves}"));
    assert_eq!(steps.phase(), Phase::Failed, "steps are never an error because of one of them");
}

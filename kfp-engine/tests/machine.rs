//! A machine that does not let a run go on: the run stops with a code and a place, and goes on when it can.

#[path = "support/place.rs"]
mod place;
mod support;

use kfp_engine::Phase;
use place::folder;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use support::{Trial, workflow};

const CHAIN: &str = r"
  - name: main
    dag:
      tasks:
      - {name: a, template: count}
      - {name: b, template: large, dependencies: [a]}
      - {name: c, template: count, dependencies: [b]}
  - name: count
    container: {image: busybox, command: [sh, -c, 'echo run >>COUNTS']}
  - name: large
    outputs: {artifacts: [{name: out, path: /tmp/out, archive: {none: {}}}]}
    container: {image: busybox, command: [sh, -c, 'head -c 3000000 /dev/zero >/tmp/out']}
";

/// Mounts a small disk where the run stores its artifacts; `false` where that is not allowed.
fn small_disk(folder: &Path) -> bool {
    fs::create_dir_all(folder).expect("a folder");
    let status = Command::new("mount").args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(folder).output();
    status.is_ok_and(|output| output.status.success())
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn a_full_disk_stops_the_run_which_goes_on_when_there_is_room() {
    let place = folder();
    let (counts, store) = (place.path().join("counts"), place.path().join("small"));
    let text = workflow(&CHAIN.replace("COUNTS", &counts.to_string_lossy()));
    if !small_disk(&store) {
        eprintln!("skipped: no disk can be mounted");
        return;
    }
    let run = place.path().join("run");
    fs::create_dir_all(&run).expect("a folder");
    symlink(&store, run.join("artifacts")).expect("a link");
    let trial = Trial::at(place, &text, |_| {});
    let refusal = trial.refusal();
    let unmounted = Command::new("umount").arg(&store).status().expect("umount");
    assert!(unmounted.success());
    assert!(refusal.contains("[KFP604]") && refusal.contains("kfp resume"), "{refusal}");
    assert!(refusal.contains("No space left"), "{refusal}");
    assert_eq!(
        fs::read_to_string(&counts).expect("a file"),
        "run\n",
        "what came before has run, what comes after has not"
    );
    let trial = Trial::at(trial.place(), &text, |_| {});
    trial.succeeds();
    assert_eq!(fs::read_to_string(&counts).expect("a file"), "run\nrun\n", "nothing has run twice");
}

#[test]
fn a_binary_that_vanishes_stops_the_run_which_goes_on_when_it_is_back() {
    let place = folder();
    let program = place.path().join("tool");
    let write = || {
        fs::write(&program, "#!/bin/sh\necho done\n").expect("a file");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
    };
    write();
    // The first task takes away what the second one runs.
    let text = workflow(&format!(
        r"
  - name: main
    dag: {{tasks: [{{name: a, template: remove}}, {{name: b, template: use, dependencies: [a]}}]}}
  - name: remove
    container: {{image: busybox, command: [rm, {0}]}}
  - name: use
    container: {{image: acme/tool, command: [{0}]}}
",
        program.display()
    ));
    let trial = Trial::at(place, &text, |_| {});
    let refusal = trial.refusal();
    assert!(
        refusal.contains("[KFP609]") && refusal.contains("acme/tool") && refusal.contains("kfp resume"),
        "{refusal}"
    );
    write();
    let trial = Trial::at(trial.place(), &text, |_| {});
    trial.succeeds();
    assert_eq!(trial.outcome(".b").outputs.result.as_deref(), Some("done"));
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_with_its_place() {
    let trial = Trial::new(
        r"
  - name: main
    inputs: {artifacts: [{name: data, path: /tmp/data, s3: {key: no/such}}]}
    container: {image: busybox, command: [cat, /tmp/data]}
",
    );
    assert_eq!(trial.phase(), Phase::Error);
    let message = &trial.only().message;
    assert!(message.contains("the input artifact `data`") && message.contains("no/such"), "{message}");

    // A journal that is a folder, for one that nobody may read: root may read all.
    let place = folder();
    fs::create_dir_all(place.path().join("run/journal.jsonl")).expect("a folder");
    let refusal = Trial::at(place, &workflow("  - {name: main, suspend: {duration: 1ms}}\n"), |_| {}).refusal();
    assert!(refusal.contains("[KFP604]") && refusal.contains("journal.jsonl"), "{refusal}");
}

#[test]
fn variables_in_texts_are_those_of_the_container() {
    let trial = Trial::new(
        r"
  - name: main
    container:
      image: busybox
      command: [printf, '%s|', $(A), $(B), $(C), $$(A)]
      env: [{name: A, value: one}, {name: B, value: '$(A)-$(LATER)'}, {name: LATER, value: late}]
",
    );
    assert_eq!(trial.only().outputs.result.as_deref(), Some("one|one-$(LATER)|$(C)|$(A)|"));
}

/// A component's program that counts how often it has run.
const COMPONENT: &str =
    "#!/bin/sh\necho run >>COUNTS\nwhile [ $# -gt 1 ]; do shift; done\nmkdir -p $(dirname $1)\nprintf %s VALUE >$1\n";

fn component(annotation: &str, input: &str) -> String {
    workflow(&format!(
        r"
  - name: main
    metadata: {{annotations: {{{annotation}}}}}
    outputs: {{parameters: [{{name: output, valueFrom: {{path: /tmp/outputs/output}}}}]}}
    container: {{image: acme/steps, command: [steps, kfp-exec, draw], args: [--low, '{input}', --, --output, /tmp/outputs/output]}}
"
    ))
}

#[test]
fn a_component_with_the_same_code_and_inputs_is_not_run_again() {
    let place = folder();
    let (program, counts) = (place.path().join("steps"), place.path().join("counts"));
    let write = |value: &str| {
        let text = COMPONENT.replace("COUNTS", &counts.to_string_lossy()).replace("VALUE", value);
        fs::write(&program, text).expect("a file");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
    };
    let mut number = 0;
    let mut run = |text: &str, cache: bool| {
        number += 1;
        let trial = Trial::choosing(text, |options| {
            options.folder = place.path().join(format!("run-{number}"));
            options.shared = place.path().join("shared");
            options.program = Some(program.clone());
            options.cache = cache;
        });
        trial.succeeds();
        let outcome = trial.only().clone();
        let times = fs::read_to_string(&counts).expect("a file").lines().count();
        (outcome.outputs.parameters["output"].clone(), outcome.is_remembered, times)
    };
    write("1");
    let plain = component("", "5");
    assert_eq!(run(&plain, true), ("1".to_owned(), false, 1));
    assert_eq!(run(&plain, true), ("1".to_owned(), true, 1), "remembered");
    assert_eq!(run(&plain, false), ("1".to_owned(), false, 2), "not asked for");
    assert_eq!(run(&component("", "6"), true), ("1".to_owned(), false, 3), "another input");
    let stale = component("pipelines.kubeflow.org/max_cache_staleness: P0D", "5");
    assert_eq!(run(&stale, true), ("1".to_owned(), false, 4), "never");
    write("2");
    assert_eq!(run(&plain, true), ("2".to_owned(), false, 5), "another program");
    assert_eq!(run(&plain, true), ("2".to_owned(), true, 5));
}

//! A run that is killed at any moment, and resumed, ends as one that was not.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often the engine is killed; `KFP_KILLS` for more.
const KILLS: u64 = 12;

const WORKFLOW: &str = r#"
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: durable}
spec:
  entrypoint: main
  onExit: finish
  templates:
  - name: main
    dag:
      tasks:
      - name: first
        template: step
        arguments: {parameters: [{name: text, value: one}]}
      - name: loop
        depends: first
        template: step
        withSequence: {count: "4"}
        arguments: {parameters: [{name: text, value: "{{tasks.first.outputs.parameters.out}}-{{item}}"}]}
      - name: flaky
        depends: first
        template: flaky
      - name: last
        depends: loop && flaky
        template: step
        arguments:
          parameters:
          - {name: text, value: "{{tasks.loop.outputs.parameters.out}} {{tasks.flaky.outputs.result}}"}
          artifacts:
          - {name: in, from: "{{tasks.flaky.outputs.artifacts.file}}"}
  - name: step
    inputs:
      parameters: [{name: text}]
      artifacts: [{name: in, path: /in, optional: true}]
    container:
      image: busybox
      command: [sh, -c, 'sleep 0.05; cat /in 2>/dev/null >> /log; printf "%s" "$0" > /tmp/out', "{{inputs.parameters.text}}"]
    outputs: {parameters: [{name: out, valueFrom: {path: /tmp/out}}]}
  - name: flaky
    retryStrategy: {limit: "3"}
    container: {image: busybox, command: [sh, -c, 'sleep 0.05; echo try {{retries}} | tee /file; [ {{retries}} -ge 2 ]']}
    outputs: {artifacts: [{name: file, path: /file}]}
  - name: finish
    container: {image: busybox, command: [echo, "{{workflow.status}}"]}
"#;

/// Starts the engine and kills it after a while, if it is still there; whether it has come to its end.
fn start(folder: &Path, out: &Path, kill_after: Option<Duration>) -> bool {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kfp"));
    if out.join("journal.jsonl").exists() {
        command.arg("resume").arg(out);
    } else {
        // Killed before there was a journal: nothing has run.
        let _ = fs::remove_dir_all(out);
        command.arg("run").arg(folder.join("workflow.yaml")).arg("--out").arg(out);
    }
    let log = folder.join("log");
    let file = fs::File::create(&log).expect("a file");
    let mut child = command.stdout(file).stderr(Stdio::piped()).spawn().expect("the engine");
    let start = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        if kill_after.is_some_and(|time| start.elapsed() >= time) {
            child.kill().expect("a kill");
            child.wait().expect("a child");
            return false;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let output = child.wait_with_output().expect("a child");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let log = fs::read_to_string(&log).expect("a log");
    assert!(output.status.success(), "{}: {said}\n{log}", output.status);
    true
}

/// What each node gave; a node that has ended twice is one too many.
fn journal(out: &Path) -> BTreeMap<String, serde_json::Value> {
    let text = fs::read_to_string(out.join("journal.jsonl")).expect("a journal");
    let mut nodes = BTreeMap::new();
    for line in text.lines().skip(1) {
        let mut line: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        if line["event"] != "ended" || line["kind"] != "Pod" {
            continue;
        }
        line["outcome"].as_object_mut().expect("an object").remove("seconds");
        let fields = line.as_object_mut().expect("an object");
        fields.remove("at");
        let node = fields["node"].as_str().expect("a name").to_owned();
        assert!(nodes.insert(node.clone(), line).is_none(), "`{node}` ran again after it had ended");
    }
    nodes
}

#[test]
fn a_killed_run_ends_like_any_other() {
    let kills = std::env::var("KFP_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS);
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("workflow.yaml"), WORKFLOW).expect("a file");
    let whole = folder.path().join("whole");
    let start_time = Instant::now();
    assert!(start(folder.path(), &whole, None));
    let (expected, length) = (journal(&whole), start_time.elapsed());
    assert_eq!(expected.len(), 10, "{expected:#?}");
    let (mut killed, mut run) = (0, 0u32);
    while killed < kills {
        run += 1;
        let out = folder.path().join(format!("run-{run}"));
        // Spread over the whole run: a step that no fraction of it repeats soon.
        let mut step = f64::from(run) * 0.381_966;
        loop {
            step = step.fract();
            if start(folder.path(), &out, Some(length.mul_f64(step * 0.9))) {
                break;
            }
            killed += 1;
            step += 0.618_034;
        }
        assert_eq!(journal(&out), expected, "run {run}, after {killed} kills");
    }
}

//! Templates that change resources of a cluster.
//!
//! A program in the place of `kubectl` shows what is called and when; what kubectl itself makes of it is tried where
//! `KFP_KUBECONFIG` names the configuration of a cluster that may be written to.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

struct Trial {
    place: tempfile::TempDir,
    path: String,
    kubeconfig: Option<String>,
}

impl Trial {
    /// With this program as `kubectl`; its first argument is the folder of its notes.
    fn with(script: &str) -> Self {
        let place = tempfile::tempdir().expect("a folder");
        let bin = place.path().join("bin");
        fs::create_dir(&bin).expect("a folder");
        let file = bin.join("kubectl");
        let head = format!("#!/bin/sh\ncd {}\n", place.path().display());
        let known = "if [ \"$1 $2\" = 'config current-context' ]; then echo trial; exit; fi\necho \"$*\" >>calls\n";
        fs::write(&file, format!("{head}{known}{script}")).expect("a file");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("a program");
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").expect("PATH"));
        Self { place, path, kubeconfig: None }
    }

    fn command(&self, templates: &str) -> Command {
        let head = "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: w}\nspec:\n  entrypoint: main\n  templates:\n";
        fs::write(self.place.path().join("w.yaml"), format!("{head}{templates}")).expect("a file");
        let mut command = Command::new(env!("CARGO_BIN_EXE_kfp"));
        command
            .args(["run", "w.yaml", "--out", "run", "--json"])
            .current_dir(self.place.path())
            .env("PATH", &self.path);
        command.env("RESOURCE_STATE_CHECK_INTERVAL", "100ms").env_remove("KUBERNETES_SERVICE_HOST");
        if let Some(config) = &self.kubeconfig {
            command.env("KUBECONFIG", config);
        }
        command
    }

    /// The exit code and all that was printed.
    fn run(&self, templates: &str) -> (Option<i32>, String) {
        let output = self.command(templates).output().expect("the command");
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&text).into_owned())
    }

    fn calls(&self) -> Vec<String> {
        let text = fs::read_to_string(self.place.path().join("calls")).unwrap_or_default();
        let run = fs::canonicalize(self.place.path()).expect("a folder").join("run/tasks");
        text.lines().map(|line| line.replace(&*run.to_string_lossy(), "")).collect()
    }
}

/// What a node gave.
fn output(text: &str, name: &str) -> Option<String> {
    let events = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    events.filter_map(|event| event["outcome"]["outputs"]["parameters"][name].as_str().map(str::to_owned)).next_back()
}

const JOB: &str = r"
  - name: main
    resource:
      action: create
      successCondition: status.succeeded > 0
      failureCondition: status.failed > 3
      manifest: |
        apiVersion: batch/v1
        kind: Job
        metadata: {name: it}
    outputs:
      parameters:
      - {name: name, valueFrom: {jsonPath: '{.metadata.name}'}}
      - {name: ended, valueFrom: {jqFilter: '.status | keys | join(`,`)'}}
";

const STATES: &str = r#"
case $* in
create*) cat "$3" >manifest; echo '{"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "it", "namespace": "ns"}}' ;;
*jsonpath*) echo -n it ;;
*)
    number=$(grep -c 'o json$' calls)
    if [ "$number" -lt 4 ]; then echo '{"status": {"active": 1}}'; else echo "{\"status\": $LAST}"; fi ;;
esac
"#;

fn job() -> String {
    JOB.replace('`', "\"")
}

#[test]
fn a_resource_is_made_and_looked_at_until_a_condition_holds() {
    let trial = Trial::with(&STATES.replace("$LAST", r#"{\"succeeded\": 1}"#));
    let (code, text) = trial.run(&job());
    assert_eq!(code, Some(0), "{text}");
    assert_eq!(output(&text, "name").as_deref(), Some("it"));
    assert_eq!(output(&text, "ended").as_deref(), Some("succeeded"));
    let get = "-n ns get job.batch/it -o json";
    assert_eq!(
        trial.calls(),
        [
            "create -f /w/manifest.yaml -o json",
            get,
            get,
            get,
            "-n ns get job.batch/it -o jsonpath={.metadata.name}",
            get
        ]
    );
    let manifest = fs::read_to_string(trial.place.path().join("manifest")).expect("a manifest");
    assert!(manifest.ends_with("metadata: {name: it}\n"), "{manifest}");
    let log = fs::read_to_string(trial.place.path().join("run/tasks/w/main.out")).expect("a log");
    assert!(log.contains("kubectl create") && log.contains("waiting for `status.succeeded > 0`"), "{log}");
}

#[test]
fn a_failure_condition_and_an_error_of_kubectl_fail_the_node() {
    let trial = Trial::with(&STATES.replace("$LAST", r#"{\"failed\": 4}"#));
    let (code, text) = trial.run(&job());
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("the failure condition `status.failed > 3` holds"), "{text}");

    let trial = Trial::with("echo 'error: no such thing' >&2; exit 1\n");
    let (code, text) = trial.run("  - {name: main, resource: {action: get, flags: [pods, it]}}\n");
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("error: no such thing"), "{text}");
    assert_eq!(trial.calls(), ["get pods it -o json"]);
}

#[test]
fn what_was_deleted_and_what_is_not_found_give_defaults() {
    let trial = Trial::with("exit 0\n");
    let (code, text) = trial.run(
        r"
  - name: main
    resource: {action: get, flags: [--ignore-not-found, cm, it]}
    outputs: {parameters: [{name: out, valueFrom: {jsonPath: '{.x}', default: none}}]}
",
    );
    assert_eq!((code, output(&text, "out").as_deref()), (Some(0), Some("none")), "{text}");
    let gone = Trial::with(
        "case $1 in create) echo '{\"kind\": \"Job\", \"metadata\": {\"name\": \"it\"}}' ;; *) echo 'Error (NotFound): it' >&2; exit 1 ;; esac\n",
    );
    let (code, text) = gone.run(&job());
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("job/it was deleted while its state was waited for"), "{text}");
}

#[test]
fn the_manifest_may_be_an_artifact() {
    let trial = Trial::with("cat \"$3\" >manifest; echo '{\"kind\": \"X\", \"metadata\": {\"name\": \"x\"}}'\n");
    let (code, text) = trial.run(
        r"
  - name: main
    inputs: {artifacts: [{name: m, path: /in/m.yaml, raw: {data: 'kind: X'}}]}
    resource: {action: apply, setOwnerReference: true, manifestFrom: {artifact: {name: m}}}
",
    );
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("no workflow on the cluster owns the resource"), "{text}");
    assert_eq!(fs::read_to_string(trial.place.path().join("manifest")).expect("a manifest"), "kind: X");
}

#[test]
fn without_a_cluster_nothing_starts() {
    let mut trial = Trial::with("exit 1\n");
    trial.path = trial.place.path().join("nothing").display().to_string();
    let (code, text) = trial.run(&job());
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("[KFP610]") && text.contains("there is no `kubectl`"), "{text}");

    let trial = Trial::with("");
    fs::write(trial.place.path().join("bin/kubectl"), "#!/bin/sh\nexit 1\n").expect("a file");
    let (code, text) = trial.run(&job());
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("[KFP610]") && text.contains("has no context"), "{text}");
    assert!(!trial.place.path().join("run").exists(), "nothing is written");
}

#[test]
fn what_waits_for_a_condition_ends_with_the_run_and_with_its_time() {
    let forever = STATES.replace("$LAST", r#"{\"active\": 1}"#);
    let trial = Trial::with(&forever);
    let start = Instant::now();
    let (code, text) = trial.run(&job().replace("    resource:", "    activeDeadlineSeconds: 1\n    resource:"));
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("it ran longer than its deadline") && start.elapsed() < Duration::from_secs(5), "{text}");

    let trial = Trial::with(&forever);
    let child = trial.command(&job()).stdout(Stdio::null()).spawn().expect("the command");
    while trial.calls().len() < 3 {
        std::thread::sleep(Duration::from_millis(20));
    }
    let start = Instant::now();
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(killed.success());
    let ended = child.wait_with_output().expect("the command");
    assert_eq!(ended.status.code(), Some(3));
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn kubectl_does_on_a_cluster_what_is_wanted() {
    let Some(config) = std::env::var("KFP_KUBECONFIG").ok().filter(|config| Path::new(config).is_file()) else {
        eprintln!("skipped: KFP_KUBECONFIG names no configuration of a cluster");
        return;
    };
    let mut trial = Trial::with("");
    trial.path = std::env::var("PATH").expect("PATH");
    trial.kubeconfig = Some(config);
    let (code, text) = trial.run(
        r#"
  - name: main
    steps:
    - - {name: clean, template: clean}
    - - {name: create, template: create}
    - - {name: merge, template: merge}
      - {name: json, template: json}
    - - {name: look, template: look}
    - - {name: apply, template: apply}
    - - {name: gone, template: clean}
    - - {name: nothing, template: nothing}
  - name: clean
    resource: {action: delete, flags: [configmap, kfp-trial]}
  - name: create
    resource:
      action: create
      successCondition: data.a == one
      manifest: |
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: kfp-trial}
        data: {a: one}
  - name: merge
    resource:
      action: patch
      mergeStrategy: merge
      flags: [configmap, kfp-trial]
      manifest: '{"data": {"b": "two"}}'
  - name: json
    resource:
      action: patch
      mergeStrategy: json
      flags: [configmap, kfp-trial]
      manifest: '[{"op": "add", "path": "/data/c", "value": "three"}]'
  - name: look
    resource:
      action: get
      successCondition: data.b == two, data.c in (three)
      manifest: |
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: kfp-trial}
    outputs:
      parameters:
      - {name: path, valueFrom: {jsonPath: '{.data.a}-{.data.b}'}}
      - {name: filter, valueFrom: {jqFilter: '.data | to_entries | map(.value) | sort'}}
  - name: apply
    resource:
      action: apply
      flags: [--server-side, --force-conflicts]
      manifest: |
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: kfp-trial}
        data: {a: new}
    outputs: {parameters: [{name: applied, valueFrom: {jsonPath: '{.data.a}'}}]}
  - name: nothing
    resource: {action: get, flags: [--ignore-not-found, configmap, kfp-trial]}
    outputs: {parameters: [{name: gone, valueFrom: {jsonPath: '{.data.a}', default: gone}}]}
"#,
    );
    assert_eq!(code, Some(0), "{text}");
    let found = ["path", "filter", "applied", "gone"].map(|name| output(&text, name).unwrap_or_default());
    assert_eq!(found, ["one-two", r#"["one","three","two"]"#, "new", "gone"]);
}

//! All workflows among Argo's examples and in its end-to-end suite, run by the engine: each ends in the phase that is
//! expected there, or is refused before it starts.
//!
//! The files come from the module that `go-argo/go.mod` pins; nothing of them is kept here. What is refused stands with its
//! reason in `argo-suite.txt`, written by `BLESS=1`. It takes minutes, and runs where `KFP_ARGO_SUITE=1` asks for it.

use kfp_conformance::{data, tool};
use kfp_core::argo::{Manifest, Workflow, from_yaml};
use kfp_engine::{Options, Phase, run};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// What is still running then sleeps on purpose.
const LONGEST: Duration = Duration::from_secs(100);
const THREADS: usize = 16;

const RANDOM: &str = "its tasks end as chance has it";
const NETWORK: &str = "it asks servers on the Internet";
const BUCKET: &str = "its bucket has to hold a file";

/// What is supplied to those that wait for it.
const SUPPLIED: [(&str, &str); 2] = [("approve", "YES"), ("message", "go on")];

/// Examples of which a task fails or takes too long on purpose.
const FAILING: [&str; 10] = [
    "examples/dag-continue-on-fail.yaml",
    "examples/dag-disable-failFast.yaml",
    "examples/dag-task-level-timeout.yaml",
    "examples/exit-handlers.yaml",
    "examples/loops-arbitrary-sequential-steps.yaml",
    "examples/pod-gc-strategy-with-label-selector.yaml",
    "examples/pod-gc-strategy.yaml",
    "examples/step-level-timeout.yaml",
    "examples/timeouts-step.yaml",
    "examples/timeouts-workflow.yaml",
];

/// Files that may end otherwise than by the rule, and why. So may those whose artifacts come from servers.
const OTHERWISE: [(&str, &str); 18] = [
    ("examples/custom-metrics.yaml", RANDOM),
    ("examples/exit-handler-slack.yaml", NETWORK),
    ("examples/fun-with-gifs.yaml", NETWORK),
    ("examples/http-hello-world.yaml", NETWORK),
    ("examples/http-success-condition.yaml", NETWORK),
    ("examples/input-artifact-azure.yaml", BUCKET),
    ("examples/input-artifact-gcs.yaml", BUCKET),
    ("examples/input-artifact-oss.yaml", BUCKET),
    ("examples/input-artifact-s3.yaml", BUCKET),
    ("examples/life-cycle-hooks-wf-level.yaml", NETWORK),
    ("examples/resubmit.yaml", RANDOM),
    ("examples/retry-conditional.yaml", RANDOM),
    ("examples/retry-on-error.yaml", RANDOM),
    ("examples/work-avoidance.yaml", RANDOM),
    ("test/e2e/expectedfailures/pns/pns-quick-exit-output-art.yaml", "its executor is gone since Argo 3.4"),
    ("test/e2e/expectedfailures/serviceaccount-insufficient-permissions.yaml", "there are no accounts here"),
    ("test/e2e/expectedfailures/unschedulable.yaml", "this machine is every node"),
    ("test/e2e/expectedfailures/volumes-pvc-fail-event.yaml", "any claim is a folder here"),
];

/// What the workflows expect to be in a namespace.
const THERE: &str = "
apiVersion: v1
kind: ConfigMap
metadata: {name: my-config}
data: {workflow: '1', template: '1', step: '1', double: '2'}
---
apiVersion: v1
kind: Secret
metadata: {name: my-secret}
stringData: {mypassword: S00perS3cretPa55word}
";

/// One workflow of a file.
struct Case {
    /// The file in the module, with a number where it has several workflows.
    name: String,
    workflow: Result<Box<Workflow>, String>,
    expected: Vec<Phase>,
}

enum End {
    In(Phase, String),
    Refused(String),
    /// It would have gone on.
    Cut,
}

/// The folder of the sources of Argo.
fn sources() -> Option<PathBuf> {
    if std::env::var_os("KFP_ARGO_SUITE").is_none() {
        tool::skipped("KFP_ARGO_SUITE is not set");
        return None;
    }
    if !tool::found("go", &["version"]) {
        return None;
    }
    let module = concat!(env!("CARGO_MANIFEST_DIR"), "/go-argo");
    let go = |arguments: &[&str]| tool::run(Command::new("go").args(arguments).current_dir(module)).stdout;
    go(&["mod", "download", "github.com/argoproj/argo-workflows/v3"]);
    let folder = go(&["list", "-m", "-f", "{{.Dir}}", "github.com/argoproj/argo-workflows/v3"]);
    Some(PathBuf::from(String::from_utf8_lossy(&folder).trim()))
}

/// What the tests in Go wait for, by the name of the file that they run.
fn waited_for(folder: &Path) -> BTreeMap<String, BTreeSet<&'static str>> {
    const WORDS: [(&str, &str); 6] = [
        ("ToBeSucceeded", "Succeeded"),
        ("ToBeFailed", "Failed"),
        ("ToBeErrored", "Error"),
        ("WorkflowSucceeded, status.Phase", "Succeeded"),
        ("WorkflowFailed, status.Phase", "Failed"),
        ("WorkflowError, status.Phase", "Error"),
    ];
    let mut found: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).unwrap_or_default();
        let is_go = path.extension().is_some_and(|ending| ending == "go");
        for function in text.split("\nfunc ").filter(|_| is_go) {
            for part in function.split(".Workflow(\"@").skip(1).filter_map(|part| part.split("Workflow(`").next()) {
                let Some((file, rest)) = part.split_once('"') else { continue };
                let end = WORDS.iter().filter_map(|(word, phase)| Some((rest.find(word)?, *phase))).min();
                found.entry(file.to_owned()).or_default().extend(end.map(|(_, phase)| phase));
            }
        }
    }
    found
}

fn phases(file: &str, text: &str, waited: &BTreeMap<String, BTreeSet<&'static str>>) -> Vec<Phase> {
    let any = vec![Phase::Succeeded, Phase::Failed, Phase::Error];
    if let Some(name) = file.strip_prefix("test/e2e/").filter(|_| !asks_servers(text)) {
        let of = |word: &&str| match *word {
            "Succeeded" => Phase::Succeeded,
            "Failed" => Phase::Failed,
            _ => Phase::Error,
        };
        return match waited.get(name).filter(|words| !words.is_empty()) {
            Some(words) => words.iter().map(of).collect(),
            None if name.starts_with("expectedfailures/") => vec![Phase::Failed, Phase::Error],
            None => any,
        };
    }
    if asks_servers(text) {
        return any;
    }
    if FAILING.contains(&file) {
        return vec![Phase::Failed];
    }
    // Argo runs those without the label itself.
    if text.contains("workflows.argoproj.io/no-test") { any } else { vec![Phase::Succeeded] }
}

/// Whether an artifact comes from a server.
fn asks_servers(text: &str) -> bool {
    text.lines().any(|line| matches!(line.trim().trim_start_matches("- "), "git:" | "http:" | "artifactory:"))
        && text.contains("artifacts:")
}

/// All workflows, and what they may refer to.
fn read(root: &Path) -> (Vec<Case>, Vec<Manifest>) {
    let waited = waited_for(&root.join("test/e2e"));
    let (mut cases, mut along) = (Vec::new(), from_yaml(THERE).expect("manifests"));
    for file in ["examples", "test/e2e"].into_iter().flat_map(|folder| data::yaml_files(&root.join(folder))) {
        let short = file.strip_prefix(root).expect("below it").to_string_lossy().into_owned();
        let text = fs::read_to_string(&file).expect("a readable file");
        let expected = phases(&short, &text, &waited);
        let before = cases.len();
        match from_yaml(&text) {
            Ok(manifests) => {
                for manifest in manifests {
                    match manifest {
                        Manifest::Workflow(workflow) => {
                            let number = cases.len() - before;
                            let name = if number == 0 { short.clone() } else { format!("{short} ({number})") };
                            cases.push(Case { name, workflow: Ok(workflow), expected: expected.clone() });
                        }
                        other => along.push(other),
                    }
                }
            }
            Err(error) if text.contains("kind: Workflow\n") => {
                cases.push(Case { name: short, workflow: Err(error.to_string()), expected });
            }
            Err(_) => {}
        }
    }
    (cases, along)
}

fn one(case: &Case, along: &[Manifest], place: &Path) -> End {
    let workflow = match &case.workflow {
        Ok(workflow) => workflow,
        Err(error) => return End::Refused(error.clone()),
    };
    let folder = place.join(case.name.replace('/', "_"));
    let options = Options {
        shared: folder.with_extension("shared"),
        along: along.to_vec(),
        supplied: Some(BTreeMap::from(SUPPLIED.map(|(name, value)| (name.to_owned(), value.to_owned())))),
        ..Options::new(&folder)
    };
    let ended = run(workflow, &options, |_| {}, async { tokio::time::sleep(LONGEST).await });
    let _ = fs::remove_dir_all(&folder);
    match ended {
        Ok(report) => report.phase.map_or(End::Cut, |phase| End::In(phase, report.message)),
        Err(refusal) => End::Refused(format!("[{}] {}: {}", refusal.code, refusal.place, refusal.message)),
    }
}

#[test]
fn every_workflow_of_argo_ends_as_expected_or_is_refused() {
    let Some(root) = sources() else { return };
    let (cases, along) = read(&root);
    let place = tempfile::tempdir().expect("a folder");
    let next = Mutex::new(cases.iter());
    let ends = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let Some(case) = next.lock().expect("no panic").next() else { return };
                    let start = Instant::now();
                    let end = one(case, &along, place.path());
                    let seconds = start.elapsed().as_secs_f64();
                    ends.lock().expect("no panic").insert(&case.name, (case, end, seconds));
                }
            });
        }
    });
    judge(&ends.into_inner().expect("no panic"));
}

fn judge(ends: &BTreeMap<&String, (&Case, End, f64)>) {
    let (mut table, mut refused, mut wrong) = (String::new(), String::new(), String::new());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, (case, end, seconds)) in ends {
        let (word, why) = match end {
            End::In(phase, message) => (phase.to_string(), message.clone()),
            End::Refused(why) => ("refused".to_owned(), why.clone()),
            End::Cut => ("runs on".to_owned(), String::new()),
        };
        writeln!(table, "{seconds:6.1} s  {word:9}  {name}  {why}").expect("a growing string");
        let kind = match end {
            End::In(phase, _) if case.expected.contains(phase) => "as expected",
            End::In(..) if OTHERWISE.iter().any(|(known, _)| known == *name) => "otherwise, for a reason",
            End::In(phase, message) => {
                writeln!(wrong, "{name}: {phase} {message}, expected {:?}", case.expected).expect("a growing string");
                "wrong"
            }
            End::Refused(why) => {
                // The pod's name has a random part.
                let why = why.split(", pod `").next().unwrap_or_default();
                writeln!(refused, "{name}: {why}").expect("a growing string");
                "refused"
            }
            End::Cut => "still running",
        };
        *counts.entry(kind).or_default() += 1;
    }
    writeln!(table, "{} workflows: {counts:?}", ends.len()).expect("a growing string");
    tool::say(&table);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/argo-suite.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, &refused).expect("a file");
    }
    assert_eq!(fs::read_to_string(path).unwrap_or_default(), refused, "what is refused; `BLESS=1` accepts it");
    assert!(wrong.is_empty(), "{wrong}");
}

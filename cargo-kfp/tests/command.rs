//! What the command says.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn kfp(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_kfp")).args(arguments).current_dir(folder).output().expect("the command");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (status.code(), text(stdout), text(stderr))
}

fn folder(templates: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!(
        "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {{generateName: w-}}\nspec:\n  entrypoint: main\n  \
         arguments: {{parameters: [{{name: text}}]}}\n  templates:\n{templates}"
    );
    fs::write(folder.path().join("w.yaml"), text).expect("a file");
    folder
}

const ECHO: &str = "  - name: main\n    container: {image: busybox, command: [echo, '{{workflow.parameters.text}}']}\n";

#[test]
fn a_run_ends_with_a_place_to_look() {
    let folder = folder(ECHO);
    let (code, out, _) = kfp(folder.path(), &["run", "w.yaml", "-p", "text=hello"]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("Succeeded") && out.contains("kfp-runs/w-1/tasks"), "{out}");
    let tasks = fs::read_dir(folder.path().join("kfp-runs/w-1/tasks")).expect("a folder");
    let logs: Vec<_> = tasks.map(|task| fs::read_to_string(task.expect("a task").path().join("main.out"))).collect();
    assert!(matches!(&logs[..], [Ok(text)] if text == "hello\n"), "{logs:?}");
}

#[test]
fn json_is_a_line_an_event() {
    let folder = folder(ECHO);
    let (_, out, _) = kfp(folder.path(), &["run", "w.yaml", "-p", "text=hello", "--json"]);
    let events: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let kinds: Vec<_> =
        events.iter().filter_map(|event| event["event"].as_str()).filter(|kind| *kind != "note").collect();
    assert_eq!(kinds, ["started", "ended", "over"]);
}

#[test]
fn a_failure_shows_the_end_of_its_log() {
    let folder = folder("  - name: main\n    container: {image: busybox, command: [sh, -c, 'echo why >&2; exit 4']}\n");
    let (code, out, _) = kfp(folder.path(), &["run", "w.yaml", "-p", "text=x"]);
    assert_eq!(code, Some(1));
    assert!(out.contains("exit code 4") && out.contains("| why"), "{out}");
}

#[test]
fn a_missing_parameter_is_refused_with_what_to_write() {
    let folder = folder(ECHO);
    let (code, _, err) = kfp(folder.path(), &["run", "w.yaml"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("[KFP603]") && err.contains("-p text=VALUE"), "{err}");
    assert!(!folder.path().join("kfp-runs").exists(), "nothing is written");
}

#[test]
fn an_interrupted_run_can_be_resumed() {
    let folder =
        folder("  - name: main\n    container: {image: busybox, command: [sleep, '{{workflow.parameters.text}}']}\n");
    let child = Command::new(env!("CARGO_BIN_EXE_kfp"))
        .args(["run", "w.yaml", "-p", "text=63.75"])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the command");
    std::thread::sleep(std::time::Duration::from_millis(700));
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(killed.success());
    let output = child.wait_with_output().expect("the command");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{err}");
    assert!(err.contains("kfp resume kfp-runs/w-1"), "{err}");
    let journal = fs::read_to_string(folder.path().join("kfp-runs/w-1/journal.jsonl")).expect("a journal");
    assert!(!journal.contains(r#""event":"ended""#), "what was killed has not ended: {journal}");
}

#[test]
fn a_word_too_many_is_an_error() {
    let folder = folder(ECHO);
    for arguments in [&["walk"][..], &["run"], &["run", "w.yaml", "more"], &["run", "w.yaml", "-p", "text"]] {
        let (code, _, err) = kfp(folder.path(), arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {err}");
    }
}

#[test]
fn lint_shows_the_line_and_what_to_write() {
    let folder = folder("  - name: main\n    suspend: {duration: 5 minutes}\n");
    let (code, out, _) = kfp(folder.path(), &["lint", "."]);
    assert_eq!(code, Some(1));
    assert_eq!(
        out,
        "./w.yaml:9:26: error: [KFP310] ` minutes` is no unit of a duration
9 |     suspend: {duration: 5 minutes}
  |                          ^
  help: the units are `h`, `m`, `s`, `ms`, `us` and `ns`

1 files, 1 errors, 0 warnings
"
    );
    let (_, out, _) = kfp(folder.path(), &["lint", "--json", "w.yaml"]);
    let found: serde_json::Value = serde_json::from_str(&out).expect("a line of JSON");
    assert_eq!((&found["code"], &found["line"]), (&"KFP310".into(), &9.into()));
}

#[test]
fn warnings_fail_only_where_they_are_denied() {
    let folder = folder(&format!("{ECHO}  - {{name: rest, suspend: {{}}}}\n"));
    assert_eq!(kfp(folder.path(), &["lint", "w.yaml"]).0, Some(0));
    assert_eq!(kfp(folder.path(), &["lint", "w.yaml", "--deny-warnings"]).0, Some(1));
    let (code, _, err) = kfp(folder.path(), &["lint", "no.yaml"]);
    assert_eq!(code, Some(2));
    assert!(err.starts_with("error: no.yaml: "), "{err}");
}

#[test]
fn runs_logs_and_pictures_of_what_has_run() {
    let folder = folder(ECHO);
    kfp(folder.path(), &["run", "w.yaml", "-p", "text=hello"]);
    let (_, out, _) = kfp(folder.path(), &["runs"]);
    let lines: Vec<_> = out.lines().collect();
    assert!(lines[0].starts_with("RUN") && lines[1].starts_with("kfp-runs/w-1  Succeeded  1/1"), "{out}");
    let (_, out, _) = kfp(folder.path(), &["logs", "kfp-runs/w-1"]);
    assert!(out.starts_with("==> w-") && out.ends_with("hello\n"), "{out}");
    assert_eq!(kfp(folder.path(), &["logs", "w-1"]).1, out, "a run of `kfp-runs` has a name");
    let (code, _, err) = kfp(folder.path(), &["logs", "w-2"]);
    assert!(code == Some(2) && err.contains("[KFP604] w-2: there is no run here"), "{err}");
    let (code, _, err) = kfp(folder.path(), &["logs", "kfp-runs/w-1", "nobody"]);
    assert!(code == Some(2) && err.contains("no task of this run has the name `nobody`"), "{err}");
    for (of, form, holds) in [
        ("w.yaml", "--svg", ">main</text>"),
        ("w.yaml", "--mermaid", "[\"main\"]"),
        ("kfp-runs/w-1", "--svg", "class=\"Succeeded\""),
        ("kfp-runs/w-1", "--html", "<!doctype html>"),
    ] {
        let (code, out, err) = kfp(folder.path(), &["graph", of, form]);
        assert!(code == Some(0) && out.contains(holds), "{of} {form}: {out}{err}");
    }
}

#[test]
fn a_run_shares_what_is_beside_it_however_it_is_named() {
    let folder = folder(
        r"  - name: main
    dag: {tasks: [{name: remember, template: remember}]}
  - name: remember
    memoize: {key: once, maxAge: 1h, cache: {configMap: {name: kept}}}
    outputs: {parameters: [{name: text, valueFrom: {path: /tmp/text}}]}
    container: {image: busybox, command: [sh, -c, 'echo 1 > /tmp/text']}
",
    );
    let (code, out, err) = kfp(folder.path(), &["run", "w.yaml", "-p", "text="]);
    assert_eq!(code, Some(0), "{out}{err}");
    let (code, out, err) = kfp(folder.path(), &["resume", "w-1", "--from", "remember"]);
    assert!(code == Some(0) && out.contains("kfp-runs/w-1"), "{out}{err}");
    assert!(!folder.path().join("shared").exists(), "{out}{err}");
}

#[test]
fn the_report_is_a_page_that_a_browser_shows() {
    let folder = folder(
        "  - name: main\n    container: {image: busybox, command: [sh, -c, 'echo \"<b>odd</b>\" {{workflow.parameters.text}}; exit 3']}\n",
    );
    let (code, out, _) = kfp(folder.path(), &["run", "w.yaml", "-p", "text=</script>"]);
    assert!(code == Some(1) && out.contains("the report is kfp-runs/w-1/report.html"), "{out}");
    let page = folder.path().join("kfp-runs/w-1/report.html");
    let profile = tempfile::tempdir().expect("a folder");
    let flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--dump-dom",
    ];
    let browser = Command::new("chromium")
        .args(flags)
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}", page.display()))
        .output();
    let Ok(Output { stdout, .. }) = browser else {
        say("skipped: chromium not found");
        return;
    };
    let dom = String::from_utf8_lossy(&stdout);
    // What the script of the page has made of the run.
    for part in
        ["<h2>w-", "\u{2717} Failed", "What went wrong", "<td>text</td><td>&lt;/script&gt;</td>", "class=\"lane\""]
    {
        assert!(dom.contains(part), "no {part} in {dom}");
    }
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn say(line: &str) {
    eprintln!("{line}");
}

#[test]
fn size_says_where_the_bytes_go() {
    let folder = folder(ECHO);
    let (code, out, _) = kfp(folder.path(), &["size", "w.yaml"]);
    assert!(code == Some(0) && out.contains("bytes as JSON") && out.contains("  main"), "{out}");
    let total: usize = out.lines().nth(1).and_then(|line| line.split(' ').next()?.parse().ok()).expect("a number");
    let parts = out.lines().skip_while(|line| *line != "what for").skip(1).take_while(|line| !line.is_empty());
    let sum: usize =
        parts.map(|line| line.trim().split(' ').next().expect("a number").parse::<usize>().expect(line)).sum();
    assert_eq!(sum, total, "{out}");
}

//! The manifests of `snapshots/` run as they read: by the local engine, with the program that they name, and what their
//! steps print is what the source says.

mod cluster;

use cluster::Cluster;
use kfp::argo::{Manifest, Workflow, emit::parts};
use kfp_engine::{Options, Phase, run};
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Runs `snapshots/NAME.yaml`, as it is and laid out as if Argo took two tasks in a DAG; gives how it ended and the lines
/// that its steps printed, sorted.
fn printed(name: &str, parameters: &[(&str, &str)]) -> (Phase, Vec<String>) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("snapshots/{name}.yaml"));
    let text = fs::read_to_string(&file).expect("a snapshot");
    let mut manifests = kfp::argo::from_yaml(&text).expect("manifests").into_iter();
    let Some(Manifest::Workflow(workflow)) = manifests.next() else { panic!("the first is a workflow") };
    let (workflow, along) = (*workflow, manifests.collect::<Vec<_>>());
    let printed = run_it(&workflow, &along, parameters);
    let (parted, _) = parts::lay_out(workflow.clone(), parts::Limits { tasks: 2, templates: 2 });
    let again = run_it(&parted, &along, parameters);
    // What else still runs once a task has failed depends on the DAG that it is in.
    let is_equal = again == printed || (printed.0 != Phase::Succeeded && again.0 == printed.0);
    assert!(is_equal, "{again:?} {printed:?}\n{}", parted.to_yaml());
    // What a workflow refers to is not brought to the cluster.
    if let Some(cluster) = Cluster::of(name).filter(|_| along.is_empty()) {
        assert_eq!(comparable(cluster.run(&workflow, parameters)), comparable(printed.clone()), "on the cluster");
        assert_eq!(comparable(cluster.run(&parted, parameters)), comparable(again), "in parts, on the cluster");
    }
    printed
}

/// Without what differs from run to run, and with Argo's own words: the failures of a run are the names of what failed.
fn comparable((phase, lines): (Phase, Vec<String>)) -> (Phase, Vec<String>) {
    let bare = |line: String| match line.strip_prefix("Failed with ").map(serde_json::from_str::<Vec<kfp::Failure>>) {
        Some(Ok(failures)) => {
            let mut failed: Vec<_> = failures.into_iter().map(|failure| failure.template_name).collect();
            failed.sort();
            format!("Failed with {}", failed.join(", "))
        }
        _ => line,
    };
    (phase, lines.into_iter().map(bare).collect())
}

fn run_it(workflow: &Workflow, along: &[Manifest], parameters: &[(&str, &str)]) -> (Phase, Vec<String>) {
    let place = tempfile::tempdir().expect("a folder");
    let options = Options {
        parameters: parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        program: Some(PathBuf::from(env!("CARGO_BIN_EXE_kfp-constructs"))),
        along: along.to_vec(),
        isolate: false,
        // A step that is not run again prints nothing.
        cache: false,
        ..Options::new(place.path().join("run"))
    };
    let report = run(workflow, &options, |_| (), std::future::pending()).expect("a run");
    let mut lines = Vec::new();
    for task in fs::read_dir(options.folder.join("tasks")).expect("the tasks").map_while(Result::ok) {
        let log = fs::read_to_string(task.path().join("main.out")).unwrap_or_default();
        lines.extend(log.lines().map(str::to_owned));
    }
    lines.sort();
    (report.phase.expect("an end"), lines)
}

#[track_caller]
fn prints(name: &str, parameters: &[(&str, &str)], expected: &[&str]) {
    let (phase, lines) = printed(name, parameters);
    assert_eq!((phase, lines.iter().map(String::as_str).collect::<Vec<_>>()), (Phase::Succeeded, expected.to_vec()));
}

#[test]
fn calls() {
    prints("calls", &[("start", "1")], &["by path", "sum [1.0, 2.5]", "sum [14.0]"]);
}

#[test]
fn conditions() {
    prints("conditions", &[("limit", "3"), ("name", "x")], &["at most five", "large"]);
    prints("conditions", &[("limit", "4"), ("name", "x")], &["at most five", "seven"]);
    let odd = "it's {{odd}} \"text\"\\ }}\n";
    prints("conditions", &[("limit", "3"), ("name", odd)], &["at most five", "large", "odd"]);
}

#[test]
fn values_out_of_branches() {
    prints("conditions_values", &[("rows", "4")], &["a", "chosen: 4", "yes"]);
}

/// A service that knows one job, and answers one request after the other.
fn service() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut request = vec![0; 4096];
            let mut text = String::new();
            while !text.contains("\r\n\r\n") {
                let read = stream.read(&mut request).expect("a request");
                text.push_str(&String::from_utf8_lossy(&request[..read]));
            }
            let line = text.lines().next().unwrap_or_default();
            let (status, answer) = match line.rsplit_once(' ').map_or("", |(line, _)| line) {
                "POST /jobs" if text.to_lowercase().contains("authorization: bearer 7") => ("200 OK", "42"),
                "GET /jobs/42" => ("200 OK", r#"{"done": true, "step": 9}"#),
                _ => ("404 Not Found", "nothing"),
            };
            let length = answer.len();
            let _ =
                write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{answer}");
        }
    });
    address
}

#[test]
fn requests() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/requests.yaml");
    let workflow = Workflow::from_yaml(&fs::read_to_string(file).expect("a snapshot")).expect("a workflow");
    let secret = "{apiVersion: v1, kind: Secret, metadata: {name: hub}, stringData: {token: Bearer 7}}";
    let along = kfp::argo::from_yaml(secret).expect("a secret");
    let (phase, lines) = run_it(&workflow, &along, &[("host", &service()), ("name", "fit")]);
    let answers_and_prints = ["42", "fit at 9", "nothing", "still there", r#"{"done": true, "step": 9}"#];
    assert_eq!((phase, lines), (Phase::Succeeded, answers_and_prints.map(str::to_owned).to_vec()));
}

#[test]
fn component_types() {
    let given =
        [("text", "a b"), ("part", "0.5"), ("whether", "True"), ("list", "[1, \"x\"]"), ("map", "{\"k\": [2]}")];
    let line = "a b 3 0.5 true [1,\"x\"] {\"k\":[2]} 1,2";
    prints("component_types", &given, &[line, line, line]);
}

#[test]
fn container_sets() {
    prints("container_sets", &[("text", "abcdef"), ("attempts", "2"), ("memory", "1Gi")], &["6 bytes"]);
}

#[test]
fn matches() {
    prints("matches", &[("fast", "True")], &["fast", "heads or edge"]);
    prints("matches", &[("fast", "false")], &["heads or edge", "slow"]);
}

#[test]
fn loops() {
    let printed = ["1e3", "a", "a at 0.1", "a at 0.2", "b", "b at 0.1", "b at 0.2", "no", "on"];
    prints("loops", &[("names", r#"["a","b"]"#)], &printed);
    prints("loops", &[("names", "[]")], &["1e3", "no", "on"]);
}

#[test]
fn loops_over_numbers() {
    prints("loops_ranges", &[("n", "2")], &["0 of 2", "1 of 2", "2", "2.0", "2.1", "3", "sum [2.0]"]);
    prints("loops_ranges", &[("n", "0")], &["1.0", "2", "3", "sum [2.0, 2.0]"]);
    prints("loops_ranges", &[("n", "-1")], &["1.0", "2", "3", "sum [2.0, 2.0, 2.0]"]);
}

#[test]
fn files_that_are_kept_and_left_out() {
    let days = r#"["mon","tue"]"#;
    let printed = ["a: a, at length", "mon: a, at length", "tue: a, at length"];
    prints("files", &[("name", "a"), ("all", "true"), ("days", days)], &printed);
    prints("files", &[("name", "a"), ("all", "false"), ("days", days)], &["a: nothing more"]);
}

#[test]
fn texts_of_scripts() {
    prints("container_op_script", &[("word", "it is"), ("n", "7")], &["7 squared", "it is 49"]);
}

#[test]
fn metrics() {
    prints("metrics", &[("team", "a"), ("rate", "0.5")], &["1", "1", "2"]);
}

#[test]
fn constructs_in_each_other() {
    let of_each = ["sum [2.0, 2.0]", "sum [2.0, 4.0]", "sum [2.0]"];
    let mut lines =
        [&["a: 6.0", "b: 6.0", "more than one: 6.0", "more than one: 6.0", "sum [6.0, 6.0]"][..], &of_each, &of_each]
            .concat();
    lines.sort_unstable();
    prints("together", &[("limit", "3"), ("names", r#"["a","b"]"#)], &lines);
    for (fail, outcome) in [("true", "x 0.0: 3"), ("false", "x 0.5: 3")] {
        let lines = ["inner x: Succeeded", outcome, "x ended: Succeeded", "x is well"];
        prints("together_handlers", &[("names", r#"["x"]"#), ("fail", fail)], &lines);
    }
}

#[test]
fn templates_of_others() {
    prints("template_refs", &[("limit", "4")], &["2", "3", "picked 5: 3"]);
    prints("template_refs", &[("limit", "5")], &["2", "3"]);
}

#[test]
fn fields_of_items() {
    let given =
        r#"[{"rate":0.7,"name":"given","tags":[],"note":null},{"rate":0.1,"name":"low","tags":[],"note":null}]"#;
    let printed = [
        "[2]",
        "a \"heads\"",
        "best is given",
        "first",
        "note None",
        "note Some(\"a note\")",
        "plain",
        "t\"1 of [2]",
        "t\"1 of first",
    ];
    prints("loops_structs", &[("given", given)], &printed);
}

#[test]
fn what_loops_collect() {
    let printed = [
        "best is first",
        "best is first",
        "flags [false, false]",
        "join [\"x\", \"[y]\"]",
        "sum [0.5, 1.5]",
        "sum [1.5, 0.5]",
        "sum [2.0, 2.0]",
        "sum [2.0, 4.0]",
        "sum [2.5, 1.5]",
    ];
    prints("loops_collected", &[("names", r#"["x","[y]"]"#), ("rates", "[0.5,1.5]")], &printed);
    let none = ["best is first", "best is first", "flags []", "join []", "sum []", "sum []", "sum []"];
    prints("loops_collected", &[("names", r"[]"), ("rates", "[]")], &none);
}

#[test]
fn texts_of_files() {
    let lines = ["-", "called -", "few -", "few -", "hooked -", "it is written", "kept too"];
    prints("imported_texts", &[("low", "3")], &lines);
}

#[test]
fn structs_of_values() {
    let shallow =
        ["1 of at 0.25", "2 of at 0.25", "3 of at 0.25", "at 0.25", "at 0.25 0.25 Some(1)", "at 0.25 0.25 Some(1)"];
    let shallow = [&shallow[..], &["drawn 0.5 Some(5)"]].concat();
    prints("structs", &[("rate", "0.25"), ("low", "3")], &shallow);
    let deep = [
        "1 of at 0.25",
        "2 of at 0.25",
        "4 of deep \"one\"",
        "at 0.25 0.25 Some(1)",
        "deep \"one\"",
        "drawn 0.5 Some(6)",
    ];
    prints("structs", &[("rate", "0.25"), ("low", "4")], &deep);
}

#[test]
fn graphs_in_graphs() {
    let lines = ["0.4", "0.4 0.4", "0.4 is the loss", "0.7 -", "0.7 0.7 second"];
    prints("imported_nested", &[("low", "7")], &lines);
}

#[test]
fn named_types() {
    let lines = [
        "gs://acme",
        "gs://acme gs://acme/target model ",
        "gs://acme gs://x any model",
        "gs://acme/rows.csv gs://acme/target a model ",
    ];
    prints("imported_types", &[], &lines);
}

#[test]
fn files_that_travel_through_a_volume() {
    prints("conf_data_volume", &[("rows", "4")], &["rate 0.1: 4", "rate 0.5: 4", "sum [1.0, 2.0]"]);
}

#[test]
fn names_of_other_scripts() {
    prints("names", &[], &["cafè", "café"]);
    let lines = ["x 2 0.5", "乙: x 3", "好 1.5", "好 2.5", "甲: x 3"];
    prints("other_scripts", &[("tekst", "x")], &lines);
}

#[test]
fn a_daemon_answers_until_its_block_ends() {
    let printed = ["127.0.0.1: Succeeded", "200 a", "200 b", "200 first", "200 more", "serving"];
    prints("daemons", &[("pages", r#"["a","b"]"#), ("more", "true")], &printed);
    assert!(std::net::TcpStream::connect("127.0.0.1:18437").is_err(), "it has ended");
}

#[test]
fn exit_handlers() {
    prints("exits", &[("name", "bob")], &["bob", "bob: Succeeded, 0 failures"]);
    let blocks = ["Succeeded", "done", "heads", "inner heads: Succeeded", "second handler"];
    prints("exits_blocks", &[], &blocks);
    prints("exits_nested", &[], &["Succeeded", "x"]);
}

#[test]
fn pipelines_of_pipelines() {
    prints("nested", &[("rows", "3")], &["a", "a: 3"]);
    prints("recursion", &[("n", "3")], &[]);
}

#[test]
fn texts_groups_and_lists() {
    let texts = ["3 rows", "bob! bob!", "bob: heads, 3.0 and {braces}, 0.26 [1,2]", "constant"];
    prints("texts", &[("name", "bob")], &texts);
    let groups = ["a", "b", "done", "first", "heads", "in the block", "last"];
    prints("groups", &[("names", r#"["a","b"]"#)], &groups);
    let fan_in = ["join [\"heads\", \"me\"]", "sum [2.0, 3.0]", "sum [3.0, 7.0]", "sum [3.0, 7.0]"];
    prints("fan_in", &[("name", "me")], &fan_in);
    let host = ["1", "2", "AB", "eu", "fast", "fast", "few", "sum [0.7, 1.7]", "us"];
    prints("host", &[("rate", "0.7")], &host);
}

#[test]
fn an_input_of_another_type_fails_the_run() {
    let (phase, lines) = printed("loops_collected", &[("names", "[]"), ("rates", r#"["abc"]"#)]);
    assert_eq!(phase, Phase::Failed, "{lines:?}");
}

#[test]
fn failed_tasks() {
    let printed =
        ["None, 0, true", "Ok((1.0, \"a\", true))", "afterwards", "failed", "hello", "outcome: Failed with Some(1)"];
    prints("outcomes", &[("fail", "true")], &printed);
    prints(
        "outcomes",
        &[("fail", "false")],
        &["Ok((1.0, \"a\", true))", "Some(0.5), 0.5, true", "afterwards", "hello", "outcome: 0.5"],
    );
    let printed = ["Failed with 1", "chosen: 3", "no model, as told"];
    prints("outcomes_branches", &[("fail", "true")], &printed);
    prints("outcomes_branches", &[("fail", "false")], &["chosen: 3", "fitted: 3", "score 0.75", "scored 0.5"]);
    prints("outcomes_parts", &[("flags", "[true,false]")], &["part: 0.5", "part: Failed with None"]);
}

#[test]
fn hooks() {
    let printed = ["Failed with 1", "ended: Failed", "flipped heads", "score -1.0"];
    prints("hooks", &[("fail", "true")], &printed);
    prints("hooks", &[("fail", "false")], &["ended: Succeeded", "flipped heads", "heads: 0.5", "score 0.5"]);
}

#[test]
fn handlers_for_one_end_only() {
    prints("exits_ends", &[("fail", "false")], &["all is well", "block succeeded"]);
    let (phase, lines) = printed("exits_ends", &[("fail", "true")]);
    assert_eq!((phase, lines.len(), &*lines[1]), (Phase::Failed, 2, "block Failed"), "{lines:?}");
    assert!(lines[0].starts_with("Failed with [{"), "{lines:?}");
}

#[test]
fn limits() {
    let always = ["a", "all of this runs", "b", "c", "d", "one at a time", "three at a time"];
    let all = [&always[..], &["x: 0.5", "y: 0.5"]].concat();
    prints("limits", &[("names", r#"["x","y"]"#), ("fail", "false")], &all);
    let (phase, lines) = printed("limits", &[("names", r#"["x","y"]"#), ("fail", "true")]);
    assert_eq!((phase, lines), (Phase::Failed, always.map(str::to_owned).to_vec()));
}

#[test]
fn whole_blocks() {
    let arguments = |fail| [("user", "ann"), ("times", "1"), ("fail", fail)];
    let lines = ["after the last attempt: Succeeded", "all of this again", "one at a time", "score: 0.5"];
    prints("whole_blocks", &arguments("false"), &lines);
    let (phase, lines) = printed("whole_blocks", &arguments("true"));
    let [first, second, after] = ["all of this again", "one at a time", "after the last attempt: Failed"];
    let expected = [after, first, first, second, second, second];
    assert_eq!((phase, lines), (Phase::Failed, expected.map(str::to_owned).to_vec()));
}

#[test]
fn locks_and_remembered_results() {
    let (phase, lines) = printed("argo_options", &[("name", "x"), ("seconds", "60")]);
    assert_eq!(phase, Phase::Succeeded, "{lines:?}");
}

/// The steps are compiled from the sources in the manifest, with the `rustc` of this machine in place of the image's.
#[test]
fn scripts() {
    let given = r#"odd "text" it's $HOME `id` 😀"#;
    let (phase, lines) =
        printed("scripts", &[("text", given), ("flag", "True"), ("names", r#"["a","\u00e9 \"b\"\n"]"#)]);
    let shown = format!(r#"[Some("a"), Some("é \"b\"\n"), Some("2.0"), Some({given:?})]"#);
    let mut expected = vec!["1.5*10 is {scaled}".to_owned(), "15*2 is {scaled}".to_owned(), shown];
    expected.sort();
    assert_eq!((phase, lines), (Phase::Succeeded, expected));
}

#[test]
fn files_of_scripts() {
    prints("scripts_files", &[("rows", "[4, -1]")], &["the sum is 3", "the sum is 3"]);
}

#[test]
fn a_script_that_fails() {
    let (phase, _) = printed("scripts_fail", &[("text", "")]);
    assert_eq!(phase, Phase::Failed);
    let (phase, _) = printed("scripts_fail", &[("text", "x")]);
    assert_eq!(phase, Phase::Succeeded);
}

#[test]
fn a_script_with_dependencies() {
    let place = tempfile::tempdir().expect("a folder");
    let package =
        "[package]\nname = \"fetch\"\n[lib]\npath = \"lib.rs\"\n[dependencies]\nitoa = \"1\"\nserde_json = \"1\"\n";
    fs::write(place.path().join("Cargo.toml"), package).expect("a file");
    fs::write(place.path().join("lib.rs"), "").expect("a file");
    let fetched = std::process::Command::new("cargo").arg("fetch").current_dir(place.path()).output();
    if !fetched.is_ok_and(|output| output.status.success()) {
        #[allow(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: cargo cannot fetch the dependencies of the script");
        }
        return;
    }
    prints("scripts_package", &[], &["counted 5", "joined [\"5\",\"ab\"]"]);
}

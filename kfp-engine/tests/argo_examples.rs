//! Argo's own examples, each of which has to succeed as on a cluster: `../shared/conformance/argo-examples`.

use kfp_core::argo::{Manifest, from_yaml};
use kfp_engine::{Ended, Event, Options, Phase, run};
use std::cell::RefCell;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::time::Instant;

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn say(text: &str) {
    eprintln!("{text}");
}

fn yaml_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            yaml_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push(path);
        }
    }
    files.sort();
}

fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// What a file needs and this machine has not.
fn missing(text: &str) -> Option<&'static str> {
    [("image: python", "python3"), ("image: node", "node")]
        .into_iter()
        .find_map(|(image, program)| (text.contains(image) && !has(program)).then_some(program))
}

#[test]
fn every_example_succeeds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/conformance/argo-examples");
    if !folder.is_dir() {
        say("skipped: ../shared/conformance/argo-examples not found");
        return;
    }
    let (mut files, mut workflows, mut along) = (Vec::new(), Vec::new(), Vec::new());
    yaml_files(&folder, &mut files);
    for file in files {
        let text = fs::read_to_string(&file).expect("a readable file");
        for manifest in from_yaml(&text).expect("manifests") {
            match manifest {
                Manifest::Workflow(workflow) => workflows.push((file.clone(), text.clone(), *workflow)),
                other => along.push(other),
            }
        }
    }
    let place = tempfile::tempdir().expect("a folder");
    let (mut table, mut failed, mut succeeded) = (String::new(), 0, 0);
    // Several at a time: most of them sleep.
    let results: Vec<_> = std::thread::scope(|scope| {
        let (along, place) = (&along, place.path());
        let chunks: Vec<_> = workflows.chunks(workflows.len().div_ceil(8)).collect();
        let threads: Vec<_> = chunks
            .into_iter()
            .map(|chunk| scope.spawn(move || chunk.iter().map(|it| one(it, along, place)).collect::<Vec<_>>()))
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a thread")).collect()
    });
    for (name, result, seconds) in &results {
        match result {
            Ok(()) => succeeded += 1,
            Err(why) if why.starts_with("skipped") => say(&format!("{name}: {why}")),
            Err(_) => failed += 1,
        }
        let text = result.as_ref().map_or_else(String::as_str, |()| "Succeeded");
        writeln!(table, "{seconds:5.1} s  {name:70} {text}").expect("a growing string");
    }
    say(&format!("{table}{succeeded} of {} succeeded", results.len()));
    assert_eq!(results.len(), 55, "{table}");
    assert_eq!(failed, 0, "{table}");
}

type Row = (String, Result<(), String>, f64);

fn one(it: &(PathBuf, String, kfp_core::argo::Workflow), along: &[Manifest], place: &Path) -> Row {
    let (file, text, workflow) = it;
    let short = file.to_string_lossy().split("argo-examples/").last().unwrap_or_default().to_owned();
    let start = Instant::now();
    let result = match missing(text) {
        Some(program) => Err(format!("skipped: `{program}` not found")),
        None => execute(workflow, along, &place.join(short.replace('/', "_")), place),
    };
    (short, result, start.elapsed().as_secs_f64())
}

fn execute(workflow: &kfp_core::argo::Workflow, along: &[Manifest], folder: &Path, place: &Path) -> Result<(), String> {
    let shared = place.join("shared");
    let options = Options { shared, along: along.to_vec(), ..Options::new(folder) };
    let events = Rc::new(RefCell::new(String::new()));
    let noted = Rc::clone(&events);
    let listener = move |event: &Event| {
        if let Event::Ended(ended) = event
            && ended.outcome.phase.is_bad()
        {
            let Ended { node, outcome, log, .. } = &**ended;
            let log = log.join("\n      ");
            let _ = write!(noted.borrow_mut(), "\n    {node}: {} {}\n      {log}", outcome.phase, outcome.message);
        }
    };
    let report = run(workflow, &options, listener, std::future::pending()).map_err(|refusal| refusal.to_string())?;
    match report.phase {
        Some(Phase::Succeeded) => Ok(()),
        phase => Err(format!("{phase:?}: {}{}", report.message, events.borrow())),
    }
}

//! The engine as a process of its own.

use kfp_engine::{Event, Kind, Options, Phase};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// What a run took.
pub(crate) struct Ran {
    /// From the start of the process to its end.
    pub(crate) seconds: f64,
    /// From the start of the process to the start of its first task.
    pub(crate) first: f64,
    /// The most memory that it had, in MB.
    pub(crate) peak: u64,
}

fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a time").as_secs_f64()
}

/// Runs a manifest in a folder of its own, which stays until all is measured: some file systems make new files slowly for
/// a while after many were deleted.
pub(crate) fn run(place: &Path, text: &str, isolate: bool) -> Ran {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    let number = RUNS.fetch_add(1, Ordering::Relaxed);
    let (file, folder) = (place.join("workflow.yaml"), place.join(format!("run-{number}")));
    fs::write(&file, text).expect("a file");
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.arg("engine").arg(&file).arg(&folder).args((!isolate).then_some("--no-isolation"));
    let start = now();
    let output = command.output().expect("the engine");
    let seconds = now() - start;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let (first, peak) = said.trim().split_once(' ').expect("two numbers");
    Ran { seconds, first: first.parse::<f64>().expect("a time") - start, peak: peak.parse().expect("a number") }
}

/// The process: says when its first task started, and how much memory it had.
pub(crate) fn child(arguments: &[String]) -> ExitCode {
    kfp_engine::enter_user_namespace();
    let [file, folder, rest @ ..] = arguments else { return ExitCode::FAILURE };
    let text = fs::read_to_string(file).expect("a manifest");
    let workflow = kfp::argo::Workflow::from_yaml(&text).expect("a workflow");
    let options = Options {
        program: Some(std::env::current_exe().expect("this program")),
        isolate: rest.is_empty(),
        // Otherwise the second round would have nothing to do.
        cache: false,
        ..Options::new(PathBuf::from(folder))
    };
    let first = std::rc::Rc::new(std::cell::Cell::new(0.0));
    let noted = std::rc::Rc::clone(&first);
    let listener = move |event: &Event| {
        if let Event::Started(node) = event
            && node.kind == Kind::Pod
            && noted.get() == 0.0
        {
            noted.set(now());
        }
    };
    let report = kfp_engine::run(&workflow, &options, listener, std::future::pending()).expect("a run");
    assert_eq!(report.phase, Some(Phase::Succeeded), "{}", report.message);
    let status = fs::read_to_string("/proc/self/status").expect("/proc");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    let peak: u64 = peak.trim().trim_end_matches(" kB").parse().expect("a number");
    println!("{} {}", first.get(), peak / 1024);
    ExitCode::SUCCESS
}

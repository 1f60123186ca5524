//! What there is to measure.

use kfp::argo::Workflow;
use kfp_core::argo::emit::{Limits, emit};
use kfp_core::check;
use kfp_large::workloads::Workload;
use std::fmt;
use std::fs;
use std::hint::black_box;
use std::str::FromStr;
use std::time::Instant;

/// Each stage for itself, with a [`mark`] behind it.
pub(crate) fn run(workload: &Workload, tasks: usize) {
    let graph = workload.graph(tasks);
    mark();
    let workflow = emit(&graph, Limits::ARGO).expect("a manifest").workflow;
    mark();
    // With limits, whether they are kept or not: that they are not is something that checking finds.
    drop(black_box(check::compile(&graph)));
    mark();
    let text = workflow.to_yaml();
    mark();
    black_box(Workflow::from_yaml(&text).expect("a workflow"));
    mark();
}

/// Where what was counted is written down: by its name, for callgrind.
#[inline(never)]
fn mark() {
    black_box(());
}

/// Whether a cluster takes it.
pub(crate) fn fits(workload: &Workload, tasks: usize) -> bool {
    check::compile(&workload.graph(tasks)).is_ok()
}

/// What they took, in milliseconds, and what came of it.
pub(crate) struct Stages {
    trace: f64,
    /// With `emit`.
    compile: f64,
    emit: f64,
    write: f64,
    read: f64,
    /// The most memory from the beginning to the text, in MB.
    memory: f64,
    tasks: f64,
    bytes: f64,
    is_accepted: bool,
}

impl Stages {
    /// What a cluster does not take is written all the same, in one piece.
    pub(crate) fn measure(workload: &Workload, tasks: usize, is_accepted: bool) -> Self {
        let limits = if is_accepted { Limits::ARGO } else { Limits::NONE };
        let mut last = Instant::now();
        let mut lap = || {
            let now = Instant::now();
            let took = (now - last).as_secs_f64() * 1e3;
            last = now;
            took
        };
        let graph = workload.graph(tasks);
        let trace = lap();
        let (workflow, _) = check::compile_within(&graph, limits).expect("a manifest");
        let compile = lap();
        let text = workflow.to_yaml();
        let write = lap();
        let memory = peak();
        lap();
        drop(black_box(emit(&graph, limits)));
        let emit = lap();
        let back = Workflow::from_yaml(&text).expect("a workflow");
        let read = lap();
        assert!(back == workflow, "what is read is what was written");
        let bytes = f64::from(u32::try_from(text.len()).expect("a manifest"));
        let tasks = f64::from(u32::try_from(tasks).expect("a number of tasks"));
        Self { trace, compile, emit, write, read, memory, tasks, bytes, is_accepted }
    }

    /// The least of each.
    pub(crate) fn best(self, other: Self) -> Self {
        Self {
            trace: self.trace.min(other.trace),
            compile: self.compile.min(other.compile),
            emit: self.emit.min(other.emit),
            write: self.write.min(other.write),
            read: self.read.min(other.read),
            memory: self.memory.min(other.memory),
            ..self
        }
    }

    /// The cells of a table.
    pub(crate) fn row(&self) -> String {
        let times = [self.trace, (self.compile - self.emit).max(0.0), self.emit, self.write];
        let times = times.map(|time| format!("{time:.2} ms")).join(" | ");
        let whole = self.trace + self.compile + self.write;
        let note = if self.is_accepted { "" } else { "limits off" };
        format!(
            "{times} | {whole:.2} ms | {:.0} MB | {} | {:.0} | {:.2} ms | {note}",
            self.memory,
            self.bytes,
            self.bytes / self.tasks,
            self.read
        )
    }

    fn numbers(&self) -> [f64; 8] {
        [self.trace, self.compile, self.emit, self.write, self.read, self.memory, self.tasks, self.bytes]
    }
}

impl fmt::Display for Stages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.numbers().iter().try_for_each(|number| write!(f, "{number} "))?;
        write!(f, "{}", self.is_accepted)
    }
}

impl FromStr for Stages {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("not what was measured: {text}");
        let (numbers, is_accepted) = text.rsplit_once(' ').ok_or_else(wrong)?;
        let numbers: Vec<f64> = numbers.split(' ').map_while(|number| number.parse().ok()).collect();
        let [trace, compile, emit, write, read, memory, tasks, bytes] = numbers[..] else { return Err(wrong()) };
        let is_accepted = is_accepted == "true";
        Ok(Self { trace, compile, emit, write, read, memory, tasks, bytes, is_accepted })
    }
}

/// The most memory that this process had so far, in MB; 0 where the system does not say.
fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    peak.trim().trim_end_matches(" kB").parse::<f64>().map_or(0.0, |kib| kib / 1024.0)
}

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

/// From the call of the pipeline's function to the text of its manifest; with `back`, and to the manifest that is read of it.
pub(crate) fn run(workload: &Workload, tasks: usize, back: bool) {
    let text = black_box(workload.workflow(tasks).to_yaml());
    if back {
        black_box(Workflow::from_yaml(&text).expect("a workflow"));
    }
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
    pub(crate) fn measure(workload: &Workload, tasks: usize) -> Self {
        let mut last = Instant::now();
        let mut lap = || {
            let now = Instant::now();
            let took = (now - last).as_secs_f64() * 1e3;
            last = now;
            took
        };
        let graph = workload.graph(tasks);
        let trace = lap();
        let compiled = check::compile(&graph);
        let compile = lap();
        let is_accepted = compiled.is_ok();
        // What a cluster does not take is written all the same, in one piece.
        let limits = if is_accepted { Limits::ARGO } else { Limits::NONE };
        let workflow = compiled.map_or_else(|_| emit(&graph, limits).expect("a manifest").workflow, |(it, _)| it);
        lap();
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

//! Numbers that Argo's controller tells Prometheus.

use super::OpText;

/// A number that is told when a task or a run has ended. Argo's `metrics.prometheus`.
#[derive(Clone, PartialEq, Debug)]
pub struct Metric {
    /// Its name.
    pub name: String,
    /// What it is, for people.
    pub help: String,
    /// Its labels.
    pub labels: Vec<(String, MetricText)>,
    /// After which end it is told; after every one if not given: `Succeeded`, `Failed` or `Error`.
    pub when: Option<&'static str>,
    /// What is done with the number.
    pub kind: MetricKind,
    /// The number.
    pub value: MetricText,
}

/// What is done with the number of a metric.
#[derive(Clone, PartialEq, Debug)]
pub enum MetricKind {
    /// It is added up.
    Counter,
    /// It is shown as it is.
    Gauge {
        /// Whether it is told while the task still runs.
        realtime: bool,
    },
    /// It is counted into buckets, of which these are the upper bounds.
    Histogram(Vec<f64>),
}

/// A text of a metric.
#[derive(Clone, PartialEq, Debug)]
pub enum MetricText {
    /// Text with inputs in it.
    Text(OpText),
    /// An output of the task itself, by its index.
    Output(u32),
    /// What Argo measures of the task or the run.
    Measure(Measure),
}

/// What Argo measures of a task or a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Measure {
    /// Seconds that it took.
    Duration,
    /// How it ended: `Succeeded`, `Failed` or `Error`.
    Status,
    /// The exit code of its container; of tasks only.
    ExitCode,
    /// How often it was tried again; of tasks with retries only.
    Retries,
    /// Seconds times cores, as an estimate.
    CpuDuration,
    /// Seconds times 100 MiB, as an estimate.
    MemoryDuration,
}

impl Measure {
    /// Argo's variable.
    pub fn variable(self) -> &'static str {
        match self {
            Self::Duration => "duration",
            Self::Status => "status",
            Self::ExitCode => "exitCode",
            Self::Retries => "retries",
            Self::CpuDuration => "resourcesDuration.cpu",
            Self::MemoryDuration => "resourcesDuration.memory",
        }
    }

    /// Whether a whole run has it.
    pub fn is_of_run(self) -> bool {
        !matches!(self, Self::ExitCode | Self::Retries)
    }
}

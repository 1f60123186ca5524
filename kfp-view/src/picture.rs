//! What a picture shows: tasks, groups of tasks, and what waits for what.

use std::fmt;

/// A picture of a workflow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// The name of the workflow.
    pub title: String,
    /// Its tasks.
    pub root: Group,
}

/// Tasks that stand together: a DAG, a list of steps, a loop, a task that was tried again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// The task that it is; the root is none.
    pub task: Task,
    /// What is in it, in order.
    pub nodes: Vec<Node>,
    /// What comes before what, as indices of `nodes`.
    pub edges: Vec<(usize, usize)>,
}

/// Something in a group.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A task that runs.
    Task(Task),
    /// A task that is made of others.
    Group(Group),
    /// A point through which many edges go.
    Join,
}

/// A task as it is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    /// Tells it from all others of the picture.
    pub id: String,
    /// Its name.
    pub label: String,
    /// What it is: `container`, `dag`, `resource`, ..
    pub kind: &'static str,
    /// Under which condition it runs, over what it loops, in a few words each.
    pub notes: Vec<String>,
    /// How it stands with it; none before a run.
    pub state: Option<State>,
    /// How long it took, in seconds.
    pub seconds: Option<f64>,
}

/// How it stands with a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for its turn.
    Pending,
    /// It runs.
    Running,
    /// It ended well.
    Succeeded,
    /// It ended badly by itself.
    Failed,
    /// It could not be run.
    Error,
    /// Its condition did not hold.
    Skipped,
    /// What it waits for ended otherwise.
    Omitted,
}

impl State {
    /// Argo's word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::Running => "Running",
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
            Self::Error => "Error",
            Self::Skipped => "Skipped",
            Self::Omitted => "Omitted",
        }
    }

    /// A sign that tells it without colour.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Pending => "\u{25cb}",
            Self::Running => "\u{25b6}",
            Self::Succeeded => "\u{2713}",
            Self::Failed => "\u{2717}",
            Self::Error => "!",
            Self::Skipped | Self::Omitted => "\u{2013}",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Group {
    /// How many tasks run in it, at any depth.
    pub fn count(&self) -> usize {
        let count = |node: &Node| match node {
            Node::Task(_) => 1,
            Node::Group(group) => group.count(),
            Node::Join => 0,
        };
        self.nodes.iter().map(count).sum()
    }
}

/// A duration as people say it: `0.42 s`, `3 min 5 s`, `2 h 10 min`.
pub fn duration(seconds: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "durations are small and positive")]
    let whole = seconds.max(0.0).round() as u64;
    match whole {
        0..10 => format!("{seconds:.2} s"),
        10..60 => format!("{whole} s"),
        60..3600 => format!("{} min {} s", whole / 60, whole % 60),
        _ => format!("{} h {} min", whole / 3600, whole % 3600 / 60),
    }
}

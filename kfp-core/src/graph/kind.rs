//! Which manifest a pipeline becomes.

/// Which manifest a pipeline becomes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum ManifestKind {
    /// A run, once it is created.
    #[default]
    Workflow,
    /// Something to start runs from, in its namespace.
    WorkflowTemplate,
    /// Something to start runs from, in the whole cluster.
    ClusterWorkflowTemplate,
    /// Runs by the clock.
    CronWorkflow,
}

impl ManifestKind {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::Workflow, Self::WorkflowTemplate, Self::ClusterWorkflowTemplate, Self::CronWorkflow];

    /// Argo's `kind`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Workflow => "Workflow",
            Self::WorkflowTemplate => "WorkflowTemplate",
            Self::ClusterWorkflowTemplate => "ClusterWorkflowTemplate",
            Self::CronWorkflow => "CronWorkflow",
        }
    }

    /// The kind of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// When a `CronWorkflow` runs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cron {
    /// Five fields each.
    pub schedules: Vec<String>,
    /// A name of the IANA database; the controller's if none.
    pub timezone: Option<String>,
    /// `Allow`, `Forbid` or `Replace`.
    pub concurrency_policy: Option<String>,
    /// Whether it is paused.
    pub suspend: bool,
    /// Seconds after a missed time at which it may still start.
    pub starting_deadline_seconds: Option<u32>,
    /// How many succeeded runs are kept.
    pub successful_jobs_history_limit: Option<u32>,
    /// How many failed runs are kept.
    pub failed_jobs_history_limit: Option<u32>,
    /// Whether, each time: an expression.
    pub when: Option<String>,
    /// When it stops for good: an expression.
    pub stop: Option<String>,
}

//! What a [`PipelineConf`] says about the manifest and the clock.

use super::PipelineConf;
use crate::graph::Cron;

pub use crate::graph::ManifestKind;

impl PipelineConf {
    /// Which manifest `cargo build` and `compile` write: a `Workflow` if not said, or a `CronWorkflow` where there is a
    /// schedule. `compile NAME --kind KIND` writes another.
    #[track_caller]
    pub fn set_kind(self, kind: ManifestKind) -> Self {
        self.with("kind", |conf| conf.kind = Some(kind))
    }

    #[track_caller]
    fn cron(self, option: &'static str, change: impl FnOnce(&mut Cron)) -> Self {
        self.with(option, |conf| change(conf.cron.get_or_insert_default()))
    }

    /// Adds a time at which it runs: minute, hour, day of month, month and day of week, or `@daily` and its like. Argo's
    /// `schedules`.
    ///
    /// ```
    /// use kfp_core::dsl::PipelineConf;
    ///
    /// PipelineConf::new().add_schedule("30 2 * * MON-FRI").set_timezone("Europe/Berlin");
    /// ```
    #[track_caller]
    pub fn add_schedule(self, schedule: impl Into<String>) -> Self {
        self.cron("schedule", |cron| cron.schedules.push(schedule.into()))
    }

    /// The time zone of its schedules, as the IANA database names it. Argo's `timezone`.
    #[track_caller]
    pub fn set_timezone(self, timezone: impl Into<String>) -> Self {
        self.cron("timezone", |cron| cron.timezone = Some(timezone.into()))
    }

    /// What happens while an earlier run goes on: `Allow` both (Argo's default), `Forbid` the new one, `Replace` the old
    /// one. Argo's `concurrencyPolicy`.
    #[track_caller]
    pub fn set_concurrency_policy(self, policy: impl Into<String>) -> Self {
        self.cron("concurrency_policy", |cron| cron.concurrency_policy = Some(policy.into()))
    }

    /// Whether the schedule is paused. Argo's `suspend`.
    #[track_caller]
    pub fn set_schedule_suspended(self, suspended: bool) -> Self {
        self.cron("schedule_suspended", |cron| cron.suspend = suspended)
    }

    /// Seconds after a missed time at which it may still start. Argo's `startingDeadlineSeconds`; 0 if not said.
    #[track_caller]
    pub fn set_starting_deadline_seconds(self, seconds: u32) -> Self {
        self.cron("starting_deadline_seconds", |cron| cron.starting_deadline_seconds = Some(seconds))
    }

    /// How many succeeded runs are kept. Argo's `successfulJobsHistoryLimit`; 3 if not said.
    #[track_caller]
    pub fn set_successful_jobs_history_limit(self, runs: u32) -> Self {
        self.cron("successful_jobs_history_limit", |cron| cron.successful_jobs_history_limit = Some(runs))
    }

    /// How many failed runs are kept. Argo's `failedJobsHistoryLimit`; 1 if not said.
    #[track_caller]
    pub fn set_failed_jobs_history_limit(self, runs: u32) -> Self {
        self.cron("failed_jobs_history_limit", |cron| cron.failed_jobs_history_limit = Some(runs))
    }

    /// Whether it runs, asked each time: an expression of Argo's over `cronworkflow`. Argo's `when`.
    #[track_caller]
    pub fn set_schedule_when(self, expression: impl Into<String>) -> Self {
        self.cron("schedule_when", |cron| cron.when = Some(expression.into()))
    }

    /// When it stops for good: an expression of Argo's, `cronworkflow.failed >= 3`. Argo's `stopStrategy`.
    #[track_caller]
    pub fn set_stop_expression(self, expression: impl Into<String>) -> Self {
        self.cron("stop_expression", |cron| cron.stop = Some(expression.into()))
    }
}

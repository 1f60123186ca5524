//! Workflows by the clock.

use super::field::model;
use super::workflow::kind;
use super::{ObjectMeta, Spec};
use serde_json::{Map, Value};

kind! {
    /// A workflow that runs again and again.
    CronWorkflow: CronSpec;
}

model! {
    /// When it runs, and what (`CronWorkflowSpec`).
    pub struct CronSpec {
        /// When, as five cron fields; until Argo 3.7.
        pub schedule: Option<String>,
        /// When, as a list of five cron fields; from Argo 3.6.
        pub schedules: Vec<String>,
        /// The time zone, `Europe/Berlin`; the controller's if not given.
        pub timezone: Option<String>,
        /// Whether it is paused.
        pub suspend: bool,
        /// `Allow` (the default), `Forbid` or `Replace`.
        pub concurrency_policy: Option<String>,
        /// Seconds after a missed time at which it may still start.
        pub starting_deadline_seconds: Option<i64>,
        /// How many succeeded workflows are kept; 3 if not given.
        pub successful_jobs_history_limit: Option<i64>,
        /// How many failed workflows are kept; 1 if not given.
        pub failed_jobs_history_limit: Option<i64>,
        /// Whether, each time.
        pub when: Option<String>,
        /// When it stops for good.
        pub stop_strategy: Option<Value>,
        /// Labels and annotations of the workflows.
        pub workflow_metadata: Option<ObjectMeta>,
        /// What runs.
        pub workflow_spec: Spec,
    }
}

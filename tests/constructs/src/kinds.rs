//! Pipelines as other manifests than a workflow.

#[cfg(test)]
use crate::snapshot::check_manifest;
use crate::steps::{add, print};
use kfp::placeholders::WORKFLOW_SCHEDULED_TIME;
use kfp::prelude::*;

/// Adds one, at half past two.
#[pipeline(
    schedule = "30 2 * * MON-FRI",
    schedule = "@weekly",
    timezone = "Europe/Berlin",
    concurrency_policy = "Forbid",
    schedule_suspended,
    starting_deadline_seconds = 600,
    successful_jobs_history_limit = 5,
    failed_jobs_history_limit = 2,
    schedule_when = "{{= cronworkflow.lastScheduledTime == nil}}",
    stop_expression = "cronworkflow.failed >= 3",
    labels = [("team", "data")],
    service_account = "runner"
)]
fn nightly(#[default(1.0)] a: f64) {
    add(a, 1.0);
    print(WORKFLOW_SCHEDULED_TIME);
}

#[pipeline(kind = "WorkflowTemplate", labels = [("team", "data")], argo = "3.5")]
fn template(a: f64) {
    add(a, 1.0);
}

#[pipeline(kind = "ClusterWorkflowTemplate")]
fn cluster_template() -> f64 {
    add(2.0, 1.0).output
}

#[test]
fn by_the_clock() {
    check_manifest("kinds_cron", &["add and print, again and again"], nightly::manifest());
    assert_eq!(nightly::workflow().unwrap().kind, "Workflow");
}

#[test]
fn to_start_runs_from() {
    check_manifest("kinds_template", &["add, when somebody starts it with a value for `a`"], template::manifest());
    check_manifest("kinds_cluster_template", &["add"], cluster_template::manifest());
}

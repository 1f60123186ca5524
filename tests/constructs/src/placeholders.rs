//! What Argo knows of a run and its pods, and what KFP puts into parameters.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{join, print};
use kfp::placeholders::{
    CURRENT_TIME, INDEX, POD_NAME, RUN_UUID, WORKFLOW_CREATION_TIMESTAMP, WORKFLOW_MAIN_ENTRYPOINT, WORKFLOW_NAME,
    WORKFLOW_NAMESPACE, WORKFLOW_PRIORITY, WORKFLOW_SERVICE_ACCOUNT_NAME, scheduled_time,
};
use kfp::prelude::*;
use serde_json::json;

/// Describes a pod; its text has a placeholder in it.
#[component]
fn upload(folder: String) -> ContainerOp {
    ContainerOp::new("upload", "alpine:3.20")
        .command(["echo"])
        .arg(format!("{folder}/{RUN_ID_PLACEHOLDER}"))
        .arg(EXECUTION_ID_PLACEHOLDER)
}

#[component(image = "steps:1")]
fn identify(number: i64, #[default(None)] id: Option<String>) {
    drop((number, id));
}

#[pipeline(priority = 5)]
fn placeholders(
    #[default(format!("s3://runs/{RUN_UUID}"))] folder: String,
    #[default(CURRENT_TIME)] started: String,
    #[default(scheduled_time("2006-01-02"))] day: String,
    #[default(INDEX)] index: i64,
) {
    print(RUN_ID_PLACEHOLDER).set_env_variable("WHO", WORKFLOW_SERVICE_ACCOUNT_NAME);
    print(format!("{WORKFLOW_NAMESPACE}/{WORKFLOW_NAME} at {started} for {day}"));
    print(EXECUTION_ID_PLACEHOLDER);
    print(format!("pod {}", POD_NAME)).set_display_name(format!("of {WORKFLOW_CREATION_TIMESTAMP}"));
    join([WORKFLOW_MAIN_ENTRYPOINT, POD_NAME]);
    identify(WORKFLOW_PRIORITY, _);
    identify(index, POD_NAME);
    upload(folder);
    ContainerOp::new("say", "alpine:3.20")
        .command(["echo"])
        .arg(format!("in {POD_NAME}"))
        .arg(index)
        .set_env_variable("ID", EXECUTION_ID_PLACEHOLDER);
    ResourceOp::create(json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"generateName": "a-"}}))
        .set("/data/run", RUN_ID_PLACEHOLDER);
}

#[test]
fn of_the_run_and_of_the_pod() {
    check(
        "placeholders",
        &[
            "ten tasks at once; what only a pod knows is in its own template, since whoever calls it cannot say it;",
            "two prints have their own template for that",
        ],
        placeholders::workflow(),
    );
}

//@ build
use kfp::prelude::*;
use kfp::placeholders::WORKFLOW_SCHEDULED_TIME;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    say(WORKFLOW_SCHEDULED_TIME);
}

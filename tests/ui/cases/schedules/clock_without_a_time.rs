//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline(kind = "CronWorkflow")]
fn p() {
    say("a");
}

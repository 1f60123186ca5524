//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline(pod_disruption_budget = "half")]
fn p() {
    say("a");
}

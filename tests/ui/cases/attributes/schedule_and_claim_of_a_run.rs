//@ mistakes: 5
use kfp::prelude::*;

#[component(image = "acme/steps:1", deadline = "1 hour", service_account = "Ann")]
fn say(text: String) {
    drop(text);
}

#[pipeline(
    node_selector = [("pool", "gpu nodes")],
    pod_gc = "OnSuccess",
    volume_claim_template = VolumeClaimTemplate::new("work", "10Gii")
)]
fn p() {
    say("a").add_volume_mount(VolumeMount::new("work", "/work"));
}

fn main() {}

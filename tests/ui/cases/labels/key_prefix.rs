use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    say("a").add_pod_annotation("Acme_Corp/team", "vision");
}

fn main() {}

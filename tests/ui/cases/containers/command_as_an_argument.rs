use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    ContainerOp::new("say", "alpine:3.20", ["echo", "a"]);
}

fn main() {}

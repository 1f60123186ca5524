use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    ContainerOp::new(name = "say", image = "alpine:3.20", command = ["echo", "a"]);
}

fn main() {}

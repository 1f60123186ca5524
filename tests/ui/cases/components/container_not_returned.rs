use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    ContainerOp::new("say", "alpine:3.20").command(["echo"]).arg(text);
}

#[pipeline]
fn p() {
    say("a");
}

fn main() {}

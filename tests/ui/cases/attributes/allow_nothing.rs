use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[kfp::allow]
#[pipeline]
fn p() {
    say("a");
}

fn main() {}

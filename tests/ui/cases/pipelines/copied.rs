use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    say("a");
}

#[pipeline]
fn p(text: String) {
    say(text);
}

fn main() {}

use kfp::prelude::*;

#[component(image = "acme/steps:1", labels = {"team": "data"})]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    say("a");
}

fn main() {}

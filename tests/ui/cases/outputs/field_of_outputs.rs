use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    let first = say("a");
    say(first.outputs.text);
}

fn main() {}

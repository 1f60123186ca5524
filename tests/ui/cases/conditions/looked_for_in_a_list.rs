use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[component(image = "acme/steps:1")]
fn text() -> String {
    String::new()
}

#[pipeline]
fn p() {
    let first = text();
    if ["a", "b"].contains(&first.output) {
        say("c");
    }
}

fn main() {}

use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

struct Row;

#[pipeline]
fn p() {
    for _ in [Row, Row] {
        say("a");
    }
}

fn main() {}

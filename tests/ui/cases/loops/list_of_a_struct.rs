use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

struct Row;

#[pipeline]
fn p() {
    for row in [Row, Row] {
        say(row);
    }
}

fn main() {}

use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

struct Row;

#[pipeline]
fn p() {
    let row = Row;
    say(format!("{row}"));
}

fn main() {}

use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p(names: Vec<String>) {
    say(names[0]);
}

fn main() {}

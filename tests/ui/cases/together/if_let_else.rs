//@ mistakes: 2
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p(name: Option<String>) {
    if let Some(name) = name {
        say(name);
    } else {
        say(7);
    }
}

fn main() {}

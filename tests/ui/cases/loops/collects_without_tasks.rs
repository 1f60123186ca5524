//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p(names: Vec<String>) -> Vec<String> {
    say("a");
    for name in names { format!("{name}!") }
}

use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p<T: ToString>(value: T) {
    say("a");
}

fn main() {}

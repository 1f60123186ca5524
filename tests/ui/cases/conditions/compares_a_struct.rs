use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

struct Row;

#[pipeline]
fn p(flag: bool) {
    if Row == flag {
        say("a");
    }
}

fn main() {}

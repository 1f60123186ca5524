//@ mistakes: 4
use kfp::prelude::*;

#[component(image = "acme steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    say("a").set_memory_limit("2GB");
    shout("b");
    say(nothing);
}

fn main() {}

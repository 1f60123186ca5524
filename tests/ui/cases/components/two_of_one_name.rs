//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[component(image = "acme/steps:1", name = "say")]
fn shout(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    say("a");
    shout("b");
}

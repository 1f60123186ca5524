//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline(name = "a-name-of-which-every-run-gets-a-name-of-its-own-and-that-is-too-long")]
fn p() {
    say("a");
}

//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline(timeout = 60)]
fn part() {
    say("a");
}

#[pipeline]
fn p() {
    part();
}

//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline(schedule = "0 2 * * *", timezone = "Berlin time")]
fn p() {
    say("a");
}

//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline(argo = "3.5")]
fn p() {
    say("a").add_mutex("one");
}

use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    say("a").set_retry(Retry::new(3).backoff_duration("-5s"));
}

fn main() {}

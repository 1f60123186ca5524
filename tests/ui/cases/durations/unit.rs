use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    say("a").set_retry(Retry::new(3).backoff_max_duration("2days"));
}

fn main() {}

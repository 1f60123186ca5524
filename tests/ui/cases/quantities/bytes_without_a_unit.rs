//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[component(image = "acme/steps:1")]
fn train(depth: i64) -> f64 {
    depth as f64
}

#[pipeline]
fn p() {
    say("a").set_memory_limit("2");
}

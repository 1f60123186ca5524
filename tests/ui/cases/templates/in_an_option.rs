//@ mistakes: 2
use kfp::prelude::*;

#[component(image = "acme/steps:1", annotations = [("run", "{{workflow.name}}")], display_name = "{{pod.name}}")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    say("a");
}

fn main() {}

use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline(on_exit = |run| say(run.state))]
fn p() {
    say("a");
}

fn main() {}

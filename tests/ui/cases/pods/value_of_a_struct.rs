use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

struct Size;

#[pipeline]
fn p() {
    say("a").set_memory_limit(Size);
}

fn main() {}

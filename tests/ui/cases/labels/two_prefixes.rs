use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    say("a").add_node_selector_constraint("acme.org/pool/fast", "yes");
}

fn main() {}

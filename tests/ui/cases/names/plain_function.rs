use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

fn shout(text: &str) -> String {
    text.to_uppercase()
}

#[pipeline]
fn p() {
    let loud = shout("a");
    say(loud);
}

fn main() {}

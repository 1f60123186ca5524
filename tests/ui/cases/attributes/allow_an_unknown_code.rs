use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    #[kfp::allow(KFP998)]
    say("a");
}

fn main() {}

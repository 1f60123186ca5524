//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    let first = say("a");
    let second = say("b").after(first);
    first.after(second);
}

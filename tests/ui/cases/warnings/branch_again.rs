//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p(name: String) {
    match name {
        "a" | "b" => say("first"),
        "b" => say("second"),
        _ => say("rest"),
    };
}

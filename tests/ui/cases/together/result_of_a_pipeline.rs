//@ mistakes: 2
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[component(image = "acme/steps:1")]
fn flip() -> String {
    "heads".to_owned()
}

#[pipeline]
fn p() -> Result<String, String> {
    say(7);
    Ok(flip())
}

fn main() {}

//@ mistakes: 2
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn upper<'a>(text: &'a str) -> String {
    text.to_uppercase()
}

#[component(image = "acme/steps:1")]
fn lower(text: str) -> String {
    text.to_lowercase()
}

#[pipeline]
fn p() {
    lower(upper("a"));
}

fn main() {}

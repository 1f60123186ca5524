//@ mistakes: 2
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p(n: i64) {
    say(String::from(n));
    say(n.into());
}

fn main() {}

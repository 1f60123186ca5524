//@ mistakes: 2
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p(name: String) {
    let drawn = match name {
        "a" => draw(1, 2).output,
        other if other == "b" => draw(1, other).output,
        _ => 0,
    };
    say(drawn);
}

fn main() {}

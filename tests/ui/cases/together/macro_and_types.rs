//@ mistakes: 3
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
fn p(n: i64) {
    while n > 3 {
        draw(n, "five");
    }
    say(n);
}

fn main() {}

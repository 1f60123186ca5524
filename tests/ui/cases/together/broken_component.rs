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

#[component]
fn count((low, high): (i64, i64), text: String) -> i64 {
    drop(text);
    low + high
}

#[pipeline]
fn p() {
    let n = count((1, 2), "a");
    draw(n, 3);
    count(text = "b");
    say(7);
}

fn main() {}

//@ mistakes: 2
use kfp::prelude::*;

#[component]
fn draw(low: i64, high: i64, #[default(1)] times: i64) -> i64 {
    low + high * times
}

#[pipeline]
fn p() {
    draw(times = 2);
}

fn main() {}

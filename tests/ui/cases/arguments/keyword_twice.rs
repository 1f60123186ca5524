use kfp::prelude::*;

#[component]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[pipeline]
fn p() {
    draw(low = 1, high = 2, low = 3);
}

fn main() {}

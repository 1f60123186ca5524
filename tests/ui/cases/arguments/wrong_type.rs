use kfp::prelude::*;

#[component]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[pipeline]
fn p() {
    draw(0, 0.5);
}

fn main() {}

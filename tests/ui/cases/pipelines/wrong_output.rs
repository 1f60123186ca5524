use kfp::prelude::*;

#[component]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[pipeline]
fn p() -> String {
    draw(1, 2).output
}

fn main() {}

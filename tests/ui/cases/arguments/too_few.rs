use kfp::prelude::*;

#[component]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[pipeline]
fn p(n: i64) {
    draw(n);
}

fn main() {}

//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[pipeline]
fn p() {
    let lines: Vec<i64> = #[host] vec![1, 2].into_iter().map(|n| draw(n, 3)).collect();
    draw(lines[0], 4);
}

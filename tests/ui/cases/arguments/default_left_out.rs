use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn draw(low: i64, #[default(9)] high: i64) -> i64 {
    low + high
}

#[pipeline]
fn p(n: i64) {
    draw(n);
}

fn main() {}

use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[pipeline]
fn p(n: i64) {
    for k in 0..n {
        draw(k, n);
    }
}

fn main() {}

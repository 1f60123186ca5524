use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

#[pipeline]
fn p(n: i64) -> i64 {
    return add(n, 1).output;
}

fn main() {}

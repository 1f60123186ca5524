use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

#[pipeline]
fn p(n: i64) {
    add(first = n, b = 2);
}

fn main() {}

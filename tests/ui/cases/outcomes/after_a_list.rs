use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

#[pipeline]
fn p(n: i64) {
    let (a, b) = (add(n, 1), add(n, 2));
    add(3, 4).after([a, b]);
}

fn main() {}

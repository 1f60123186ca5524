use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn add(a: i64, a: i64) -> i64 {
    a
}

#[pipeline]
fn p(n: i64) {
    add(n, 1);
}

fn main() {}

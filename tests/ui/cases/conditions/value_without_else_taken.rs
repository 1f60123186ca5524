use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

#[pipeline]
fn p(n: i64) {
    let sum = if n > 3 { add(1, 2).output };
    add(sum, 1);
}

fn main() {}

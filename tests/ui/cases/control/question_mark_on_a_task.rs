use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

#[pipeline]
fn p() {
    let sum = add(1, 2)?;
    add(sum, 1);
}

fn main() {}

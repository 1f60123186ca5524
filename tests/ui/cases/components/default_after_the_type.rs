use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn add(a: i64, b: i64 = 3) -> i64 {
    a + b
}

fn main() {}

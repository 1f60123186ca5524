use kfp::prelude::*;

#[component(base_image = "acme/steps:1")]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

fn main() {}

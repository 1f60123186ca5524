use kfp::prelude::*;

#[component(image = "acme/steps:1", timout = 60)]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

fn main() {}

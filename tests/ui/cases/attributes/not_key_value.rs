use kfp::prelude::*;

#[component(image: "acme/steps:1")]
fn work() {}

fn main() {}

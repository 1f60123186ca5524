use kfp::prelude::*;

#[component(image = "https://ghcr.io/acme/steps:1")]
fn work() {}

#[pipeline]
fn p() {
    work();
}

fn main() {}

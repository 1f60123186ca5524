use kfp::prelude::*;

#[component(image = "ghcr.io/Acme/steps:1")]
fn work() {}

#[pipeline]
fn p() {
    work();
}

fn main() {}

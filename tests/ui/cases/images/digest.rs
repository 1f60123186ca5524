use kfp::prelude::*;

#[component(image = "acme/steps@sha256:1234")]
fn work() {}

#[pipeline]
fn p() {
    work();
}

fn main() {}

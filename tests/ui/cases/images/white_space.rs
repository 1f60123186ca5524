use kfp::prelude::*;

#[component(image = "acme/steps 1")]
fn work() {}

#[pipeline]
fn p() {
    work();
}

fn main() {}

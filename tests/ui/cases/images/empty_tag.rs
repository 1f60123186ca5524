use kfp::prelude::*;

#[component(image = "acme/steps:")]
fn work() {}

#[pipeline]
fn p() {
    work();
}

fn main() {}

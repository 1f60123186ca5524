use kfp::prelude::*;

#[component(image = "acme/steps:1", cpu = "two")]
fn work() {}

#[pipeline]
fn p() {
    work();
}

fn main() {}

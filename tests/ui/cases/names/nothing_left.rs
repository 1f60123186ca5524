//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1", name = "--")]
fn work() {}

#[pipeline]
fn p() {
    work();
}

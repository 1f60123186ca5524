//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn draw() {}

#[pipeline]
fn p() {
    draw().add_metric(Metric::counter("draws-total", "numbers drawn"));
}

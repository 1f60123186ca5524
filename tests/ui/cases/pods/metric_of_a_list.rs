use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn draw() -> i64 {
    4
}

#[pipeline]
fn p() {
    draw().add_metric(Metric::gauge("drawn", "the last number", [1, 2]));
}

fn main() {}

use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn count(rows: i64) -> i64;

#[pipeline]
fn p() {
    count(3);
}

fn main() {}

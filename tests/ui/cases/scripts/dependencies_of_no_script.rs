use kfp::prelude::*;

#[component(image = "acme/steps:1", dependencies = ["csv = \"1\""])]
fn draw(x: i64) -> i64 {
    x
}

#[pipeline]
fn p() {
    draw(1);
}

fn main() {}

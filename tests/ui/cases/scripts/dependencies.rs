//@ mistakes: 5
use kfp::prelude::*;

#[component(script, dependencies = ["csv", "serde json = \"1\"", "csv = 1", "ours = { path = \"../ours\" }"])]
fn draw(x: i64) -> i64 {
    x
}

#[component(script, dependencies = "csv = \"1\"")]
fn again(x: i64) -> i64 {
    x
}

#[pipeline]
fn p() {
    again(draw(1));
}

fn main() {}

use kfp::prelude::*;

#[component(script, program = "steps")]
fn draw(x: i64) -> i64 {
    x
}

#[pipeline]
fn p() {
    draw(1);
}

fn main() {}

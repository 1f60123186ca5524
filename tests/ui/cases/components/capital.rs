use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn Train(rounds: i64) {
    drop(rounds);
}

fn main() {}

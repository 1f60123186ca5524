use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn start(#[input(mode = 0o7777)] tool: Input<Any>) {
    drop(tool);
}

#[pipeline]
fn p() {
    start("text");
}

fn main() {}

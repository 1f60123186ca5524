use kfp::prelude::*;

#[component(name = "")]
fn work() {}

fn main() {}

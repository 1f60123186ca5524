use kfp::prelude::*;

#[kfp::allow(KFP220)]
struct Row;

#[component(image = "acme/steps:1")]
fn work() {}

fn main() {}

use kfp::prelude::*;

#[pipeline]
fn p() {
    ResourceOp::create(manifest!("pod.yaml")).failure_condition("");
}

fn main() {}

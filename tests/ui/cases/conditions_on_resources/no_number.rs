use kfp::prelude::*;

#[pipeline]
fn p() {
    ResourceOp::create(manifest!("pod.yaml")).success_condition("status.restarts < few");
}

fn main() {}

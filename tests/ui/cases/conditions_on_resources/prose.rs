use kfp::prelude::*;

#[pipeline]
fn p() {
    ResourceOp::create(manifest!("pod.yaml")).success_condition("phase is Succeeded");
}

fn main() {}

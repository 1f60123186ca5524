use kfp::prelude::*;

#[pipeline]
fn p() {
    ResourceOp::create(manifest!("pod.yaml")).success_condition("status.phase == Succeeded || status.phase == Running");
}

fn main() {}

use kfp::prelude::*;

#[pipeline]
fn p() {
    ResourceOp::create(manifest!("nowhere.yaml")).success_condition("status.phase == Running");
}

fn main() {}

use kfp::prelude::*;

#[pipeline]
fn p() {
    ResourceOp::create(manifest!("list.yaml"));
}

fn main() {}

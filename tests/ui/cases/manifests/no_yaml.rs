use kfp::prelude::*;

#[pipeline]
fn p() {
    ResourceOp::apply(manifest!("broken.yaml"));
}

fn main() {}

use kfp::prelude::*;

#[pipeline]
fn p() {
    ContainerOp::new("work", "").command(["true"]);
}

fn main() {}

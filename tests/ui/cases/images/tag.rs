use kfp::prelude::*;

#[pipeline]
fn p() {
    ContainerOp::new("work", "alpine:3.20+musl").command(["true"]);
}

fn main() {}

//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    ContainerOp::new("work", "alpine:3.20").command(["true"]).mount_pvc("claim", "data", "data");
}

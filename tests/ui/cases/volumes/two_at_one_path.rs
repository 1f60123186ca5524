//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    ContainerOp::new("work", "alpine:3.20").command(["true"]).mount_pvc("a", "one", "/data").mount_pvc("b", "two", "/data");
}

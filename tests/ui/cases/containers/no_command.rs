//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    ContainerOp::new("empty", "alpine:3.20");
}

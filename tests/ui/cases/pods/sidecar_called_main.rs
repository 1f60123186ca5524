//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    ContainerOp::new("work", "alpine:3.20").command(["true"]).add_sidecar(Sidecar::new("main", "redis:7"));
}

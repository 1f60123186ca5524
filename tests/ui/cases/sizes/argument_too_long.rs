//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    ContainerOp::new("say", "alpine:3.20").command(["echo"]).arg("x".repeat(200_000));
}

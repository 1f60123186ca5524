//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    ContainerOp::new("login", "alpine:3.20").command(["login"]).args(["--api-key", "abcdef"]);
}

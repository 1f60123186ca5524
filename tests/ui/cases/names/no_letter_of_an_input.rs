//@ build
use kfp::prelude::*;

#[component]
fn mix(ä: String) -> ContainerOp {
    ContainerOp::new("mix", "alpine:3.20").command(["echo"]).arg(ä)
}

#[pipeline]
fn p() {
    mix("a");
}

//@ build
use kfp::prelude::*;

#[component]
fn mix(größe: String, grosse: String) -> ContainerOp {
    ContainerOp::new("mix", "alpine:3.20").command(["echo"]).arg(größe).arg(grosse)
}

#[pipeline]
fn p() {
    mix("a", "b");
}

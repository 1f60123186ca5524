//@ build
use kfp::prelude::*;

#[component]
fn mix(wert_ä: String, wert_ö: String) -> ContainerOp {
    ContainerOp::new("mix", "alpine:3.20").command(["echo"]).arg(wert_ä).arg(wert_ö)
}

#[pipeline]
fn p() {
    mix("a", "b");
}

use kfp::prelude::*;

#[component(script)]
fn tool() -> ContainerOp {
    ContainerOp::new("tool", "tool:1")
}

#[pipeline]
fn p() {
    tool();
}

fn main() {}

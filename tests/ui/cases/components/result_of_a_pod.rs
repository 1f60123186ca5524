use kfp::prelude::*;

#[component]
fn work() -> Result<ContainerOp, String> {
    Ok(ContainerOp::new("work", "alpine:3.20"))
}

fn main() {}

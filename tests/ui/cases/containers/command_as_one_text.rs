use kfp::prelude::*;

#[component]
fn greet() -> ContainerOp {
    ContainerOp::new("greet", "alpine:3.20").command("echo hello")
}

fn main() {}

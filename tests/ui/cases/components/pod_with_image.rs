use kfp::prelude::*;

#[component(image = "x:1")]
fn echo(text: String) -> ContainerOp {
    ContainerOp::new("echo", "alpine:3.20").command(["echo"]).arg(text)
}

fn main() {}

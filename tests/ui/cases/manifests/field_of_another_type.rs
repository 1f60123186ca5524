use kfp::prelude::*;

struct Size(i64);

#[pipeline]
fn p() {
    ResourceOp::apply(manifest!("pod.yaml", "/spec/priority" = Size(1)));
}

fn main() {}

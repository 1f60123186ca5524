use kfp::prelude::*;

#[pipeline]
fn p(n: i64) {
    ResourceOp::apply(manifest!("pod.yaml", "spec.priority" = n));
}

fn main() {}

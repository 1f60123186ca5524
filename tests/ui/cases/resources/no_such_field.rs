use kfp::prelude::*;

#[pipeline]
fn p(n: i64) {
    ResourceOp::create(manifest!("pod.yaml", "/spec/replicas/count" = n)).success_condition("a == b");
}

fn main() {}

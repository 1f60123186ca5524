use kfp::prelude::*;

#[pipeline]
fn p(n: i64) {
    ResourceOp::apply(manifest!(n));
}

fn main() {}

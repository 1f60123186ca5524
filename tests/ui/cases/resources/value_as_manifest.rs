use kfp::prelude::*;

#[pipeline]
fn p(text: String) {
    ResourceOp::create(text);
}

fn main() {}

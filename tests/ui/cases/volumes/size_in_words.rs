use kfp::prelude::*;

#[pipeline]
fn p() {
    VolumeOp::new("make", "disk", "10GB");
}

fn main() {}

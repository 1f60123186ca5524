//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    let made = VolumeOp::new("make", "disk", "10Gi");
    let gone = ResourceOp::delete(made);
    ResourceOp::delete(gone);
}

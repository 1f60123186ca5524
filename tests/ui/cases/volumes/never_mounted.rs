//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    ContainerOp::new("work", "alpine:3.20").command(["true"]).add_volume(Volume::empty_dir("scratch"));
}

//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    VolumeSnapshotOp::of_volume("keep", "kept", Volume::empty_dir("scratch"));
}

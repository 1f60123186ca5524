//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    let work = ContainerOp::new("work", "alpine:3.20").command(["true"]).mount_pvc("a", "one", "/a").mount_pvc("b", "two", "/b");
    ContainerOp::new("next", "alpine:3.20").command(["true"]).add_pvolume("/data", work.pvolume());
}

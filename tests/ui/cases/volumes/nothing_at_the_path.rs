//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    let work = ContainerOp::new("work", "alpine:3.20").command(["true"]);
    ContainerOp::new("next", "alpine:3.20").command(["true"]).add_pvolume("/data", work.pvolumes("/data"));
}

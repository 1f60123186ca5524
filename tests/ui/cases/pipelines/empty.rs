//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    let _words = ["nothing", "runs"];
}

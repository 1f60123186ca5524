//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    ResourceOp::create("apiVersion: v1\nkind: Pod");
}

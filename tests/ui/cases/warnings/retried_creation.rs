//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    let map = serde_json::json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}});
    ResourceOp::create(map).set_retry(2);
}

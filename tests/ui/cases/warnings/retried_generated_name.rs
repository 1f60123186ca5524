//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    ResourceOp::create(serde_json::json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"generateName": "a-"}}))
        .set_retry(2);
}

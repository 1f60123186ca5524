//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    ResourceOp::create(serde_json::json!({"kind": "ConfigMap", "metadata": {"name": "a"}}));
}

//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    ResourceOp::delete(serde_json::json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"of": "us"}}}));
}

//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    let pod = serde_json::json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}});
    ResourceOp::patch(pod).merge_strategy("deep");
}

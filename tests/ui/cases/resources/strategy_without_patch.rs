//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    let pod = serde_json::json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}});
    ResourceOp::apply(pod).merge_strategy("merge");
}

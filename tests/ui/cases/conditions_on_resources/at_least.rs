use kfp::prelude::*;

#[pipeline]
fn p() {
    let job = serde_json::json!({"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "a"}});
    ResourceOp::apply(job).success_condition("status.succeeded >= 3");
}

fn main() {}

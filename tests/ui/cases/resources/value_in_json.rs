use kfp::prelude::*;

#[pipeline]
fn p(n: i64) {
    ResourceOp::create(serde_json::json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": n},
    }));
}

fn main() {}

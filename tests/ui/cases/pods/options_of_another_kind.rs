//@ mistakes: 5
use kfp::prelude::*;

#[component(image = "steps:1")]
fn train(epochs: i64) -> f64 {
    epochs as f64
}

#[pipeline]
fn trained(name: String) {
    train(1).set_timeout("1h");
    train(2).set_gpu_limit(name);
    train(3).set_retry(0.5);
    train(4).add_volume("data");
    ResourceOp::delete(serde_json::json!({"kind": "Pod"})).set_memory_limit("1Gi");
}

fn main() {}

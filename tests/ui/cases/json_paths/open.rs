use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

use serde::{Deserialize, Serialize};

#[derive(Outputs, Serialize, Deserialize)]
struct Address {
    #[output(json_path = "{.status.podIP")]
    ip: String,
}

#[pipeline]
fn p() {
    let map = serde_json::json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}});
    let pod = ResourceOp::apply(map).attribute_outputs::<Address>();
    say(pod.ip);
}

fn main() {}

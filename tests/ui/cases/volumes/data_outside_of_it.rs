//@ build
use kfp::prelude::*;
use serde_json::json;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline(conf = PipelineConf::new().set_data_passing_volume(json!({ "persistentVolumeClaim": { "claimName": "data" } }), "../data"))]
fn p() {
    say("a");
}

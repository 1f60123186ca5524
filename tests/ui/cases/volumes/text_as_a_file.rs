//@ build
use kfp::prelude::*;
use serde_json::json;

#[component(image = "acme/steps:1")]
fn train(table: Input<Dataset>) {
    drop(table);
}

#[pipeline(conf = PipelineConf::new().set_data_passing_volume(json!({ "persistentVolumeClaim": { "claimName": "data" } }), "data/"))]
fn p() {
    train("a,b");
}

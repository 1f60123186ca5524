//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn table(rows: i64, table: Output<Dataset>) {
    drop((rows, table));
}

#[component(image = "acme/steps:1")]
fn count(table: Input<Dataset>) {
    drop(table);
}

#[pipeline(conf = PipelineConf::new().set_data_passing_volume(
    serde_json::json!({"persistentVolumeClaim": {"claimName": "data"}}),
    "/artifact_data/",
))]
fn p() {
    count(table(3).table);
}

//@ build
use kfp::prelude::*;

kfp::import_component!(fn count = r#"
    inputs: [{name: table}]
    implementation:
      container:
        image: acme/tool:1
        command: [count, {inputPath: table}]
"#);

#[pipeline(conf = PipelineConf::new().set_data_passing_volume(
    serde_json::json!({"persistentVolumeClaim": {"claimName": "data"}}),
    "artifact_data/",
))]
fn p() {
    count("a,b");
}

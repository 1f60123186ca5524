//@ build
use kfp::prelude::*;

kfp::import_component!(fn tool = r#"
    inputs: [{name: text}]
    implementation:
      container:
        image: acme/tool:1
        command: [tool, {inputValue: text}]
"#);

#[pipeline]
fn show(file: Input<Dataset>) {
    tool(file);
}

#[pipeline]
fn p() {
    show(S3Artifact::new("data", "rows.csv"));
}

//@ build
use kfp::prelude::*;

kfp::import_component!(fn tool = r#"
    inputs: [{name: text}]
    implementation:
      container:
        image: acme/tool:1
        command: [tool, {inputValue: text}]
"#);

#[component(image = "acme/steps:1")]
fn write(text: String, file: Output<Dataset>) {
    drop((text, file));
}

#[pipeline]
fn p(low: i64) {
    let file = if low > 3 { write("a").file } else { write("b").file };
    tool(file);
}

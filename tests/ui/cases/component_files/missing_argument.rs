use kfp::prelude::*;

kfp::import_component!(fn tool = r#"
    inputs: [{name: depth, type: Integer}, {name: tags, type: "typing.List[str]"}]
    implementation:
      container:
        image: acme/tool:1
        command: [tool, {inputValue: depth}, {inputValue: tags}]
"#);

#[pipeline]
fn p() {
    tool(depth = 3);
}

fn main() {}

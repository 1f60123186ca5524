//@ build
use kfp::prelude::*;

kfp::import_component!(fn tool = r#"
    inputs: [{name: loud, type: Boolean}]
    implementation:
      container:
        image: acme/tool:1
        command: [tool, {if: {cond: {inputValue: loud}, then: -v}}]
"#);

#[pipeline]
fn p(loud: bool) {
    tool(loud);
}

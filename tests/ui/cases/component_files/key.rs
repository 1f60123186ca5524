kfp::import_component!(fn tool = r"
    name: Tool
    inputs: [{name: rows, typ: CSV}]
    implementation:
      container:
        image: acme/tool:1
        command: [tool, {inputPath: rows}]
");

fn main() {}

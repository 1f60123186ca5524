kfp::import_component!(fn tool = r"
    inputs: [{name: rows}]
    implementation:
      container:
        image: acme/tool:1
        command: [tool, {inputPath: row}]
");

fn main() {}

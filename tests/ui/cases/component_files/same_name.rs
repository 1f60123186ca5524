kfp::import_component!(fn tool = r"
    inputs: [{name: rows}, {name: rows}]
    implementation:
      container:
        image: acme/tool:1
        command: [tool, {inputPath: rows}]
");

fn main() {}

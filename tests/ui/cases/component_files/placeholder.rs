kfp::import_component!(fn tool = r"
    inputs: [{name: rows}]
    implementation:
      container:
        image: acme/tool:1
        command: [tool, {inputpath: rows}]
");

fn main() {}

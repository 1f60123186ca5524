kfp::import_component!(fn tool = r"
    inputs: [{name: depth, type: Integer, default: deep}]
    implementation:
      container:
        image: acme/tool:1
        command: [tool, {inputValue: depth}]
");

fn main() {}

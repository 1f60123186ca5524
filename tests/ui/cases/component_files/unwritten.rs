kfp::import_component!(fn tool = r"
    outputs: [{name: model}]
    implementation:
      container:
        image: acme/tool:1
        command: [tool]
");

fn main() {}

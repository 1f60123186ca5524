kfp::import_component!(fn tool = r"
    name: [Tool
    implementation:
      container:
        image: acme/tool:1
        command: [tool]
");

fn main() {}

kfp::import_component!(fn tool = r"
    name: Tool
    implementation:
      container: {command: [tool]}
");

fn main() {}

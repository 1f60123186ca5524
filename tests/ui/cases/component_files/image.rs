kfp::import_component!(fn tool = r"
    implementation:
      container:
        image: Acme Tool
        command: [tool]
");

fn main() {}

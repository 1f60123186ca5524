kfp::import_component!(fn tool = r"
    implementation:
      graph:
        tasks:
          fit:
            componentRef: {url: 'https://example.com/fit.yaml'}
");

fn main() {}

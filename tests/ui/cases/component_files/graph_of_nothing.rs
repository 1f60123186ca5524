kfp::import_component!(fn tool = r"
    inputs: [{name: rows}]
    implementation:
      graph:
        tasks:
          fit:
            componentRef:
              spec: {implementation: {container: {image: 'fit:1', command: [fit]}}}
            arguments: {data: {graphInput: {inputName: rows}}}
");

fn main() {}

kfp::import_component!(fn tool = r"
    inputs: [{name: loud, type: Boolean}]
    implementation:
      graph:
        tasks:
          say:
            componentRef:
              spec:
                implementation: {container: {image: 'acme/tool:1', command: [tool]}}
            isEnabled: {graphInput: {inputName: loud}}
");

fn main() {}

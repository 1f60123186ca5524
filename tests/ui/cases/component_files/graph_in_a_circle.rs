kfp::import_component!(fn tool = r"
    implementation:
      graph:
        tasks:
          fit:
            componentRef: {url: fit.yaml}
            arguments: {data: {taskOutput: {taskId: fit, outputName: model}}}
");

fn main() {}

kfp::import_component!(fn tool = r"
    outputs: [{name: loss}]
    implementation:
      graph:
        tasks:
          outer:
            componentRef:
              spec:
                outputs: [{name: loss, type: Float}]
                implementation:
                  graph:
                    tasks:
                      fit:
                        componentRef:
                          spec:
                            outputs: [{name: loss, type: Float}]
                            implementation: {container: {image: 'fit:1', command: [fit, {outputPath: loss}]}}
                    outputValues: {loss: {taskOutput: {taskId: fit, outputName: loss}}}
        outputValues: {loss: {taskOutput: {taskId: outer, outputName: loss}}}
");

fn main() {}

"""Component files."""

import pathlib

from kfp import dsl
from kfp.components import load_component_from_file, load_component_from_text

from steps import say

FOLDER = pathlib.Path(__file__).parent.parent / "components"

load = load_component_from_file(str(FOLDER / "load.yaml"))
train = load_component_from_file(str(FOLDER / "train.yaml"))
show = load_component_from_file(str(FOLDER / "show.yaml"))
shout = load_component_from_text(
    """
name: Shout
inputs: [{name: text, type: String}]
outputs: [{name: loud, type: String}]
implementation:
  container:
    image: busybox:1.36
    command: [shout, {inputValue: text}, {outputPath: loud}]
"""
)


@dsl.pipeline(name="component-files")
def component_files(since: str):
    table = load(rows=10, start_date=since)
    model = train(table.output, rate=0.25)
    again = train(table.output, model.outputs["Model"], label="y")
    say(again.outputs["Score"])


@dsl.pipeline(name="component-defaults")
def component_defaults(since: str):
    train(load(start_date=since).output)


@dsl.pipeline(name="component-from-text")
def component_from_text(text: str):
    loud = shout(text)
    shout(loud.output)
    shout("constant")


@dsl.pipeline(name="component-files-and-values")
def component_files_and_values(text: str):
    loud = shout(text)
    show(text, loud.output)
    show(loud.output, "constant text")
    show("constant", text)


@dsl.pipeline(name="component-options")
def component_options(since: str):
    table = load(rows=10, start_date=since).set_memory_limit("1Gi").set_display_name("The table")
    with dsl.ParallelFor([0.1, 0.2]) as rate:
        train(table.output, rate=rate).set_retry(2)


choose = load_component_from_text(
    """
name: Choose
metadata:
  annotations: {author: Ann}
  labels: {team: blue}
inputs:
- {name: Loud, type: Boolean, default: 'False'}
- {name: Text, type: String}
- {name: Names, type: JsonArray, optional: true}
- {name: Options, type: JsonObject, default: '{"a": 1}'}
- {name: 1st, optional: true}
outputs:
- {name: Result list, type: JsonArray}
- {name: Rows, type: Integer}
implementation:
  container:
    image: busybox:1.36
    command: [choose]
    args:
    - if:
        cond: true
        then: [--loud, {inputValue: Loud}]
        else: [--quiet]
    - if:
        cond: {isPresent: Names}
        then: [--names, {inputValue: Names}]
    - if:
        cond: {isPresent: 1st}
        then: {inputValue: 1st}
        else: none
    - {concat: ["a=", {inputValue: Text}, ",", {inputValue: Options}]}
    - {outputPath: Result list}
    fileOutputs: {Rows: /tmp/rows}
    env: {A: b, C: "1"}
"""
)
both = load_component_from_text(
    """
name: Shout twice
inputs: [{name: text, type: String}]
outputs: [{name: result, type: String}]
implementation:
  graph:
    tasks:
      first:
        componentRef:
          spec:
            name: Shout
            inputs: [{name: text, type: String}]
            outputs: [{name: loud, type: String}]
            implementation:
              container:
                image: busybox:1.36
                command: [shout, {inputValue: text}, {outputPath: loud}]
        arguments: {text: {graphInput: {inputName: text}}}
      second:
        componentRef:
          spec:
            name: Shout
            inputs: [{name: text, type: String}]
            outputs: [{name: loud, type: String}]
            implementation:
              container:
                image: busybox:1.36
                command: [shout, {inputValue: text}, {outputPath: loud}]
        arguments: {text: {taskOutput: {taskId: first, outputName: loud}}}
    outputValues:
      result: {taskOutput: {taskId: second, outputName: loud}}
"""
)


@dsl.pipeline(name="component-placeholders")
def component_placeholders(text: str):
    chosen = choose(text=text, loud=True, names=["a", "b"], n1st="x")
    again = choose(text=f"{text}!", options={"b": [1, 2]})
    say(chosen.outputs["Rows"])
    with dsl.ParallelFor(again.outputs["Result list"]) as item:
        say(item)


@dsl.pipeline(name="component-graph")
def component_graph(text: str):
    shouted = both(text)
    say(shouted.outputs["result"])


@dsl.pipeline(name="component-in-groups")
def component_in_groups(since: str, names: list):
    table = load(start_date=since)
    with dsl.ParallelFor(names) as name:
        trained = train(table.output, label=name)
        with dsl.Condition(trained.outputs["Score"] > 0.5):
            show(trained.outputs["Score"], table.output)

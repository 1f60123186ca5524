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

"""Components from functions."""

from functools import partial
from typing import NamedTuple

from kfp import dsl
from kfp.components import (
    InputBinaryFile,
    InputPath,
    InputTextFile,
    OutputBinaryFile,
    OutputPath,
    OutputTextFile,
    create_component_from_func,
    func_to_container_op,
)


@func_to_container_op
def add(a: float, b: float = 1.0) -> float:
    return a + b


@create_component_from_func
def describe(text: str, times: int, loud: bool, names: list, options: dict):
    print(text, times, loud, names, options)


@create_component_from_func
def split(table_path: InputPath("Dataset"), train_path: OutputPath("Dataset"), test_path: OutputPath("Dataset"), share: float = 0.25):
    pass


@create_component_from_func
def fit(train_path: InputPath("Dataset"), depth: int, model_path: OutputPath("Model")) -> float:
    return 0.5


@create_component_from_func
def score(model_path: InputPath("Model"), test_path: InputPath("Dataset")) -> NamedTuple(
    "Scores", [("accuracy", float), ("label", str), ("good", bool)]
):
    return (0.5, "x", True)


@create_component_from_func
def load(rows: int, table_path: OutputPath("Dataset")):
    pass


@create_component_from_func
def depths() -> list:
    return [1, 2]


@create_component_from_func
def note(text: str, prefix: str = None):
    print(prefix, text)


@dsl.pipeline(name="function-values")
def function_values(start: float = 2.0):
    first = add(start, 3.0)
    second = add(first.output)
    add(a=second.output, b=start)


@dsl.pipeline(name="function-arguments")
def function_arguments(text: str, times: int, loud: bool):
    describe(text, times, loud, ["a", "b"], {"depth": 3})
    describe("constant", 3, True, [], {})


@dsl.pipeline(name="function-files")
def function_files(rows: int = 100, depth: int = 3):
    parts = split(load(rows).output)
    model = fit(parts.outputs["train"], depth)
    scores = score(model.outputs["model"], parts.outputs["test"])
    note(scores.outputs["label"])
    with dsl.Condition(scores.outputs["accuracy"] > 0.9):
        note(f"good: {scores.outputs['accuracy']}")
    with dsl.Condition(scores.outputs["good"] == True):  # noqa: E712
        note("good")


@dsl.pipeline(name="function-loops")
def function_loops(rows: int = 100):
    table = load(rows)
    with dsl.ParallelFor(depths().output) as depth:
        fit(table.output, depth)


@dsl.pipeline(name="function-options")
def function_options():
    add(1.0, 2.0).set_memory_limit("1Gi").set_retry(2)
    note("named", "prefix").set_display_name("A note")


@create_component_from_func
def files_of_all_kinds(
    text_file: InputTextFile(), bytes_file: InputBinaryFile("Model"), out_text_file: OutputTextFile(), out_file: OutputBinaryFile("Model")
):
    pass


@partial(create_component_from_func, base_image="python:3.11", packages_to_install=["pandas==2.2", "numpy"])
def with_packages(rows: int) -> int:
    return rows


@create_component_from_func
def everything(count: int = 3, share: float = 0.5, flag: bool = True, text: str = "x", names: list = ["a"], options: dict = {"depth": 1}):
    pass


@create_component_from_func
def show_metrics(mlpipeline_ui_metadata_path: OutputPath(), mlpipeline_metrics_path: OutputPath()) -> float:
    return 0.5


@partial(create_component_from_func, annotations={"author": "Ann"})
def annotated(text: str):
    pass


@dsl.pipeline(name="function-files-of-all-kinds")
def function_files_of_all_kinds(text: str):
    made = files_of_all_kinds(text, "bytes")
    files_of_all_kinds(made.outputs["out_text"], made.outputs["out"])


@dsl.pipeline(name="function-packages")
def function_packages(rows: int = 10):
    with_packages(with_packages(rows).output)


@dsl.pipeline(name="function-defaults")
def function_defaults(count: int):
    everything()
    everything(count=count, names=["b", "c"])


@dsl.pipeline(name="function-metrics")
def function_metrics():
    shown = show_metrics()
    note(f"{shown.outputs['Output']}")


@dsl.pipeline(name="function-annotated")
def function_annotated():
    annotated("x")


@dsl.pipeline(name="function-conditions")
def function_conditions(start: float = 2.0):
    total = add(start)
    with dsl.Condition(total.output >= 3):
        again = add(total.output, total.output)
        with dsl.Condition(again.output != 6.5):
            note("not that")

"""Parameters, arguments, files, order."""

from kfp import dsl

from steps import draw, fit, flip, say, show, table, words


@dsl.pipeline(name="parameters-of-all-types")
def parameters_of_all_types(
    text: str,
    number: int,
    share: float = 0.25,
    flag: bool = True,
    names: list = ["a", "b"],
    options: dict = {"depth": 3, "rate": 0.5},
    empty: str = "",
):
    say(text)
    say(number)
    say(share)
    say(flag)
    say(names)
    say(options)
    say(empty)


@dsl.pipeline(name="constants")
def constants():
    draw(1, 10)
    say("plain text")
    say("with 'quotes', \"double\", $HOME, a\\b and\nlines")
    table(rows=100)


@dsl.pipeline(name="chain")
def chain(low: int = 1):
    first = draw(low, 10)
    second = draw(first.output, 20)
    third = draw(second.output, low)
    say(third.output)


@dsl.pipeline(name="diamond")
def diamond():
    top = flip()
    left = say(top.output)
    right = draw(0, 9)
    right.after(top)
    say("both").after(left, right)


@dsl.pipeline(name="order-only")
def order_only():
    a = say("a")
    b = say("b")
    c = say("c").after(a)
    d = say("d").after(b, c)
    say("e").after(d).after(a)


@dsl.pipeline(name="texts-with-values")
def texts_with_values(name: str):
    coin = flip()
    say(f"{name} has thrown {coin.output}")
    say("%s, %s and {braces}" % (name, coin.output))


@dsl.pipeline(name="files")
def files(rows: int = 10):
    data = table(rows)
    model = fit(data.output, 0.5)
    show(model.outputs["model"])
    say(model.outputs["accuracy"])
    show(data.output)


@dsl.pipeline(name="values-as-files")
def values_as_files(text: str):
    show(text)
    show("constant text")
    show(flip().output)


@dsl.pipeline(name="fan-out")
def fan_out():
    coin = flip()
    for index in range(5):
        draw(index, 9).after(coin)
    say(coin.output)


def inner(text, low):
    number = draw(low, 9)
    say(text)
    return number


@dsl.pipeline(name="pipeline-of-pipelines")
def pipeline_of_pipelines(text: str):
    first = inner(text, 1)
    second = inner("constant", first.output)
    say(second.output)


@dsl.pipeline(name="named-pipeline", description="Says what it was told.")
def described(text: str = "hello"):
    """The description of the decorator wins."""
    say(text)


@dsl.pipeline(name="lists-as-text")
def lists_as_text():
    say(words().output)


@dsl.pipeline(name="outputs-for-the-ui")
def outputs_for_the_ui():
    dsl.ContainerOp(
        name="evaluate",
        image="fit:1",
        command=["evaluate"],
        output_artifact_paths={
            "mlpipeline-ui-metadata": "/tmp/outputs/mlpipeline_ui_metadata/data",
            "mlpipeline-metrics": "/tmp/outputs/mlpipeline_metrics/data",
        },
    )


@dsl.pipeline(name="a-value-as-file-and-as-text")
def a_value_as_file_and_as_text(text: str):
    coin = flip()
    show(coin.output)
    say(coin.output)
    show(text)
    say(text)


@dsl.pipeline(name="order-by-many")
def order_by_many():
    firsts = [say(f"first {index}") for index in range(3)]
    last = draw(0, 1).after(*firsts)
    show(last.output).after(firsts[0])

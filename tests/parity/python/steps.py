"""What the pipelines are made of."""

from kfp import dsl


def flip():
    return dsl.ContainerOp(name="flip", image="coin:1", command=["flip"], file_outputs={"side": "/tmp/side"})


def draw(low, high):
    return dsl.ContainerOp(
        name="draw", image="coin:1", command=["draw"], arguments=[low, high], file_outputs={"number": "/tmp/number"}
    )


def ask(question):
    return dsl.ContainerOp(
        name="ask", image="coin:1", command=["ask"], arguments=[question], file_outputs={"answer": "/tmp/answer"}
    )


def words():
    return dsl.ContainerOp(name="words", image="list:1", command=["words"], file_outputs={"list": "/tmp/list"})


def settings():
    return dsl.ContainerOp(name="settings", image="list:1", command=["settings"], file_outputs={"list": "/tmp/list"})


def say(text):
    return dsl.ContainerOp(name="say", image="say:1", command=["say"], arguments=[text])


def table(rows):
    return dsl.ContainerOp(
        name="table",
        image="table:1",
        command=["table", "--to", "/tmp/outputs/table/data"],
        arguments=["--rows", rows],
        file_outputs={"table": "/tmp/outputs/table/data"},
    )


def fit(data, rate):
    return dsl.ContainerOp(
        name="fit",
        image="fit:1",
        command=["fit", "/tmp/inputs/data/data"],
        arguments=["--rate", rate, "--model", "/tmp/outputs/model/data"],
        artifact_argument_paths=[dsl.InputArgumentPath(data, input="data", path="/tmp/inputs/data/data")],
        file_outputs={"model": "/tmp/outputs/model/data", "accuracy": "/tmp/outputs/accuracy/data"},
    )


def show(data):
    return dsl.ContainerOp(
        name="show",
        image="show:1",
        command=["show", "/tmp/inputs/data/data"],
        artifact_argument_paths=[dsl.InputArgumentPath(data, input="data", path="/tmp/inputs/data/data")],
    )

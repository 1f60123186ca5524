"""Hera: scripts."""

from hera.workflows import DAG, Parameter, Workflow, models, script
from measure import COUNT, PATH, SHAPE, measured

OUTPUT = [Parameter(name="sum", value_from=models.ValueFrom(path="/tmp/sum"))]


@script(image="acme/steps:1", outputs=OUTPUT)
def add(a: int, b: int):
    open("/tmp/sum", "w").write(str(a + b))


@script(image="acme/steps:1", outputs=OUTPUT)
def total(values: list):
    open("/tmp/sum", "w").write(str(sum(values)))


def build():
    with Workflow(generate_name=f"{SHAPE}-", entrypoint="main") as workflow:
        with DAG(name="main"):
            first = add(name="add-0", arguments={"a": 1, "b": 1})
            if SHAPE == "chain":
                for index in range(1, COUNT):
                    last, first = first, add(
                        name=f"add-{index}", arguments={"a": first.get_parameter("sum"), "b": 1}
                    )
                    last >> first
            else:
                tasks = [
                    add(name=f"add-{index}", arguments={"a": first.get_parameter("sum"), "b": 1})
                    for index in range(1, COUNT - 1)
                ]
                values = ",".join(f"{{{{tasks.{task.name}.outputs.parameters.sum}}}}" for task in tasks)
                first >> tasks >> total(name="total", arguments={"values": f"[{values}]"})
    return workflow


def write(workflow):
    text = workflow.to_yaml()
    with open(PATH, "w") as file:
        file.write(text)
    return PATH


measured(build, write)

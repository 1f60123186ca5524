"""KFP v1: lightweight components; the one that takes all values has an input for each, as there are no lists of outputs."""

import warnings

warnings.filterwarnings("ignore")

from kfp import compiler, dsl
from kfp.components import create_component_from_func, load_component_from_text
from measure import COUNT, PATH, SHAPE, measured


def add(a: int, b: int) -> int:
    return a + b


def build():
    add_op = create_component_from_func(add, base_image="acme/steps:1")
    if SHAPE == "chain":

        @dsl.pipeline(name="chain")
        def pipeline():
            last = add_op(1, 1)
            for _ in range(COUNT - 1):
                last = add_op(last.output, 1)

    else:
        width = COUNT - 2
        inputs = "".join(f"- {{name: in{index}, type: Integer}}\n" for index in range(width))
        values = "".join(f"    - {{inputValue: in{index}}}\n" for index in range(width))
        total_op = load_component_from_text(
            f"name: total\ninputs:\n{inputs}implementation:\n  container:\n    image: acme/steps:1\n"
            f"    command: [total]\n    args:\n{values}"
        )

        @dsl.pipeline(name="fan")
        def pipeline():
            first = add_op(1, 1)
            total_op(**{f"in{index}": add_op(first.output, 1).output for index in range(width)})

    return pipeline


def write(pipeline):
    compiler.Compiler().compile(pipeline, PATH)
    return PATH


measured(build, write)

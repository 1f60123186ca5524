"""KFP 2: what it writes is its own format, of which a cluster makes an Argo workflow that is larger."""

import logging
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)

from kfp import compiler, dsl
from measure import COUNT, PATH, SHAPE, measured


@dsl.component(base_image="acme/steps:1")
def add(a: int, b: int) -> int:
    return a + b


@dsl.component(base_image="acme/steps:1")
def total(values: list) -> int:
    return sum(values)


def build():
    @dsl.pipeline(name=SHAPE)
    def pipeline():
        first = add(a=1, b=1)
        if SHAPE == "chain":
            for _ in range(COUNT - 1):
                first = add(a=first.output, b=1)
        else:
            total(values=[add(a=first.output, b=1).output for _ in range(COUNT - 2)])

    return pipeline


def write(pipeline):
    compiler.Compiler().compile(pipeline, PATH)
    return PATH


measured(build, write)

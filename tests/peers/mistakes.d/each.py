"""Runs the mistakes of one peer in one process: `each.py kfp1|hera` prints what came of each, as JSON."""

import contextlib
import importlib
import io
import json
import os
import sys
import tempfile
import traceback
import warnings

# Errors that say how the library is made, not what is wrong with the pipeline.
RAW = (AssertionError, AttributeError, IndexError, RecursionError)


def raw(error):
    bare_key = isinstance(error, KeyError) and " " not in str(error)
    return bare_key or isinstance(error, RAW) or "<locals>" in str(error)


def kfp1(function):
    """The compiler's work on the pipeline."""
    from kfp import compiler, dsl

    pipeline = dsl.pipeline(name=getattr(function, "title", "p"))(function)
    with tempfile.TemporaryDirectory() as folder:
        compiler.Compiler().compile(pipeline, os.path.join(folder, "p.yaml"))


def hera(function):
    """The manifest of the workflow."""
    workflow = function()
    workflow.to_yaml()


def words(error):
    """The first words of an error; pydantic has the mistake itself in the lines below its first."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if type(error).__name__ == "ValidationError":
        lines = [": ".join(lines[:3])]
    if lines and lines[0].endswith("failed with exception:"):
        lines = [f"{lines[0]} {lines[-1]}"]
    return " ".join(lines[:1])


def outcome(function, work, beside):
    with warnings.catch_warnings(record=True) as warned, contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("always")
        try:
            work(function)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            at_the_place = any(frame.filename == function.__code__.co_filename for frame in frames)
            kind = "refused" if at_the_place and not raw(error) and not beside else "otherwise"
            return {"outcome": kind, "said": f"{type(error).__name__}: {words(error)}"}
    said = [str(one.message) for one in warned if issubclass(one.category, (UserWarning, RuntimeWarning))]
    if said:
        return {"outcome": "warned", "said": said[0].splitlines()[0]}
    return {"outcome": "silent", "said": ""}


def main(peer):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mistakes = importlib.import_module(f"{peer}_mistakes")
    work = {"kfp1": kfp1, "hera": hera}[peer]
    wanted = sys.stdin.read().split()
    print(json.dumps({
        name: outcome(getattr(mistakes, name), work, name in mistakes.BESIDE)
        for name in wanted
        if hasattr(mistakes, name)
    }))


main(sys.argv[1])

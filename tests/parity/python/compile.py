"""Compiles every pipeline of this folder: `compile.py FOLDER` writes FOLDER/NAME.yaml for each."""

import importlib
import pathlib
import sys
import warnings

warnings.filterwarnings("ignore")
from kfp import compiler  # noqa: E402

MODULES = ["wiring", "control", "pods", "containers", "conf", "functions", "resources", "volumes", "components", "suite"]


def pipelines():
    for module in map(importlib.import_module, MODULES):
        for name, function in vars(module).items():
            if hasattr(function, "_component_human_name") and function.__module__ == module.__name__:
                yield name, function


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    for name, function in pipelines():
        try:
            compiler.Compiler().compile(function, str(folder / f"{name}.yaml"))
        except Exception as error:  # all of them are wanted
            failed += 1
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
    sys.exit(1 if failed else 0)


main(pathlib.Path(sys.argv[1]))

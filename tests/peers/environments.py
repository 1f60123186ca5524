"""The others, each in a place of its own in the cache."""

import os
import pathlib
import shutil
import subprocess

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "kfp-ci"


class Missing(Exception):
    """A peer that cannot be run here, and why."""


def interpreter(variable, folder, *packages):
    """A Python that has these packages."""
    if os.environ.get(variable):
        return os.environ[variable]
    place = CACHE / folder
    python = place / "bin/python"
    for base in ["python3.11", "python3.10", "python3.12", "python3"]:
        if python.exists() or not shutil.which(base):
            continue
        made = [[base, "-m", "venv", place], [python, "-m", "pip", "install", "--quiet", *packages]]
        if any(subprocess.run(command).returncode for command in made):
            shutil.rmtree(place, ignore_errors=True)
    if not python.exists():
        raise Missing(f"{' '.join(packages)} cannot be installed")
    return python

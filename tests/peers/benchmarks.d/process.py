"""Processes, and what they took."""

import collections
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]

# Seconds on the clock and of the cores, MB at most, the text, the errors, the exit code.
Ran = collections.namedtuple("Ran", "clock cpu memory text errors code")


BEGAN = time.monotonic()

# What is set for the builds of this repository is not what a user has.
FOREIGN = ("CARGO_PROFILE_", "CARGO_BUILD_", "CARGO_INCREMENTAL", "RUSTFLAGS")


def progress(text):
    print(f"{time.monotonic() - BEGAN:5.0f} s  {text}", file=sys.stderr, flush=True)


def cpus():
    return len(os.sched_getaffinity(0))


def run(*command, cwd=ROOT, fails=False, **environment):
    """Runs a command to its end; what it takes is counted with all that it starts."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command], cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=errors,
            env={**{name: it for name, it in os.environ.items() if not name.startswith(FOREIGN)}, **environment},
        )
        _, status, usage = os.wait4(process.pid, 0)
        clock = time.perf_counter() - start
        process.returncode = code = os.waitstatus_to_exitcode(status)
        texts = []
        for file in [out, errors]:
            file.seek(0)
            texts.append(file.read().decode(errors="replace"))
    if bool(code) != fails:
        # Its name alone: the page says it, and is no place for the folders of a machine.
        raise OSError(f"`{pathlib.Path(str(command[0])).name}` ended with {code}: {texts[1][-2000:]}")
    return Ran(clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, *texts, code)


def best(rounds, measure):
    """The least of each: what else the machine does only makes things slower."""
    all_rounds = [measure(number) for number in range(rounds)]
    clock, cpu, memory = (min(getattr(ran, field) for ran in all_rounds) for field in ["clock", "cpu", "memory"])
    return all_rounds[0]._replace(clock=clock, cpu=cpu, memory=memory)


def where_ahead(ahead):
    """What a page says of those that are ahead of us: a list of what they are ahead in."""
    return f"Ahead of ours: {'; '.join(ahead)}." if ahead else "Nobody is ahead of ours in any row."


def seconds(value):
    return f"{value * 1e3:.1f} ms" if value < 0.1 else f"{value:.2f} s"

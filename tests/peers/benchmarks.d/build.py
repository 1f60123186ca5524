"""What a user's own build takes."""

import re
import shutil
import subprocess

from environments import CACHE
from loop import PROFILE, our_crate
from process import best, progress, run, seconds

SMALLEST = """use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn draw(low: i64, high: i64, #[default(1)] times: i64) -> i64 {{
    low + high * times + {body}
}}

#[pipeline]
fn toss(low: i64) -> i64 {{
    draw(low, {constant}, _)
}}
"""
ANOTHER_COMPONENT = """
#[component(image = "acme/steps:1")]
fn roll(low: i64, high: i64, #[default(1)] times: i64) -> i64 {
    low + high * times
}
"""
ANOTHER_PIPELINE = """
#[pipeline]
fn again(low: i64) -> i64 {
    draw(low, 8, _)
}
"""


def smallest(constant=9, body=0):
    crate, _ = our_crate()
    (crate / "src/pipelines.rs").write_text(SMALLEST.format(constant=constant, body=body))
    return crate


def expanded(crate, target, more=""):
    """Lines of the crate when all macros are expanded, as rustfmt lays them out, and the seconds that expanding takes."""
    text = SMALLEST.format(constant=9, body=0) + more
    (crate / "src/pipelines.rs").write_text(text)
    # Only for the crate itself: build scripts of its dependencies look for what is not stable.
    wrapper = CACHE / "benchmarks/unstable"
    wrapper.write_text('#!/bin/sh\nRUSTC_BOOTSTRAP=1 exec "$@"\n')
    wrapper.chmod(0o755)
    environment = {
        "CARGO_TARGET_DIR": str(target), "CARGO_INCREMENTAL": "1", "RUSTC_WORKSPACE_WRAPPER": str(wrapper),
    }
    code = run("cargo", "rustc", "--quiet", "--", "-Zunpretty=expanded", cwd=crate, **environment).text
    command = ["rustfmt", "--edition", "2024", "--config", "max_width=100"]
    formatted = subprocess.run(command, input=code, capture_output=True, text=True, check=True).stdout
    passes = run("cargo", "rustc", "--quiet", "--", "-Ztime-passes", cwd=crate, **environment)
    found = re.search(r"time:\s+([\d.]+).*\bmacro_expand_crate", passes.text + passes.errors)
    return len([line for line in formatted.splitlines() if line.strip()]), float(found[1]) if found else None


def crates():
    tree = run("cargo", "tree", "-p", "kfp", "-e", "normal,build", "--prefix", "none", "--format", "{p}").text
    return len({line.removesuffix(" (*)") for line in tree.splitlines() if line and " (/" not in line})


def page():
    yield "## The build of a user's crate"
    yield ""
    yield "The smallest crate that has something to run: one component with three inputs, one pipeline that calls it. Seconds are those"
    yield "of the cores; goals for 2 cores. The crate has the profile that the README shows; once also without it."
    yield ""
    target = CACHE / "benchmarks/cold-target"
    crate = smallest()
    rows = [("third-party crates", str(crates()), "36")]
    for what, flags, profile in [
        ("cold build, release", ["--release"], PROFILE),
        ("cold build with all debug information", [], ""),
        ("cold build", [], PROFILE),
    ]:
        progress(f"  a {what}")
        shutil.rmtree(target, ignore_errors=True)
        our_crate(profile)
        # What comes out of a registry cargo does not build incrementally; here it lies in a folder.
        cold = run("cargo", "build", "--quiet", *flags, cwd=crate, CARGO_TARGET_DIR=str(target), CARGO_INCREMENTAL="0")
        rows.append((what, f"{cold.cpu:.1f} s ({cold.clock:.1f} s on the clock)", "30 s" if what == "cold build" else ""))

    def edited(**change):
        smallest(**change)
        return run("cargo", "build", "--quiet", cwd=crate, CARGO_TARGET_DIR=str(target), CARGO_INCREMENTAL="1")

    edited(constant=1)
    for what, change in [("pipeline", "constant"), ("component's body", "body")]:
        progress(f"  builds after an edit of a {what}")
        ran = best(5, lambda number: edited(**{change: number + 10}))
        rows.append((f"incremental build after an edit of a {what}", f"{seconds(ran.clock)} on the clock ({seconds(ran.cpu)})", "1 s"))
    progress("  lines of expanded code")
    whole, took = expanded(crate, target)
    rows.append(("lines that a component of three inputs expands to", str(expanded(crate, target, ANOTHER_COMPONENT)[0] - whole), "60"))
    rows.append(("lines that a pipeline of one input expands to", str(expanded(crate, target, ANOTHER_PIPELINE)[0] - whole), ""))
    if took is not None:
        rows.append(("expansion of the crate's macros", f"{took * 1e3:.0f} ms", ""))
    yield "| | measured | goal |"
    yield "| --- | --: | --: |"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""
    yield "A release build compiles what the build script and the program have in common twice, once for each: cargo does not optimise"
    yield "build scripts. The lines are those of `rustc -Zunpretty=expanded`, with what the macros in the expansion expand to, laid out by"
    yield "rustfmt at 100 columns."

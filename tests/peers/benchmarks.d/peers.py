"""The same pipelines with everybody: what compiling them takes."""

import json
import pathlib
import shutil
import tempfile

from environments import CACHE, Missing, interpreter
from process import ROOT, best, progress, run, seconds, where_ahead

HERE = pathlib.Path(__file__).resolve().parent
NAMES = {"kfp1": "KFP", "kfp2": "KFP", "hera": "Hera", "athena": "cargo-athena"}
VERSIONS = {"kfp1": "1.8.22", "kfp2": "2.17.0", "hera": "7.1.0", "athena": "0.8.0"}
TITLES = {"ours": "**kfp**", **{peer: f"{NAMES[peer]} {version}" for peer, version in VERSIONS.items()}}
PYTHONS = {
    "kfp1": ("KFP_PYTHON", "kfp-1.8.22", "kfp==1.8.22", "setuptools<81"),
    "kfp2": ("KFP2_PYTHON", "kfp-2.17.0", "kfp==2.17.0"),
    "hera": ("HERA_PYTHON", "hera-7.1.0", "hera[yaml]==7.1.0"),
}
# Where its programs would lie; without it cargo-athena writes nothing.
ATHENA_TOML = """[artifact_repository.s3]
endpoint = "store:9000"
bucket = "programs"
region = "eu-central-1"
access_key_secret = { name = "store", key = "accessKey" }
secret_key_secret = { name = "store", key = "secretKey" }
"""
# What etcd takes in one request.
LIMIT = 1_572_864
# Larger ones take minutes with those that are missing here.
SIZES = {
    "ours": [10, 100, 1000, 10_000], "kfp1": [10, 100, 1000], "kfp2": [10, 100, 1000],
    "hera": [10, 100, 1000, 10_000], "athena": [10, 100],
}


def interpreter_of(peer):
    return interpreter(*PYTHONS[peer])


def has(peer):
    try:
        return bool(interpreter_of(peer))
    except Missing:
        return False


def ours(shape, count):
    """The table's own line: milliseconds for tracing, compiling, (emitting again,) writing, .."""
    program = cargo_program("kfp-large")
    rows = [list(map(float, run(program, "once", shape, count).text.split()[:-1])) for _ in range(5)]
    trace, compile_, _, write, _, memory, _, size = (min(row[at] for row in rows) for at in range(8))
    return {"seconds": (trace + compile_ + write) / 1e3, "memory": memory, "bytes": int(size)}


def cargo_program(package):
    messages = run("cargo", "build", "--release", "--quiet", "-p", package, "--message-format=json").text
    programs = [json.loads(line).get("executable") for line in messages.splitlines()]
    return next(program for program in programs if program)


def python(peer):
    def measure(shape, count):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "pipeline.yaml"
            ran = run(interpreter_of(peer), "-B", HERE / f"compile_{peer}.py", shape, count, path)
        return json.loads(ran.text.splitlines()[-1])

    return measure


def athena_crate(name, pipeline):
    """A crate of cargo-athena's, with its program built; all share one target folder."""
    if not shutil.which("cargo"):
        raise Missing("cargo is not there")
    crate = CACHE / "benchmarks" / name
    (crate / "src").mkdir(parents=True, exist_ok=True)
    (crate / "Cargo.toml").write_text(
        f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "2024"\n\n[workspace]\n\n[dependencies]\n'
        'cargo-athena = { version = "=0.8.0", default-features = false }\nserde = { version = "1", features = ["derive"] }\n'
    )
    (crate / "athena.toml").write_text(ATHENA_TOML)
    (crate / "src/main.rs").write_text(pipeline)
    return crate


def athena_source(shape, count, constant=1):
    lines = ["let x0 = add(1, 1);"]
    if shape == "chain":
        lines += [f"let x{at} = add(x{at - 1}, {constant});" for at in range(1, count)]
    calls = "\n    ".join(lines)
    return (
        "#![allow(dead_code, unused_variables)]\nuse cargo_athena::{container, workflow};\n\n"
        '#[container(image = "acme/steps:1")]\nfn add(a: i64, b: i64) -> i64 {\n    a + b\n}\n\n'
        f"#[workflow]\nfn pipeline() {{\n    {calls}\n}}\n\nfn main() {{ cargo_athena::entrypoint!(pipeline); }}\n"
    )


def athena(shape, count):
    """Its pipelines have no loops that run while they are built, and no lists of outputs: a chain, written out."""
    if shape != "chain":
        raise Missing("a task cannot take the outputs of any number of tasks")
    crate = athena_crate("athena-chain", athena_source(shape, count))
    target = CACHE / "benchmarks/athena-target"
    run("cargo", "build", "--release", "--quiet", cwd=crate, CARGO_TARGET_DIR=str(target))
    ran = best(3, lambda _: run(target / "release/athena-chain", cwd=crate))
    return {"seconds": ran.cpu, "memory": ran.memory, "bytes": len(ran.text)}


def ratio(value, base):
    return f"{value / base:.0f}" if value / base >= 9.95 else f"{value / base:.1f}"


def page():
    yield "## Compiling, beside others"
    yield ""
    yield "A chain, each task of which takes what the one before it gave and a constant, and a fan, in which one task takes what all"
    yield "others gave. Seconds of the cores from the call of the pipeline's function to the file, without imports and without the"
    yield "start of a process (of cargo-athena: with it); of ours the best of five. The memory is that of the whole process. In"
    yield "parentheses: how many times as much as ours. KFP 2 writes its own format, of which a cluster makes a larger Argo workflow;"
    yield "Hera's and cargo-athena's workflows keep more than 200 tasks in one DAG, which Argo 4 refuses as it is installed."
    yield ""
    measures = {"ours": ours, "kfp1": python("kfp1"), "kfp2": python("kfp2"), "hera": python("hera"), "athena": athena}
    found, missing = {}, {}
    for system, measure in measures.items():
        for shape in ["chain", "fan"]:
            for count in SIZES[system]:
                if shape == "fan" and count == 10_000 and system != "ours":
                    continue
                progress(f"  {TITLES[system]}, {shape} of {count}")
                try:
                    found[system, shape, count] = measure(shape, count)
                except (Missing, OSError) as why:
                    missing[system, shape] = str(why).splitlines()[0][:200]
                    break
    yield "| pipeline | tasks | system | time | memory | bytes | a task |"
    yield "| --- | --: | --- | --: | --: | --: | --: |"
    for shape in ["chain", "fan"]:
        for count in [10, 100, 1000, 10_000]:
            base = found.get(("ours", shape, count))
            if not base:
                continue
            for system in measures:
                one = found.get((system, shape, count))
                if not one:
                    continue
                more = {key: f" ({ratio(one[key], base[key])})" if system != "ours" else "" for key in one}
                yield (
                    f"| {shape} | {count} | {TITLES[system]} | {seconds(one['seconds'])}{more['seconds']} | "
                    f"{one['memory']:.0f} MB{more['memory']} | {one['bytes']}{more['bytes']} | {one['bytes'] / count:.0f} |"
                )
    ahead = [
        f"{TITLES[system]} in {key} of a {shape} of {count}"
        for (system, shape, count), one in found.items() if system != "ours"
        for key, value in one.items() if value < found["ours", shape, count][key]
    ]
    yield ""
    yield where_ahead(ahead)
    for (system, shape), why in missing.items():
        yield f"\nNot measured: {shape} with {TITLES[system]}: {why}."
    yield ""
    yield "Tasks of a chain until the file has 1.5 MiB, the most that etcd takes (it keeps the same as JSON, in fewer bytes):"
    yield ""
    yield "| " + " | ".join(TITLES[system] for system in measures) + " |"
    yield "|" + " --: |" * len(measures)
    cells = []
    for system in measures:
        sizes = [count for count in SIZES[system] if (system, "chain", count) in found]
        cells.append(str(fits([(count, found[system, "chain", count]["bytes"]) for count in sizes])) if len(sizes) > 1 else "·")
    yield "| " + " | ".join(cells) + " |"


def fits(sizes):
    """By what a task adds between the two largest."""
    (less, small), (more, large) = sizes[-2:]
    return int(less + (LIMIT - small) * (more - less) / (large - small))

"""The loop that people live in: one line is edited, until there is the new manifest, or the error."""

import pathlib
import shutil
import tempfile

import peers
from environments import CACHE, Missing
from process import ROOT, best, progress, run, seconds

TASKS = 20
LINE = TASKS // 2

KFP = """import warnings
warnings.filterwarnings("ignore")
import kfp
from kfp import compiler, dsl

{decorator}
def add(a: int, b: int) -> int:
    return a + b

{after}
@dsl.pipeline(name="edited")
def edited():
    {calls}

compiler.Compiler().compile(edited, "edited.yaml")
"""
HERA = """from hera.workflows import DAG, Parameter, Workflow, models, script

@script(image="acme/steps:1", outputs=[Parameter(name="sum", value_from=models.ValueFrom(path="/tmp/sum"))])
def add(a: int, b: int):
    open("/tmp/sum", "w").write(str(a + b))

with Workflow(generate_name="edited-", entrypoint="main") as workflow:
    with DAG(name="main"):
        {calls}
open("edited.yaml", "w").write(workflow.to_yaml())
"""
OURS = """use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn add(a: i64, b: i64) -> i64 {{
    a + b
}}

#[pipeline]
fn edited() -> i64 {{
    {calls}
    x{last}.output
}}
"""


def calls(first, other, constant, wrong, indent):
    lines = [first]
    for at in range(1, TASKS):
        name = "c" if wrong and at == LINE else "b"
        lines.append(other.format(at=at, before=at - 1, name=name, constant=constant if at == LINE else 1))
    return f"\n{' ' * indent}".join(lines)


def source(system, constant, wrong=False):
    if system in ["kfp1", "kfp2"]:
        after = 'add = kfp.components.create_component_from_func(add, base_image="acme/steps:1")' if system == "kfp1" else ""
        decorator = '@dsl.component(base_image="acme/steps:1")' if system == "kfp2" else ""
        lines = calls("x0 = add(a=1, b=1)", "x{at} = add(a=x{before}.output, {name}={constant})", constant, wrong, 4)
        return KFP.format(decorator=decorator, after=after, calls=lines)
    if system == "hera":
        other = (
            'x{at} = add(name="add-{at}", arguments={{"a": x{before}.get_parameter("sum"), "{name}": {constant}}}); '
            "x{before} >> x{at}"
        )
        return HERA.format(calls=calls('x0 = add(name="add-0", arguments={"a": 1, "b": 1})', other, constant, wrong, 8))
    if system == "athena":
        text = peers.athena_source("chain", TASKS, constant)
        return text.replace(f"let x{LINE} = add(x{LINE - 1}, ", f"let x{LINE} = add(") if wrong else text
    lines = calls("let x0 = add(1, 1);", "let x{at} = add(a = x{before}, {name} = {constant});", constant, wrong, 4)
    return OURS.format(calls=lines, last=TASKS - 1)


def python(system, folder):
    interpreter = peers.interpreter_of(system)
    # Not `hera.py`: its own package would be looked for in it.
    file = folder / f"edited_{system}.py"

    def once(constant, wrong):
        file.write_text(source(system, constant, wrong))
        return run(interpreter, file, cwd=folder, fails=wrong)

    once(2, False)
    good = best(5, lambda number: once(3 + number, False))
    try:
        return good, best(5, lambda number: once(3 + number, True))
    except OSError:
        return good, None


PROFILE = """
[profile.dev]
debug = "line-tables-only"
"""


def our_crate(profile=PROFILE):
    crate = CACHE / "benchmarks/edited"
    (crate / "src").mkdir(parents=True, exist_ok=True)
    kfp = f'kfp = {{ path = "{ROOT / "kfp"}" }}\n'
    (crate / "Cargo.toml").write_text(
        '[package]\nname = "edited"\nversion = "0.1.0"\nedition = "2024"\n\n[workspace]\n\n'
        f"[dependencies]\n{kfp}\n[build-dependencies]\n{kfp}{profile}"
    )
    (crate / "build.rs").write_text('fn main() {\n    kfp::build::emit!("src/pipelines.rs");\n}\n')
    (crate / "src/main.rs").write_text("mod pipelines;\n\nkfp::main!();\n")
    shutil.copy(ROOT / "Cargo.lock", crate / "Cargo.lock")
    return crate, CACHE / "benchmarks/our-target"


def ours(command, profile=PROFILE):
    crate, target = our_crate(profile)
    environment = {"CARGO_TARGET_DIR": str(target), "CARGO_INCREMENTAL": "1"}

    def once(constant, wrong):
        (crate / "src/pipelines.rs").write_text(source("ours", constant, wrong))
        return run("cargo", command, "--quiet", cwd=crate, fails=wrong, **environment)

    once(2, False)
    return best(5, lambda number: once(3 + number, False)), best(5, lambda number: once(3 + number, True))


def athena():
    target = CACHE / "benchmarks/athena-target"
    environment = {"CARGO_TARGET_DIR": str(target), "CARGO_INCREMENTAL": "1"}

    def once(constant, wrong):
        crate = peers.athena_crate("athena-edited", source("athena", constant, wrong))
        ran = run("cargo", "build", "--quiet", cwd=crate, fails=wrong, **environment)
        if wrong:
            return ran
        emitted = run(target / "debug/athena-edited", cwd=crate)
        return ran._replace(clock=ran.clock + emitted.clock, cpu=ran.cpu + emitted.cpu)

    once(2, False)
    return best(5, lambda number: once(3 + number, False)), best(5, lambda number: once(3 + number, True))


def page():
    yield "## From an edit to the manifest, or to the error"
    yield ""
    yield f"A pipeline with {TASKS} calls, one on each line, of which one is edited: a constant, or a wrong name of an argument (of"
    yield "cargo-athena: an argument too few). What is measured is the command that people run, from its start to its end: `python`"
    yield "with import and compilation, an incremental `cargo build` (of cargo-athena: and its program, which writes the manifest)."
    yield "The best of five, on the clock, with the seconds of the cores in parentheses. `cargo build` also compiles and links the"
    yield "program that runs in the containers; with a wrong name it does not come to that. `cargo check`, which editors run when a"
    yield "file is saved, writes the same manifest and only checks the program. The crate has the profile that the README shows: of"
    yield "debug information, the lines of backtraces; all of it, as cargo has it, makes two programs of 57 MB to link."
    yield ""
    yield "| system | new manifest | error |"
    yield "| --- | --: | --: |"
    rows = {}
    ours_by = {"ours": "`cargo build`", "check": "`cargo check`", "full": "`cargo build` with all debug information"}
    titles = {name: f"{peers.TITLES['ours']}, {way}" for name, way in ours_by.items()}
    with tempfile.TemporaryDirectory() as folder:
        ways = {
            "ours": lambda: ours("build"),
            "check": lambda: ours("check"),
            "full": lambda: ours("build", profile=""),
            "athena": athena,
        }
        for system, title in (titles | {name: title for name, title in peers.TITLES.items() if name != "ours"}).items():
            progress(f"  {title}")
            measure = ways.get(system, lambda: python(system, pathlib.Path(folder)))
            try:
                good, wrong = rows[system] = measure()
                yield f"| {title} | {cell(good)} | {cell(wrong) if wrong else 'no error'} |"
            except (Missing, OSError) as why:
                yield f"| {title} | not measured: {str(why).splitlines()[0][:160]} | |"
    yield ""
    yield "Who is there first:"
    yield ""
    for mine in [name for name in titles if name in rows]:
        for what, at in [("a new manifest", 0), ("an error", 1)]:
            others = [peer for peer in peers.TITLES if peer != "ours" and rows.get(peer, (None, None))[at]]
            faster = [peers.TITLES[peer] for peer in others if rows[peer][at].clock < rows[mine][at].clock]
            yield f"- before {ours_by[mine]} with {what}: {', '.join(faster) or 'nobody'}"


def cell(ran):
    return f"{seconds(ran.clock)} ({seconds(ran.cpu)})"

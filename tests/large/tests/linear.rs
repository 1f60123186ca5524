//! What the compiler does grows as the pipeline grows, and no faster: counted in instructions, by valgrind.

use std::io::{self, Write};
use std::process::Command;

/// Instructions up to and with a stage.
fn instructions(stage: &str, workload: &str, tasks: usize) -> f64 {
    let mut command = Command::new("valgrind");
    command.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
    command.arg(env!("CARGO_BIN_EXE_kfp-large")).args([stage, workload, &tasks.to_string()]);
    let output = command.output().expect("valgrind");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let counted = said.lines().find_map(|line| line.split_once("refs:")).expect("a count").1;
    counted.trim().replace(',', "").parse().expect("a number")
}

/// From one to two times as many tasks and from two to four, what each task costs grows in a ratio of 2; what each pair of
/// tasks costs, of 4.
fn is_linear(stage: &str, workload: &str, tasks: usize) {
    if Command::new("valgrind").arg("--version").output().is_err() {
        let _ = writeln!(io::stderr(), "skipped: valgrind not found");
        return;
    }
    let [one, two, four] = [1, 2, 4].map(|times| instructions(stage, workload, times * tasks));
    let ratio = (four - two) / (two - one);
    let _ = writeln!(io::stderr(), "{stage} of {workload}: a ratio of {ratio:.3}");
    assert!(ratio < 2.1, "{stage} of {workload}: {one} instructions, {two} and {four}: a ratio of {ratio:.3}");
}

#[test]
fn chain() {
    is_linear("write", "chain", 1000);
}

#[test]
fn loops() {
    is_linear("write", "loops", 1000);
}

#[test]
fn conditions() {
    is_linear("write", "conditions", 1000);
}

#[test]
fn nested() {
    is_linear("write", "nested", 1000);
}

/// More than 500 values into one task are more than a cluster takes.
#[test]
fn fan() {
    is_linear("write", "fan", 120);
}

#[test]
fn reading_back() {
    is_linear("read", "chain", 500);
}

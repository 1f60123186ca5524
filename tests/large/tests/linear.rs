//! What the compiler does grows as the pipeline grows, and no faster: counted in instructions, by valgrind, for each stage.

use std::fs;
use std::io::{self, Write};
use std::process::Command;

/// What is marked in `stages.rs`, in its order. What checking takes is what compiling takes beyond emitting.
const STAGES: [&str; 5] = ["tracing", "emitting", "checking", "writing", "reading back"];

/// Instructions of each stage.
fn instructions(workload: &str, tasks: usize) -> [f64; 5] {
    let folder = tempfile::tempdir().expect("a folder");
    let counts = folder.path().join("counts");
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--dump-after=kfp_large::stages::mark*"]);
    command.arg(format!("--callgrind-out-file={}", counts.display()));
    command.arg(env!("CARGO_BIN_EXE_kfp-large")).args(["stages", workload, &tasks.to_string()]);
    let output = command.output().expect("valgrind");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut stages = [1, 2, 3, 4, 5].map(|stage| {
        let text = fs::read_to_string(counts.with_extension(stage.to_string())).expect("what was counted");
        let count = text.lines().find_map(|line| line.strip_prefix("totals: ")).expect("a count");
        count.trim().parse::<f64>().expect("a number")
    });
    stages[2] -= stages[1];
    stages
}

/// From one to two times as many tasks and from two to four, what each task costs grows in a ratio of 2; what each pair of
/// tasks costs, of 4.
fn is_linear(workload: &str, tasks: usize) {
    if Command::new("valgrind").arg("--version").output().is_err() {
        let _ = writeln!(io::stderr(), "skipped: valgrind not found");
        return;
    }
    let [one, two, four] = [1, 2, 4].map(|times| instructions(workload, times * tasks));
    let whole: f64 = four.iter().sum();
    let mut wrong = Vec::new();
    for (at, stage) in STAGES.iter().enumerate() {
        let ratio = (four[at] - two[at]) / (two[at] - one[at]);
        let said = format!("{stage} of {workload}: a ratio of {ratio:.3}, {} of {whole} instructions", four[at]);
        let _ = writeln!(io::stderr(), "{said}");
        // Equal templates are written once, so that some stages go in steps; of what is next to nothing only the steps are
        // seen. A walk in each step of a walk makes it 2.5 and more.
        if ratio > 2.2 && four[at] > whole / 100.0 {
            wrong.push(said);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn chain() {
    is_linear("chain", 500);
}

#[test]
fn fan() {
    is_linear("fan", 500);
}

#[test]
fn loops() {
    is_linear("loops", 500);
}

#[test]
fn conditions() {
    is_linear("conditions", 500);
}

#[test]
fn nested() {
    is_linear("nested", 500);
}

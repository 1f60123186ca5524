//! Measures the compiler, from the call of a pipeline's function to the bytes of its manifest, and back:
//!
//! ```console
//! $ cargo run --release -p kfp-large                      # the table
//! $ cargo run --release -p kfp-large manifest chain 1000  # a manifest
//! ```
//!
//! Each line of the table is a process of its own, so that nothing is warm and the memory is its own. The program is also
//! that of the components.

#![expect(clippy::print_stdout, reason = "it is there to print")]

mod stages;

use kfp_large::workloads::{self, Workload};
use stages::Stages;
use std::process::{Command, ExitCode};

const SIZES: [usize; 5] = [10, 100, 1000, 10_000, 100_000];

/// Rounds of which the best counts: what else the machine does only makes things slower.
const ROUNDS: usize = 5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["kfp-exec", ..] => return kfp::cli::main(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")),
        ["once", workload, tasks] => println!("{}", Stages::measure(&named(workload), number(tasks))),
        ["write", workload, tasks] => stages::run(&named(workload), number(tasks), false),
        ["read", workload, tasks] => stages::run(&named(workload), number(tasks), true),
        ["manifest", workload, tasks] => print!("{}", named(workload).workflow(number(tasks)).to_yaml()),
        _ => table(),
    }
    ExitCode::SUCCESS
}

fn named(name: &str) -> Workload {
    workloads::ALL.into_iter().find(|workload| workload.name == name).expect("the name of a workload")
}

fn number(text: &str) -> usize {
    text.parse().expect("a number")
}

fn table() {
    println!(
        "| pipeline | tasks | tracing | checking | emitting | YAML | **source to YAML** | memory | bytes | a task | reading back | |"
    );
    println!("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --- |");
    for workload in workloads::ALL {
        for tasks in SIZES {
            let rounds = if tasks > 10_000 { 1 } else { ROUNDS };
            let best = (0..rounds).map(|_| child(workload.name, tasks)).reduce(Stages::best).expect("a round");
            println!("| {} | {tasks} | {} |", workload.name, best.row());
        }
    }
}

fn child(workload: &str, tasks: usize) -> Stages {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).args(["once", workload, &tasks.to_string()]).output().expect("a process");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().parse().expect("what it measured")
}

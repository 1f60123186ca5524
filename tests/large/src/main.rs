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
        ["once", workload, tasks, limits] => {
            println!("{}", Stages::measure(&named(workload), number(tasks), limits == "true"));
        }
        ["fits", workload, tasks] => println!("{}", stages::fits(&named(workload), number(tasks))),
        ["stages", workload, tasks] => stages::run(&named(workload), number(tasks)),
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
            let fits = child(&["fits", workload.name, &tasks.to_string()]);
            let once = || child(&["once", workload.name, &tasks.to_string(), fits.trim()]);
            let measured = (0..rounds).map(|_| once().trim().parse::<Stages>().expect("what it measured"));
            let best = measured.reduce(Stages::best).expect("a round");
            println!("| {} | {tasks} | {} |", workload.name, best.row());
        }
    }
}

fn child(arguments: &[&str]) -> String {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).args(arguments).output().expect("a process");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

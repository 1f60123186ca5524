//! `kfp-fuzz TARGET COUNT [FIRST]` feeds so many inputs, and prints the first that makes anything panic.
//! `kfp-fuzz TARGET FILE..` prints what inputs of another fuzzer are, as a corpus has them.

use kfp_fuzz::{TARGETS, Target, random};
use std::fs;
use std::io::{self, Write};
use std::panic::catch_unwind;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let target = arguments.first().and_then(|name| Target::named(name));
    match (target, arguments.get(1).map(|count| count.parse::<u64>())) {
        (Some(target), Some(Ok(count))) => {
            feed(target, count, arguments.get(2).and_then(|n| n.parse().ok()).unwrap_or(0))
        }
        (Some(target), Some(Err(_))) => show(target, &arguments[1..]),
        _ => {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            say(&format!("kfp-fuzz TARGET COUNT [FIRST] or TARGET FILE..; the targets are {}", names.join(", ")));
            ExitCode::from(2)
        }
    }
}

fn feed(target: Target, count: u64, first: u64) -> ExitCode {
    let start = Instant::now();
    for index in first..first + count {
        let data = random(index, 4 + (index % 61) as usize);
        if catch_unwind(|| target.run(&data)).is_err() {
            say(&format!("input {index} panics:\n{}", target.made(&data)));
            return ExitCode::FAILURE;
        }
    }
    let (name, seconds) = (target.name, start.elapsed().as_secs_f64());
    say(&format!("{name}: {count} inputs from {first} on, none panics, {seconds:.0} s"));
    ExitCode::SUCCESS
}

fn show(target: Target, files: &[String]) -> ExitCode {
    for file in files {
        match fs::read(file) {
            Ok(data) => say(&format!("{}\n%%", target.made(&data))),
            Err(error) => {
                say(&format!("{file}: {error}"));
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

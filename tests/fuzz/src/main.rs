//! `kfp-fuzz TARGET COUNT [FIRST]`: feeds so many inputs, and prints the first that makes anything panic.

use std::io::{self, Write};
use std::panic::catch_unwind;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize| arguments.get(index).and_then(|text| text.parse().ok());
    let (Some(target), Some(count)) = (arguments.first(), number(1)) else {
        say(&format!("kfp-fuzz TARGET COUNT [FIRST]; the targets are {}", kfp_fuzz::TARGETS.join(", ")));
        return ExitCode::from(2);
    };
    let first: u64 = number(2).unwrap_or(0);
    let start = Instant::now();
    for index in first..first + count {
        let data = kfp_fuzz::random(index, 4 + (index % 61) as usize);
        if catch_unwind(|| kfp_fuzz::run(target, &data)).is_err() {
            say(&format!("input {index} panics:\n{}", kfp_fuzz::show(target, &data)));
            return ExitCode::FAILURE;
        }
    }
    say(&format!("{target}: {count} inputs from {first} on, none panics, {:.0} s", start.elapsed().as_secs_f64()));
    ExitCode::SUCCESS
}

fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

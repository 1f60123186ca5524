//! Tools that may be missing.

use std::env;
use std::io::{self, Write};
use std::process::{Command, Output, Stdio};

/// Says something that helps to run a test again; shown if it fails.
pub fn note(what: &str) {
    #[allow(clippy::print_stderr, reason = "the test harness keeps it, and shows it where the test fails")]
    {
        eprintln!("{what}");
    }
}

/// Says that the test is skipped, past the capturing of the test harness.
pub fn skipped(why: &str) {
    say(&format!("skipped: {why}"));
}

/// Says something past the capturing of the test harness.
pub fn say(text: &str) {
    // Nothing is lost if there is nobody to read it.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Argo's program, `$ARGO` or that in the path; says that the test is skipped if there is none.
pub fn argo() -> Option<String> {
    let program = env::var("ARGO").unwrap_or_else(|_| "argo".to_owned());
    found(&program, &["version", "--short"]).then_some(program)
}

/// Whether the tool answers; says that the test is skipped if not.
pub fn found(tool: &str, arguments: &[&str]) -> bool {
    let answer = Command::new(tool).args(arguments).stdin(Stdio::null()).output();
    match answer {
        Ok(output) if output.status.success() => true,
        Ok(_) => {
            skipped(&format!("`{tool} {}` fails", arguments.join(" ")));
            false
        }
        Err(_) => {
            skipped(&format!("{tool} not found"));
            false
        }
    }
}

/// Runs a command to its end; anything else than success ends the test with what it said.
pub fn run(command: &mut Command) -> Output {
    let output = command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}: {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

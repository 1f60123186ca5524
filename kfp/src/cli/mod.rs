//! The program of a crate that holds pipelines: `kfp::main!()`.
//!
//! `list`, `compile [NAME] [-o PATH] [--json]`, `component [NAME] [-o PATH]`, and `kfp-exec COMPONENT ..`, which manifests call inside a container. With the
//! feature `engine` also `run PIPELINE`, `resume FOLDER`, `approve FOLDER`, `runs`, `logs` and `report`, on this machine.

mod compile;
mod component;
mod list;
#[cfg(feature = "engine")]
mod local;
mod usage;

use crate::snippet;
use kfp_core::diagnostic::{Diagnostic, Diagnostics, Severity};
use kfp_core::registry;
use kfp_core::runtime;
use kfp_grammar::Code;
use kfp_grammar::nearest;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use usage::Program;

/// A verb, flag or name that the program does not have.
const USAGE: Code = Code(406);
/// An archive without the feature that writes it.
const ARCHIVE: Code = Code(408);
/// A file that cannot be written.
const FILES: Code = Code(407);

/// Gives a crate its `main`: the verbs `list`, `compile`, `component` and `kfp-exec`; with the feature `engine` also `run`, `resume`,
/// `approve`, `runs`, `logs` and `report`.
///
/// ```no_run
/// mod pipelines {
///     // .. or in a file of its own
/// }
///
/// kfp::main!();
/// ```
#[macro_export]
macro_rules! main {
    () => {
        fn main() -> ::std::process::ExitCode {
            $crate::cli::main(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"))
        }
    };
}

/// What `kfp::main!()` calls, with the name and version of the user's package.
///
/// ```no_run
/// fn main() -> std::process::ExitCode {
///     kfp::cli::main("iris", "1.0.0")
/// }
/// ```
pub fn main(name: &str, version: &str) -> ExitCode {
    let program = Program { name, version };
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    let outcome = match local(&args) {
        Some(Ok(code)) => return code,
        Some(Err(refused)) => refused,
        None => run(&program, args),
    };
    print(&outcome);
    ExitCode::from(outcome.exit)
}

/// What a run of the program prints, and its exit code.
#[derive(Default, Debug)]
struct Outcome {
    stdout: String,
    stderr: String,
    exit: u8,
}

impl Outcome {
    fn text(stdout: String) -> Self {
        Self { stdout, ..Self::default() }
    }

    /// An error of usage: exit code 2.
    fn refused(code: Code, message: &str, help: &str) -> Self {
        Self { stderr: format!("error[{code}]: {message}\n  help: {help}\n"), exit: 2, ..Self::default() }
    }

    /// Adds errors and warnings with their source lines.
    fn diagnostics(mut self, found: &Diagnostics) -> Self {
        for diagnostic in &found.0 {
            self.stderr.push_str(&describe(diagnostic));
        }
        if found.has_errors() {
            self.exit = 1;
        }
        self
    }
}

/// What runs here prints as it goes.
#[cfg(feature = "engine")]
fn local(args: &[OsString]) -> Option<Result<ExitCode, Outcome>> {
    let (verb, args) = args.split_first()?;
    local::verb(verb.to_str()?, args.to_vec(), &registry::pipelines(), &registry::components())
}

#[cfg(not(feature = "engine"))]
fn local(args: &[OsString]) -> Option<Result<ExitCode, Outcome>> {
    let verb = args
        .first()?
        .to_str()
        .filter(|verb| matches!(*verb, "run" | "resume" | "approve" | "runs" | "logs" | "report"))?;
    let help = "add it where the crate depends on kfp: `kfp = { .., features = [\"engine\"] }`";
    Some(Err(Outcome::refused(USAGE, &format!("`{verb}` needs the feature `engine` of kfp"), help)))
}

fn run(program: &Program, args: Vec<OsString>) -> Outcome {
    let mut args = args.into_iter();
    let Some(verb) = args.next() else { return Outcome { exit: 2, stderr: program.usage(), ..Outcome::default() } };
    match verb.to_string_lossy().as_ref() {
        "list" if args.len() == 0 => Outcome::text(list::list(&registry::pipelines(), &registry::components())),
        "explain" => explain(program, args.next().filter(|_| args.len() == 0)),
        "list" => Outcome::refused(USAGE, "`list` takes no arguments", &format!("{} list", program.name)),
        "compile" => compile::run(args, &registry::pipelines(), &registry::components()),
        "component" => component::run(args, &registry::components()),
        "kfp-exec" => exec(args),
        "help" | "--help" | "-h" => Outcome::text(program.usage()),
        "--version" | "-V" => Outcome::text(format!("{} {}\n", program.name, program.version)),
        other => {
            let help = match nearest(
                other,
                [
                    "list",
                    "compile",
                    "component",
                    "run",
                    "resume",
                    "approve",
                    "runs",
                    "logs",
                    "report",
                    "explain",
                    "kfp-exec",
                    "--help",
                    "--version",
                ],
            ) {
                Some(verb) => format!("did you mean `{verb}`?"),
                None => format!("`{} --help` shows what there is", program.name),
            };
            Outcome::refused(USAGE, &format!("there is no `{other}`"), &help)
        }
    }
}

/// `explain KFP104`: the page of a code.
fn explain(program: &Program, code: Option<OsString>) -> Outcome {
    let code = code.unwrap_or_default().to_string_lossy().into_owned();
    match code.parse().ok().and_then(kfp_explain::explain) {
        Some(page) => Outcome::text(page),
        None => {
            Outcome::refused(USAGE, &format!("there is no code `{code}`"), &format!("{} explain KFP104", program.name))
        }
    }
}

fn exec(args: impl Iterator<Item = OsString>) -> Outcome {
    match runtime::exec(&registry::components(), args) {
        Ok(()) => Outcome::default(),
        Err(failure) => Outcome { stderr: format!("{failure}\n"), exit: failure.exit, ..Outcome::default() },
    }
}

/// A diagnostic as a compiler prints it.
fn describe(diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut text = format!("{severity}[{}]: {}\n", diagnostic.code, diagnostic.message);
    let _ = writeln!(text, " --> {}", diagnostic.place);
    for line in snippet::lines(diagnostic.place, &[Path::new(".")]).iter().flatten() {
        let _ = writeln!(text, "  {line}");
    }
    for (place, what) in &diagnostic.related {
        let _ = writeln!(text, "  {place}: {what}");
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(text, "  help: {help}");
    }
    text
}

/// The one place that prints. Nobody reading is no error: `program compile | head`.
fn print(outcome: &Outcome) {
    let _ = std::io::stdout().write_all(outcome.stdout.as_bytes());
    let _ = std::io::stdout().flush();
    let _ = std::io::stderr().write_all(outcome.stderr.as_bytes());
}

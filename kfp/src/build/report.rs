//! Diagnostics as lines that cargo shows.

use crate::snippet;
use kfp_core::diagnostic::{Diagnostic, Severity};
use kfp_grammar::Code;
use std::path::Path;

/// A diagnostic: header, source line, other places, help.
pub(super) fn diagnostic(diagnostic: &Diagnostic, package: &Path) -> Vec<String> {
    let mut lines = vec![format!("{}: [{}] {}", diagnostic.place, diagnostic.code, diagnostic.message)];
    lines.extend(snippet::lines(diagnostic.place, &[package]).into_iter().flatten());
    lines.extend(diagnostic.related.iter().map(|(place, what)| format!("  {place}: {what}")));
    lines.extend(diagnostic.help.iter().map(|help| format!("  help: {help}")));
    let directive = match diagnostic.severity {
        Severity::Error => "cargo::error",
        Severity::Warning => "cargo::warning",
    };
    // A directive is one line, whatever stands in it.
    let lines = lines.iter().flat_map(|text| text.lines());
    lines.map(|line| format!("{directive}={line}")).collect()
}

/// An error without a place.
pub(super) fn line(code: Code, message: &str) -> String {
    format!("cargo::error=[{code}] {message}")
}

/// What to write instead.
pub(super) fn help(text: &str) -> String {
    format!("cargo::error=  help: {text}")
}

/// The one place of a build script that prints.
#[expect(clippy::print_stdout, reason = "cargo reads a build script's standard output")]
pub(super) fn print(lines: &[String]) {
    for line in lines {
        println!("{line}");
    }
}

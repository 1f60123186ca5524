//! The only place that prints, but for progress on a terminal.

use std::io::{self, Write};

/// A line on standard output. Who reads it may have gone.
pub fn out(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// A line on standard error.
pub fn err(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

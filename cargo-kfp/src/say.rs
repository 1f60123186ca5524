//! The only place that prints.

use std::io::{self, Write};

/// A line on standard output. Who reads it may have gone.
pub(crate) fn out(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// A line on standard error.
pub(crate) fn err(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

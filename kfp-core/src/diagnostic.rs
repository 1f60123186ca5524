//! Errors and warnings as data, until one place prints them.

use kfp_grammar::{Code, Mistake};
use std::fmt;

/// A place in the user's source, as the compiler names it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Place {
    /// The file, as `rustc` was given it.
    pub file: &'static str,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

impl Place {
    /// A place by its parts.
    pub const fn at(file: &'static str, line: u32, column: u32) -> Self {
        Self { file, line, column }
    }

    /// The place of the caller.
    #[track_caller]
    pub fn caller() -> Self {
        std::panic::Location::caller().into()
    }
}

impl From<&'static std::panic::Location<'static>> for Place {
    fn from(location: &'static std::panic::Location<'static>) -> Self {
        Self { file: location.file(), line: location.line(), column: location.column() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Legal, and probably not meant.
    Warning,
}

/// One thing that is wrong, where, and what to write instead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Which kind of mistake.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in the user's words: lower case, no full stop, names in backticks.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What to write instead.
    pub help: Option<String>,
    /// Other places that belong to it, each with what it is.
    pub related: Vec<(Place, String)>,
}

impl Diagnostic {
    /// An error without help.
    #[doc(hidden)]
    pub fn error(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, message: message.into(), place, help: None, related: Vec::new() }
    }

    /// What is wrong with a text of a small language.
    pub(crate) fn mistaken(mistake: Mistake, place: Place) -> Self {
        Self { help: mistake.help, ..Self::error(mistake.code, place, mistake.message) }
    }

    /// A warning without help.
    #[doc(hidden)]
    pub fn warning(code: Code, place: Place, message: impl Into<String>) -> Self {
        debug_assert!(code.is_warning(), "{code} can be allowed where it is meant");
        Self { severity: Severity::Warning, ..Self::error(code, place, message) }
    }

    /// Adds what to write instead.
    #[doc(hidden)]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that belongs to it.
    #[doc(hidden)]
    pub fn related(mut self, place: Place, what: impl Into<String>) -> Self {
        self.related.push((place, what.into()));
        self
    }
}

/// A stretch of the source in which one kind of warning is meant: `#[kfp::allow(KFP208)]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Allowed {
    /// Which.
    pub code: Code,
    /// Where it begins.
    pub from: Place,
    /// The line and column where it ends.
    pub to: (u32, u32),
}

impl Allowed {
    /// Whether a diagnostic is such a warning, at its place or at one that belongs to it. Errors are never allowed.
    pub fn covers(&self, diagnostic: &Diagnostic) -> bool {
        let places = diagnostic.related.iter().map(|(place, _)| *place).chain([diagnostic.place]);
        diagnostic.severity == Severity::Warning
            && diagnostic.code == self.code
            && places.into_iter().any(|place| self.holds(place))
    }

    fn holds(&self, Place { file, line, column }: Place) -> bool {
        file == self.from.file && ((self.from.line, self.from.column)..=self.to).contains(&(line, column))
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: [{}] {}", self.place, self.code, self.message)?;
        for (place, what) in &self.related {
            write!(f, "\n  {place}: {what}")?;
        }
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

/// What was found wrong in one go, errors and warnings.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostics {
    /// Whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// Adds one.
    #[doc(hidden)]
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

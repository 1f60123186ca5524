//! Why a component did not end well.

use kfp_grammar::Code;
use std::error::Error;
use std::fmt;

/// No component of that name is in the program.
pub(super) const UNKNOWN: Code = Code(500);
/// The program and the manifest come from different sources.
pub(super) const FINGERPRINT: Code = Code(501);
/// The command line is not one of `kfp-exec`.
pub(super) const COMMAND_LINE: Code = Code(502);
/// A parameter whose text is no value of its type.
pub(super) const PARAMETER: Code = Code(503);
/// An input artifact that is not there.
pub(super) const ARTIFACT: Code = Code(504);
/// The function returned an error.
pub(super) const RETURNED_ERROR: Code = Code(505);
/// The function panicked.
pub(super) const PANICKED: Code = Code(506);
/// The function ended without writing an `Output`.
pub(super) const UNWRITTEN: Code = Code(507);
/// A returned value that has no text.
pub(super) const UNSPEAKABLE: Code = Code(508);
/// The file system refused an output.
pub(super) const FILES: Code = Code(509);

/// Why a component did not end well: a code, words, and the exit code of the program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// Which kind of mistake.
    pub code: Code,
    /// What went wrong, with the name of the component.
    pub message: String,
    /// The errors behind it, outermost first.
    pub causes: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// The exit code: 1 for an error of the function, 2 for inputs and command lines, 101 for a panic.
    pub exit: u8,
}

impl Failure {
    pub(super) fn new(code: Code, exit: u8, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), causes: Vec::new(), help: None, exit }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the chain of errors behind an error.
    pub(super) fn caused_by(mut self, error: &(dyn Error + 'static)) -> Self {
        let mut source = error.source();
        while let Some(error) = source {
            self.causes.push(error.to_string());
            source = error.source();
        }
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error[{}]: {}", self.code, self.message)?;
        for cause in &self.causes {
            write!(f, "\n  caused by: {cause}")?;
        }
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

impl Error for Failure {}

//! Which warnings are errors, and which are not wanted at all, in a whole package.

use kfp_core::diagnostic::{Diagnostics, Severity};
use kfp_grammar::Code;

/// A list of warnings that names something else.
const LIST: Code = Code(420);

/// Some warnings: `warnings` for all, or codes with commas between them.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
enum Selection {
    #[default]
    None,
    All,
    Codes(Vec<Code>),
}

impl Selection {
    fn has(&self, code: Code) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Codes(codes) => codes.contains(&code),
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        match text.trim() {
            "" => Ok(Self::None),
            "warnings" => Ok(Self::All),
            list => list.split(',').map(|name| code(name.trim())).collect::<Result<_, _>>().map(Self::Codes),
        }
    }
}

fn code(name: &str) -> Result<Code, String> {
    name.parse().ok().filter(|code: &Code| code.is_warning()).ok_or_else(|| {
        format!("[{LIST}] `{name}` is no warning; write codes of warnings, as `KFP220,KFP225`, or `warnings` for all")
    })
}

/// What becomes of warnings.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Levels {
    deny: Selection,
    allow: Selection,
}

/// What turns warnings into errors where a manifest is made, for CI.
pub(crate) const VARIABLE: &str = "KFP_DENY";

impl Levels {
    /// What is asked for here, and by the environment.
    pub(crate) fn read(deny: &str, allow: &str) -> Result<Self, String> {
        let everywhere = std::env::var(VARIABLE).unwrap_or_default();
        let deny = if everywhere.trim().is_empty() { deny } else { &everywhere };
        Ok(Self { deny: Selection::parse(deny)?, allow: Selection::parse(allow)? })
    }

    /// Drops the warnings that are allowed, and makes errors of those that are denied.
    pub(crate) fn apply(&self, found: &mut Diagnostics) {
        let is_warning = |severity| severity == Severity::Warning;
        found.0.retain(|diagnostic| !is_warning(diagnostic.severity) || !self.allow.has(diagnostic.code));
        for diagnostic in &mut found.0 {
            if is_warning(diagnostic.severity) && self.deny.has(diagnostic.code) {
                diagnostic.severity = Severity::Error;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Severity::{Error, Warning};
    use kfp_core::diagnostic::{Diagnostic, Place};

    #[test]
    fn lists_name_warnings() {
        assert_eq!(Selection::parse(""), Ok(Selection::None));
        assert_eq!(Selection::parse("warnings"), Ok(Selection::All));
        assert_eq!(Selection::parse("KFP220, KFP208"), Ok(Selection::Codes(vec![Code(220), Code(208)])));
        for text in ["KFP104", "all", "KFP220,,KFP208"] {
            assert!(Selection::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn errors_stay_errors() {
        let place = Place { file: "src/pipelines.rs", line: 1, column: 1 };
        let found = || {
            Diagnostics(vec![
                Diagnostic::error(Code(201), place, "a"),
                Diagnostic::warning(Code(220), place, "b"),
                Diagnostic::warning(Code(225), place, "c"),
            ])
        };
        let left = |deny: &str, allow: &str| {
            let levels = Levels { deny: Selection::parse(deny).unwrap(), allow: Selection::parse(allow).unwrap() };
            let mut found = found();
            levels.apply(&mut found);
            found.0.iter().map(|one| (one.code.0, one.severity)).collect::<Vec<_>>()
        };
        assert_eq!(left("", ""), [(201, Error), (220, Warning), (225, Warning)]);
        assert_eq!(left("KFP220", "KFP225"), [(201, Error), (220, Error)]);
        assert_eq!(left("warnings", "KFP220"), [(201, Error), (225, Error)]);
    }
}

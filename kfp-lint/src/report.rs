//! Where findings are collected.

use crate::document::Document;
use crate::finding::{Finding, Level};
use crate::path::Path;
use crate::tree::Place;
use kfp_grammar::Code;

/// The findings of one document.
pub(crate) struct Report<'d> {
    document: &'d Document<'d>,
    findings: Vec<Finding>,
}

impl<'d> Report<'d> {
    pub(crate) fn new(document: &'d Document<'d>) -> Self {
        Self { document, findings: Vec::new() }
    }

    pub(crate) fn into_findings(mut self) -> Vec<Finding> {
        self.findings.sort_by_key(|a| (a.line, a.column, a.code));
        self.findings.dedup();
        self.findings
    }

    /// Something wrong with the value at a path.
    pub(crate) fn error(&mut self, code: Code, path: &Path, message: impl Into<String>, help: impl Into<String>) {
        self.push(code, Level::Error, self.document.tree.place(path), message.into(), help.into());
    }

    /// Something at a path that is probably not meant.
    pub(crate) fn warning(&mut self, code: Code, path: &Path, message: impl Into<String>, help: impl Into<String>) {
        self.push(code, Level::Warning, self.document.tree.place(path), message.into(), help.into());
    }

    /// Something wrong with the name of a field.
    pub(crate) fn key(&mut self, code: Code, level: Level, path: &Path, message: String, help: String) {
        self.push(code, level, self.document.tree.key_place(path), message, help);
    }

    /// Something wrong within a text, so many bytes from its beginning.
    pub(crate) fn within(
        &mut self,
        code: Code,
        path: &Path,
        offset: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let place = self.document.tree.place_within(path, offset, self.document.source.text);
        self.push(code, Level::Error, place, message.into(), help.into());
    }

    fn push(&mut self, code: Code, level: Level, (line, column): Place, message: String, help: String) {
        let file = self.document.source.name.to_owned();
        let help = Some(help).filter(|help| !help.is_empty());
        self.findings.push(Finding { file, line, column, level, code, message, help });
    }
}

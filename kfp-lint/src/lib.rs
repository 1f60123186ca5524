//! Finds in Argo Workflow manifests, ours or anybody's, what Argo's own validation does not look at.
//!
//! `argo lint` reads simple tags and the shape of a manifest. It never looks into expressions, `when`, `depends`, durations,
//! quantities, patches, keys of memos or sizes, and lets a task read one that it does not wait for. Such a workflow is
//! accepted, and fails or hangs on the cluster. [`lint`] reports each of these with file, line and column.
//!
//! ```
//! use kfp_lint::{Source, lint};
//!
//! let text = "\
//! apiVersion: argoproj.io/v1alpha1
//! kind: Workflow
//! spec:
//!   entrypoint: main
//!   templates:
//!   - name: main
//!     suspend: {duration: 5 minutes}
//! ";
//! let found = lint(&[Source { name: "wait.yaml", text }]);
//! assert!(found[0].to_string().starts_with("wait.yaml:7:26: error: [KFP310]"));
//! ```

#![warn(missing_docs)]

mod codes;
mod document;
mod finding;
mod library;
mod path;
mod report;
mod rules;
mod scope;
mod tree;

pub use finding::{Finding, Level, Source};

use document::Document;
use library::Library;
use report::Report;

/// Everything that is wrong with the workflows and templates of these files, file by file, in the order of the lines.
///
/// A `templateRef` is looked up in all of the files; one to a manifest that is not among them is not followed. Documents that
/// are not Argo's are passed over.
pub fn lint(sources: &[Source<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut documents: Vec<Document<'_>> = Vec::new();
    for source in sources {
        match document::read(*source) {
            Ok(found) => documents.extend(found),
            Err(error) => findings.push(unreadable(source, error)),
        }
    }
    let library = Library::of(&documents);
    for document in &documents {
        let mut report = Report::new(document);
        rules::check(document, &library, &mut report);
        findings.extend(report.into_findings());
    }
    findings
}

fn unreadable(source: &Source<'_>, error: kfp_core::argo::ReadError) -> Finding {
    let whole = |number: u64| usize::try_from(number).unwrap_or(1);
    let (line, column) = error.position.map_or((1, 1), |(line, column)| (whole(line), whole(column)));
    Finding {
        file: source.name.to_owned(),
        line,
        column,
        level: Level::Error,
        code: error.code,
        message: error.message,
        help: None,
    }
}

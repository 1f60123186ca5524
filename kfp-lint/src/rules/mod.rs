//! What is looked at: one file for each kind of mistake.

mod calls;
mod definitions;
pub(crate) mod depends;
mod fields;
mod kinds;
mod limits;
mod literals;
mod loops;
mod references;
mod texts;
mod when;

use crate::document::Document;
use crate::library::Library;
use crate::report::Report;

/// Everything about one document.
pub(crate) fn check(document: &Document<'_>, library: &Library<'_>, report: &mut Report<'_>) {
    kinds::check(document, report);
    fields::check(document, report);
    definitions::check(document, report);
    limits::check(document, report);
    literals::check(document, report);
    calls::check(document, library, report);
    depends::check(document, report);
    loops::check(document, report);
    when::check(document, report);
    references::check(document, library, report);
}

//! Texts of commands that are longer than what Linux starts a program with.

use super::LONG_ARGUMENT;
use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, OpBody, OpText};

/// Linux's `MAX_ARG_STRLEN`, less the zero at the end.
const LONGEST: usize = 128 * 1024 - 1;

/// Finds commands and arguments of containers that cannot be passed.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for op in &graph.ops {
        let OpBody::Container(container) = &op.body else { continue };
        let texts = container.command.iter().chain(&container.args);
        let longest = texts.filter_map(OpText::literal).map(|text| text.len()).max().unwrap_or(0);
        if longest > LONGEST {
            let message = format!(
                "the command of `{}` has a text of {longest} bytes, and Linux passes {LONGEST} to a program at most",
                op.name
            );
            let help = "let the crate's own program or a file of the image hold what is so long";
            found.push(Diagnostic::error(LONG_ARGUMENT, op.place, message).help(help));
        }
    }
}

//! Pauses that would end without what they are to give.

use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, OpBody, OutputKind};
use kfp_grammar::Code;

/// A pause that ends by itself, with nobody to supply what it gives.
const UNSUPPLIED: Code = Code(272);

/// Finds pauses with an end of their own whose outputs have no default.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for op in &graph.ops {
        let OpBody::Suspend(pause) = &op.body else { continue };
        let Some(duration) = &pause.duration else { continue };
        for output in &op.outputs {
            if let OutputKind::Supplied { default: None, .. } = output.kind {
                let after = duration.literal().map_or_else(|| "its time".to_owned(), |time| format!("`{time}`"));
                let message =
                    format!("`{}` goes on after {after}, and then nobody has supplied `{}`", op.name, output.name);
                let help = "say what it is then: `.supplied_default(..)`, or leave the `.duration(..)` out";
                found.push(Diagnostic::error(UNSUPPLIED, op.place, message).help(help));
            }
        }
    }
}

//! Memory and disks in bytes where more was meant: `2` for `2Gi`.

use super::{MEMORY, pods, warn};
use crate::check::{constant, containers};
use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use kfp_grammar::quantity;

/// Less than any program needs.
const LITTLE: &str = "1Mi";

/// Warns of limits and requests below a mebibyte.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let Ok(little) = quantity::parse(LITTLE) else { return };
    for pod in pods(graph) {
        for (_, container) in containers(&pod.options) {
            for (field, of) in ["limits", "requests"].into_iter().zip(["a limit", "a request"]) {
                for resource in ["memory", "ephemeral-storage"] {
                    let Some(text) = constant(&container.get("resources").unwrap_or_default()[field][resource]) else {
                        continue;
                    };
                    if quantity::parse(&text).is_ok_and(|given| given < little) {
                        let unit = if text.ends_with(|c: char| c.is_ascii_digit()) { " bytes" } else { "" };
                        let message = format!(
                            "`{}` has {of} of {text}{unit} of `{resource}`, and no program runs with that",
                            pod.node.name
                        );
                        let number = text.trim_end_matches(|c: char| !c.is_ascii_digit());
                        warn(
                            found,
                            MEMORY,
                            pod.node.place,
                            message,
                            &format!("write the unit: `{number}Gi`, `{number}Mi`"),
                        );
                    }
                }
            }
        }
    }
}

//! Cached tasks that are there for their effect.

use super::{CACHE, pods, warn};
use crate::diagnostic::Diagnostic;
use crate::graph::Graph;

/// Warns of tasks without outputs that ask for KFP's cache: taken from it, they do nothing.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for pod in pods(graph) {
        let asks = pod.options.caching == Some(true)
            || pod
                .options
                .max_cache_staleness
                .as_ref()
                .is_some_and(|text| text.literal().is_none_or(|text| text != "P0D"));
        if asks && pod.op.outputs.is_empty() {
            let message = format!(
                "`{}` gives nothing, so it is there for its effect, and a cached run of it has none",
                pod.node.name
            );
            warn(found, CACHE, pod.node.place, message, "do not cache it: `.set_caching_options(false)`");
        }
    }
}

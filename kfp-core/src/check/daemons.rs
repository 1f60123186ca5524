//! Daemons: ready before others ask for them, and asked for nothing that only an end could give.

use super::nodes;
use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, NodeId, NodeKind, Options};
use kfp_grammar::Code;

/// A daemon of which nobody can say when it is ready.
const UNREADY: Code = Code(276);
/// A daemon of whose end something is asked.
const ENDLESS: Code = Code(277);

/// Looks at the daemons of a graph.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for (_, node) in nodes(graph) {
        let NodeKind::Task(task) = &node.kind else { continue };
        let options = graph.options(task);
        if !options.argo.daemon {
            continue;
        }
        if let Some(asked) = asked(&options, &node.ending) {
            let message = format!("`{}` is a daemon, which never ends by itself, and has {asked}", node.name);
            let help = "leave that out, or ask it of a task that uses the daemon";
            found.push(Diagnostic::error(ENDLESS, node.place, message).help(help));
        }
        if !options.container.contains_key("readinessProbe") {
            let message =
                format!("`{}` is a daemon without a readiness probe: others start before it answers", node.name);
            let help = "say how it is asked, before `.daemon()`: `.set_readiness_probe(Probe::tcp_socket(6379))`";
            found.push(Diagnostic::warning(UNREADY, node.place, message).help(help));
        }
    }
}

/// What only a task that ends can give.
fn asked(options: &Options, ending: &crate::graph::Ending) -> Option<&'static str> {
    if ending.caught {
        Some("an `.outcome()`")
    } else if !ending.hooks.is_empty() {
        Some("a hook")
    } else if options.argo.memoize.is_some() {
        Some("a result to remember")
    } else {
        None
    }
}

/// Whether a node is a daemon.
pub(super) fn is_daemon(graph: &Graph, node: NodeId) -> bool {
    let NodeKind::Task(task) = &graph[node].kind else { return false };
    graph[task.op].options.argo.daemon || task.options.as_ref().is_some_and(|options| options.argo.daemon)
}

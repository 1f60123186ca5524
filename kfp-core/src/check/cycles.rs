//! Tasks that wait for each other.

use super::{AFTER, CYCLE, called};
use crate::argo::emit::layout::{blocks, nodes, siblings};
use crate::diagnostic::Diagnostic;
use crate::graph::{BlockId, Graph, Node, NodeId, Reads, Source, ValueId};
use crate::hash::HashSet;

/// Finds nodes that wait for themselves, by `.after` or through values.
pub(super) fn check(graph: &Graph, owners: &[Option<NodeId>], found: &mut Vec<Diagnostic>) {
    let mut edges = vec![Vec::new(); graph.nodes.len()];
    let mut add = |from: NodeId, to: NodeId| {
        if let Some((from, to)) = siblings(graph, owners, from, to)
            && from != to
        {
            edges[from.0 as usize].push(to);
        }
    };
    for (id, node) in nodes(graph) {
        for &other in &node.after {
            match siblings(graph, owners, id, other) {
                Some((one, two)) if one == two => found.push(enclosing(graph, owners, id, other)),
                _ => add(id, other),
            }
        }
        for used in used(graph, node) {
            add(id, used);
        }
    }
    for edges in &mut edges {
        edges.sort_unstable();
        edges.dedup();
    }
    if let Some(cycle) = cycle(&edges) {
        found.push(report(graph, &cycle));
    }
}

fn enclosing(graph: &Graph, owners: &[Option<NodeId>], id: NodeId, other: NodeId) -> Diagnostic {
    let place = graph[id].place;
    let (one, two) = (called(graph, id), called(graph, other));
    if id == other {
        return Diagnostic::error(AFTER, place, format!("{one} waits for itself")).help("remove this `.after`");
    }
    let encloses = |outer: NodeId, inner: NodeId| {
        std::iter::successors(owners[graph[inner].block.0 as usize], |n| owners[graph[*n].block.0 as usize])
            .any(|node| node == outer)
    };
    let message = if encloses(other, id) {
        format!("{one} waits for {two} that it stands in, which is over only when {one} is")
    } else if encloses(id, other) {
        format!("{one} waits for {two} that stands in it")
    } else {
        format!("{one} waits for {two}, and only one of both branches runs, or one follows the other anyway")
    };
    Diagnostic::error(AFTER, place, message)
        .related(graph[other].place, format!("{two} is here"))
        .help("remove this `.after`, or let another task wait")
}

fn report(graph: &Graph, cycle: &[NodeId]) -> Diagnostic {
    let names: Vec<_> = cycle.iter().chain(cycle.first()).map(|node| called(graph, *node)).collect();
    let mut error =
        Diagnostic::error(CYCLE, graph[cycle[0]].place, format!("tasks wait for each other: {}", names.join(" -> ")))
            .help("remove one of these `.after`");
    for node in &cycle[1..] {
        error = error.related(graph[*node].place, format!("{} is here", called(graph, *node)));
    }
    error
}

/// A cycle, each node followed by one that it waits for. Without recursion: chains may be long.
fn cycle(edges: &[Vec<NodeId>]) -> Option<Vec<NodeId>> {
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    let mut state = vec![0_u8; edges.len()];
    for start in (0..edges.len()).filter_map(|index| u32::try_from(index).ok()).map(NodeId) {
        let mut path: Vec<(NodeId, usize)> = vec![(start, 0)];
        while let Some((node, next)) = path.last_mut() {
            let index = node.0 as usize;
            if *next == 0 && state[index] == DONE {
                path.pop();
                continue;
            }
            state[index] = OPEN;
            let Some(&other) = edges[index].get(*next) else {
                state[index] = DONE;
                path.pop();
                continue;
            };
            *next += 1;
            match state[other.0 as usize] {
                OPEN => {
                    let nodes: Vec<_> = path.iter().map(|(node, _)| *node).collect();
                    return nodes.iter().position(|node| *node == other).map(|from| nodes[from..].to_vec());
                }
                DONE => {}
                _ => path.push((other, 0)),
            }
        }
    }
    None
}

/// The nodes that a node takes values from, itself or what it asks and gives; not what its blocks' nodes take, which are
/// nodes of their own.
fn used(graph: &Graph, node: &Node) -> Vec<NodeId> {
    let mut reads = Reads::new(graph);
    reads.node(node);
    let inner: HashSet<BlockId> = blocks(node).into_iter().collect();
    let from = |value: &ValueId| match graph[*value].source {
        Source::Output { node, .. } | Source::Status(Some(node)) | Source::ExitCode(node) | Source::Address(node) => {
            Some(node)
        }
        _ => None,
    };
    reads.values.iter().filter_map(from).filter(|node| !inner.contains(&graph[*node].block)).collect()
}

//! How files are kept, and files that may be missing.

use super::{RANGE, nodes, word};
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Archive, Graph, InputKind, Node, NodeKind, Operand, Options, Reads, Source, ValueId};
use kfp_grammar::Code;
use kfp_grammar::word::ARTIFACT_GC;
use std::collections::HashSet;

/// A file that may be missing, where it has to be there.
const MISSING: Code = Code(283);

/// Looks at the files of tasks.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let mut seen = HashSet::new();
    for (_, node) in nodes(graph) {
        if let NodeKind::Task(task) = &node.kind {
            task.options.iter().for_each(|options| words(options, node.place, found));
            if seen.insert(task.op) {
                words(&graph[task.op].options, graph[task.op].place, found);
            }
        }
        missing(graph, node, found);
    }
    for pipeline in &graph.pipelines {
        for (_, _, operand) in &pipeline.outputs {
            if let Operand::Value(value) = operand {
                refuse(graph, *value, pipeline.place, found);
            }
        }
    }
}

fn words(options: &Options, place: Place, found: &mut Vec<Diagnostic>) {
    for (_, stored) in &options.stored {
        found.extend(word("`artifact_gc`", stored.gc.as_deref(), ARTIFACT_GC.known, place));
        if let Some(Archive::Tar { compression_level: level @ 10.. }) = stored.archive {
            let error =
                Diagnostic::error(RANGE, place, format!("the compression level of an archive cannot be {level}"));
            found.push(error.help("write 0 to 9"));
        }
    }
    for (_, placed) in &options.placed {
        if let Some(mode) = placed.mode.filter(|mode| *mode > 0o777) {
            let error = Diagnostic::error(RANGE, place, format!("the mode of a file cannot be {mode:#o}"));
            found.push(error.help("write 0 to 0o777"));
        }
    }
}

/// Whoever gets a file that may be missing has to be ready for that.
fn missing(graph: &Graph, node: &Node, found: &mut Vec<Diagnostic>) {
    let NodeKind::Task(task) = &node.kind else {
        let mut reads = Reads::new(graph);
        reads.node(node);
        reads.values.into_iter().for_each(|value| refuse(graph, value, node.place, found));
        return;
    };
    let op = &graph[task.op];
    for (index, (input, arg)) in op.inputs.iter().zip(&task.args).enumerate() {
        let Some(Operand::Value(value)) = arg else { continue };
        let takes = op.options.placed.iter().any(|(at, placed)| *at as usize == index && placed.optional);
        if !(takes && matches!(input.kind, InputKind::Artifact(_))) {
            refuse(graph, *value, node.place, found);
        }
    }
}

fn refuse(graph: &Graph, value: ValueId, place: Place, found: &mut Vec<Diagnostic>) {
    let source = match graph[value].source {
        Source::Content(of) => &graph[of].source,
        ref source => source,
    };
    let Source::Output { node, index } = *source else { return };
    if graph.is_optional(node, index) {
        let message = format!("the file of `{}` may be missing, and what it is given to needs it", graph[node].name);
        let error = Diagnostic::error(MISSING, place, message).related(graph[node].place, "it is made here");
        found.push(
            error.help("mark the input of the component that reads it: `#[input(optional)] model: Input<Model>`"),
        );
    }
}

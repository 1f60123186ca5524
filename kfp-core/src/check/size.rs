//! What Argo's own definitions and the API server limit. It is seen on the finished manifest.

use super::SIZE;
use crate::argo::Workflow;
use crate::argo::emit::Emitted;
use crate::argo::emit::parts::{LIMIT, Split};
use crate::argo::size::{MOST_BYTES, Size, json};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::graph::{Graph, PipelineId};
use kfp_grammar::Code;

/// Tasks that wait for more than they need, so that the DAG fits.
const WAITS: Code = Code(219);
/// More templates than Argo's default definitions allow.
const TEMPLATES: Code = Code(290);
/// More bytes than the API server takes.
const BYTES: Code = Code(291);
/// Nearly as many.
const LARGE: Code = Code(292);
/// More inputs than Argo's default definitions allow.
const INPUTS: Code = Code(293);

/// The most inputs of a template under the definitions that Argo 4 installs.
const MOST_INPUTS: usize = 500;

/// Looks at a manifest. What is too large for Argo 4 as it is installed is only a warning where the pipeline is flat: then
/// it is set up otherwise.
pub(super) fn check(graph: &Graph, emitted: &Emitted, found: &mut Vec<Diagnostic>) {
    let Some(main) = graph.pipelines.first() else { return };
    let workflow = &emitted.workflow;
    let severity = if main.conf.is_flat { Severity::Warning } else { Severity::Error };
    let mut too_large = |code: Code, severity: Severity, message: String, help: &str| {
        let new = if severity == Severity::Error { Diagnostic::error } else { Diagnostic::warning };
        found.push(new(code, main.place, message).help(help));
    };
    let name = &main.name;
    let templates = workflow.spec.templates.len();
    if templates > LIMIT {
        let message = format!(
            "`{name}` has {templates} different templates, and Argo 4 accepts {LIMIT} unless it is set up otherwise; \
             most are of {}",
            list(&kinds(workflow), "")
        );
        too_large(
            TEMPLATES,
            severity,
            message,
            "tasks with the same options share a template; a `for` without `#[host]` has one for all rounds",
        );
    }
    for template in &workflow.spec.templates {
        let tasks = template.dag.as_ref().map_or(0, |dag| dag.tasks.len());
        if tasks > LIMIT {
            let message = format!(
                "`{}` of `{name}` has {tasks} tasks in one DAG, and Argo 4 accepts {LIMIT} unless it is set up otherwise",
                template.name
            );
            too_large(
                SIZE,
                Severity::Warning,
                message,
                "without `layout = \"flat\"` the tasks of a block are divided; the arms of a single `match` cannot be",
            );
        }
        let inputs = template.inputs.parameters.len();
        if inputs > MOST_INPUTS {
            let message = format!(
                "`{}` of `{name}` takes {inputs} values, and Argo 4 accepts {MOST_INPUTS} unless it is set up otherwise",
                template.name
            );
            too_large(
                INPUTS,
                severity,
                message,
                "collect them with a `for`, or in steps that each put some of them together",
            );
        }
    }
    let bytes = json(workflow);
    if bytes > MOST_BYTES / 10 * 8 {
        let largest = list(&Size::of(workflow).templates, " bytes");
        let message = format!(
            "the manifest of `{name}` has {bytes} bytes as JSON, and the API server takes {MOST_BYTES}; the largest templates are {largest}"
        );
        let help = "let tasks share what they have in common: templates with the same options, values passed as files";
        if bytes > MOST_BYTES {
            too_large(BYTES, Severity::Error, message, help);
        } else {
            too_large(LARGE, Severity::Warning, message, help);
        }
    }
    for (pipeline, split) in &emitted.splits {
        waits(graph, *pipeline, split, found);
    }
}

/// Says what a layout adds, if it adds anything.
fn waits(graph: &Graph, pipeline: PipelineId, split: &Split, found: &mut Vec<Diagnostic>) {
    let Some(waits) = split.waits.filter(|waits| waits.pairs > 0) else { return };
    let (name, place): (&str, Place) = (&graph[pipeline].name, graph[pipeline].place);
    let message = format!(
        "`{name}` has {} tasks in one block, and Argo 4 accepts {LIMIT}; laid out in {} parts, {} tasks wait for, and fail \
         with, tasks that they do not need ({} in the mean)",
        split.tasks,
        split.parts,
        waits.tasks,
        waits.pairs / waits.tasks
    );
    let help =
        "put what belongs together into pipelines of their own, or say `layout = \"flat\"` if your Argo takes more";
    found.push(Diagnostic::warning(WAITS, place, message).help(help));
}

/// How many templates there are of each kind: of those whose names differ in the number at their end.
fn kinds(workflow: &Workflow) -> Vec<(String, usize)> {
    let mut kinds: Vec<(String, usize)> = Vec::new();
    let mut index = std::collections::HashMap::new();
    for template in &workflow.spec.templates {
        let kind = template.name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
        let at = *index.entry(kind).or_insert(kinds.len());
        if at == kinds.len() {
            kinds.push((kind.to_owned(), 0));
        }
        kinds[at].1 += 1;
    }
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    kinds
}

/// The first three.
fn list(largest: &[(String, usize)], unit: &str) -> String {
    let largest = largest.iter().take(3);
    largest.map(|(name, count)| format!("`{name}` ({count}{unit})")).collect::<Vec<_>>().join(", ")
}

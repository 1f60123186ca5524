//! Whole-graph checks: what no single macro and no type can see.

mod argo_options;
mod arguments;
mod conf;
mod cycles;
mod daemons;
mod empty;
mod endings;
mod files;
mod kind;
mod lint;
mod literals;
mod locations;
mod metrics;
mod names;
mod numbers;
mod placeholders;
mod pods;
mod recursion;
mod requests;
mod resources;
mod results;
mod run_volumes;
mod sets;
mod size;
mod suspend;
mod values;
mod words;

use crate::argo::emit::layout::{nodes, owners};
use crate::argo::emit::{self, Limits};
use crate::argo::{Manifest, Workflow};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use crate::graph::kubernetes::{Fields, as_hole};
use crate::graph::{Graph, ManifestKind, NodeId, OpText, Options};
use kfp_grammar::Code;
use serde_json::Value;
use std::collections::HashMap;

/// What is wrong with a graph: errors and warnings, those that were found while it was built first.
pub fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = graph.diagnostics.clone();
    let owners = owners(graph);
    conf::check(graph, &mut found);
    placeholders::check(graph, &mut found);
    cycles::check(graph, &owners, &mut found);
    empty::check(graph, &owners, &mut found);
    recursion::check(graph, &mut found);
    values::check(graph, &owners, &mut found);
    results::check(graph, &mut found);
    names::check(graph, &mut found);
    resources::check(graph, &mut found);
    literals::check(graph, &mut found);
    requests::check(graph, &mut found);
    words::check(graph, &mut found);
    numbers::check(graph, &mut found);
    pods::check(graph, &mut found);
    run_volumes::check(graph, &mut found);
    argo_options::check(graph, &mut found);
    metrics::check(graph, &mut found);
    daemons::check(graph, &mut found);
    locations::check(graph, &mut found);
    files::check(graph, &mut found);
    suspend::check(graph, &mut found);
    sets::check(graph, &mut found);
    arguments::check(graph, &mut found);
    found
}

/// Checks a graph and makes its manifest; with it come the warnings.
pub fn compile(graph: &Graph) -> Result<(Workflow, Diagnostics), Diagnostics> {
    compile_within(graph, Limits::ARGO)
}

/// The same with other limits: without any, what is too large for a cluster is written all the same, in one piece.
pub fn compile_within(graph: &Graph, limits: Limits) -> Result<(Workflow, Diagnostics), Diagnostics> {
    checked(graph, Vec::new(), limits, |workflow| workflow)
}

/// The same as a manifest of another kind; none is the kind that the pipeline says.
pub fn compile_as(graph: &Graph, kind: Option<ManifestKind>) -> Result<(Manifest, Diagnostics), Diagnostics> {
    let said = graph.pipelines.first().map(|main| main.conf.kind());
    let kind = kind.or(said).unwrap_or_default();
    let mut found = Vec::new();
    kind::check(graph, kind, &mut found);
    checked(graph, found, Limits::ARGO, |workflow| emit::of_kind(graph, workflow, kind))
}

/// Emits a graph in which no error is found.
fn checked<T>(
    graph: &Graph,
    earlier: Vec<Diagnostic>,
    limits: Limits,
    finish: impl FnOnce(Workflow) -> T,
) -> Result<(T, Diagnostics), Diagnostics> {
    let mut found = Diagnostics(earlier);
    found.0.extend(check(graph));
    if found.has_errors() {
        return Err(allowed(graph, found));
    }
    match emit::emit(graph, limits) {
        Ok(emitted) => {
            if limits == Limits::ARGO {
                size::check(graph, &emitted, &mut found.0);
            }
            found.0.extend(lint::lint(graph));
            let found = allowed(graph, found);
            if found.has_errors() { Err(found) } else { Ok((finish(emitted.workflow), found)) }
        }
        Err(errors) => {
            found.0.extend(errors);
            Err(allowed(graph, found))
        }
    }
}

/// Drops the warnings that are meant, and says of the others how to allow them.
fn allowed(graph: &Graph, mut found: Diagnostics) -> Diagnostics {
    found.0.retain(|diagnostic| !graph.allowed.iter().any(|allowed| allowed.covers(diagnostic)));
    let mut found = said_once(found);
    for warning in found.0.iter_mut().filter(|diagnostic| diagnostic.severity == Severity::Warning) {
        let allow = format!("if it is meant, say `#[kfp::allow({})]` before it", warning.code);
        warning.help = Some(match warning.help.take() {
            Some(help) => format!("{help}\n  or: {allow}"),
            None => allow,
        });
    }
    found
}

/// How many places of one warning are listed.
const LISTED: usize = 4;

/// One warning for what is said of many tasks alike, with the first places.
fn said_once(found: Diagnostics) -> Diagnostics {
    let mut kept: Vec<(Diagnostic, Vec<Place>)> = Vec::new();
    let mut index: HashMap<(Code, String), usize> = HashMap::new();
    for diagnostic in found.0 {
        if diagnostic.severity == Severity::Warning {
            let next = kept.len();
            let at = *index.entry((diagnostic.code, diagnostic.message.clone())).or_insert(next);
            if at < next {
                kept[at].1.push(diagnostic.place);
                continue;
            }
        }
        kept.push((diagnostic, Vec::new()));
    }
    Diagnostics(kept.into_iter().map(|(first, more)| with_places(first, &more)).collect())
}

fn with_places(mut first: Diagnostic, more: &[Place]) -> Diagnostic {
    if more.is_empty() {
        return first;
    }
    first.message = format!("{} ({} times)", first.message, more.len() + 1);
    let mut others: Vec<Place> = Vec::new();
    for place in more.iter().filter(|place| **place != first.place) {
        if !others.contains(place) {
            others.push(*place);
        }
        if others.len() == LISTED {
            break;
        }
    }
    first.related.extend(others.into_iter().map(|place| (place, "here too".to_owned())));
    first
}

/// A word that is none of those that there are.
fn word(what: &str, given: Option<&str>, known: &[&str], place: Place) -> Option<Diagnostic> {
    let mistake = kfp_grammar::word::read(what, known, given?).err()?;
    Some(Diagnostic::mistaken(mistake, place))
}

/// The containers that options speak of, with their names: the main one first.
fn containers(options: &Options) -> impl Iterator<Item = (&str, &Fields)> {
    let beside = options.init_containers.iter().chain(&options.sidecars).chain(&options.set);
    let named = beside.filter_map(|container| Some((container["name"].as_str()?, container.as_object()?)));
    std::iter::once(("main", &options.container)).chain(named)
}

/// The items of a list in a container.
fn items<'c>(container: &'c Fields, list: &str) -> impl Iterator<Item = &'c Value> {
    container.get(list).and_then(Value::as_array).into_iter().flatten()
}

/// A text of a value, if it is a constant.
fn constant(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    if as_hole(text).is_some() { None } else { OpText::from(text).literal() }
}

/// What a message calls a node.
fn called(graph: &Graph, node: NodeId) -> String {
    use crate::graph::NodeKind;
    match &graph[node].kind {
        NodeKind::Task(_) | NodeKind::Call(_) => format!("`{}`", graph[node].name),
        NodeKind::Branch(_) => "the `if`".to_owned(),
        NodeKind::Loop(_) => "the `for`".to_owned(),
        NodeKind::Guard(_) => "the block".to_owned(),
    }
}

/// A cycle of tasks.
const CYCLE: Code = Code(201);
/// `.after` on itself, or on what it stands in.
const AFTER: Code = Code(202);
/// A text of a command that Linux does not pass on.
const LONG_ARGUMENT: Code = Code(265);
/// A pipeline without tasks.
const EMPTY: Code = Code(203);
/// A name that Kubernetes cannot have.
const NAME: Code = Code(204);
/// Two names that become one.
const SAME_NAME: Code = Code(205);
/// An output that nobody produces.
const OUTPUT: Code = Code(206);
/// A pipeline that calls itself without a condition.
const RECURSION: Code = Code(207);
/// A resource without a condition.
const CONDITION: Code = Code(208);
/// A value out of its block.
const SCOPE: Code = Code(209);
/// An artifact that the main pipeline takes.
const ARTIFACT: Code = Code(210);
/// `failures` where there are none.
const FAILURES: Code = Code(211);
/// A pipeline with exit handlers that calls itself.
const HANDLERS: Code = Code(212);
/// An option that has no effect on a called pipeline.
const NO_EFFECT: Code = Code(213);
/// More tasks than Argo's default definitions allow.
const SIZE: Code = Code(214);
/// A pod without a command.
const COMMAND: Code = Code(215);
/// A field that another action has.
const MISPLACED: Code = Code(217);
/// A pod disruption budget that is none.
const BUDGET: Code = Code(257);
/// A volume for artifacts that is none.
const DATA_VOLUME: Code = Code(258);
/// A file given as text where artifacts travel through a volume.
const RAW_ARTIFACT: Code = Code(259);
/// A placeholder where Argo does not know it.
const PLACEHOLDER: Code = Code(260);
/// A clock without a time.
const SCHEDULE: Code = Code(261);
/// A parameter that a clock cannot give.
const UNGIVEN: Code = Code(262);
/// Something that the targeted Argo does not have.
const OLD_ARGO: Code = Code(263);
/// A name that is too long for what is started by the clock.
const CLOCK: Code = Code(264);
/// A resource without a name that has to be there.
const NAMELESS: Code = Code(218);
/// A request above its limit.
const REQUEST: Code = Code(228);
/// A mount without its volume.
const MOUNT: Code = Code(241);
/// Two volumes of one name.
const SAME_VOLUME: Code = Code(242);
/// Two mounts at one path.
const SAME_PATH: Code = Code(243);
/// A number out of its range.
const RANGE: Code = Code(245);
/// Two containers of one name.
const SAME_CONTAINER: Code = Code(246);
/// A volume that nobody mounts.
const UNMOUNTED: Code = Code(247);
/// The text of a file that no task writes.
const CONTENT: Code = Code(267);
/// A manifest without `apiVersion` or `kind`.
const KINDLESS: Code = Code(251);

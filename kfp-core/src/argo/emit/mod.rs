//! Graph -> Workflow, as a pure function.
//!
//! Every pipeline body and every block with tasks becomes a DAG template, every operation a leaf template; tasks pass
//! arguments. What a block takes from around it becomes an input of its template (`frame`), so that every reference is
//! to an input or to a task of the same DAG, and every such task is an edge.
//!
//! Three constructs get a template of their own around them: a branch with a value, a loop that collects or is limited,
//! and a block with exit handlers. They hold one construct and nothing else, and what is around them sees one task that
//! always runs. So nobody ever refers to an output of a task that was skipped, which Argo before 3.7.16 waits for without
//! end, and later versions treat as an error.

mod argo_options;
mod block;
mod branch;
mod condition;
mod conf;
mod data_volume;
mod each;
mod ending;
mod files;
mod frame;
mod guard;
mod http;
mod kind;
mod kubernetes;
pub(crate) mod layout;
mod leaf;
mod metrics;
pub mod naming;
pub mod parts;
mod pipeline;
mod pod;
mod pod_env;
mod resolve;
mod resource;
mod templates;
mod text;
mod yaml_text;

use super::{Manifest, Metadata, ObjectMeta, Spec, Workflow};
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Graph, ManifestKind, OpId, PipelineId};
use crate::hash::HashMap;
use kfp_grammar::Code;
use kfp_grammar::name::is_rewritten;
use kfp_grammar::substitution::{self, Use};
use layout::Layout;
pub use parts::Limits;
use parts::Split;
use std::collections::BTreeMap;
use templates::Templates;
use text::Text;

/// The name of the value of a group.
const OUTPUT: &str = "output";

/// How a task ended whose failure fails nothing else, and with which code: outputs of the template around it. No output of a
/// user's is called so: a dash is in no name of Rust.
const OUTCOME_STATUS: &str = "outcome-status";
const OUTCOME_EXIT_CODE: &str = "outcome-exit-code";

/// The annotation that holds a workflow's description.
const TITLE: &str = "workflows.argoproj.io/title";
const DESCRIPTION: &str = "workflows.argoproj.io/description";

/// The manifest of a graph's main pipeline.
///
/// Pure: the same graph gives the same manifest. It expects a graph that [`crate::check::check`] finds no error in; what
/// only shows here (text that Argo would change) comes back as coded errors.
pub fn workflow(graph: &Graph) -> Result<Workflow, Vec<Diagnostic>> {
    emit(graph, Limits::ARGO).map(|emitted| emitted.workflow)
}

/// A manifest, and how it was laid out.
#[derive(Clone, Debug)]
pub struct Emitted {
    /// The manifest.
    pub workflow: Workflow,
    /// The DAGs that were laid out in parts, each with the pipeline that it belongs to.
    pub splits: Vec<(PipelineId, Split)>,
}

/// The same with other limits.
pub fn emit(graph: &Graph, limits: Limits) -> Result<Emitted, Vec<Diagnostic>> {
    let Some(main) = graph.pipelines.first() else {
        return Ok(Emitted { workflow: Workflow::default(), splits: Vec::new() });
    };
    let mut emitter = Emitter::new(graph);
    let entrypoint = emitter.entrypoint();
    let on_exit = emitter.on_exit();
    let splits = emitter.divide(limits.tasks);
    let keep: Vec<&str> = std::iter::once(&entrypoint).chain(&on_exit).map(String::as_str).collect();
    let templates = parts::share(emitter.templates.take(), limits.templates, &keep);
    let mut spec = Spec {
        entrypoint: Some(entrypoint),
        arguments: emitter.main_arguments(),
        on_exit,
        synchronization: emitter.locks_of_run(&main.conf),
        templates,
        ..conf::spec(&main.conf)
    };
    if let Some(metrics) = emitter.metrics_of_run(&main.conf.metrics) {
        spec.other.insert("metrics".to_owned(), metrics);
    }
    if !emitter.errors.is_empty() {
        return Err(emitter.errors);
    }
    if let Some(data) = &main.conf.data_volume {
        data_volume::pass_through(&mut spec, data);
    }
    let name = naming::kebab(&main.name);
    let mut annotations = conf::map(&main.conf.annotations);
    if is_rewritten(&main.name) {
        annotations.entry(TITLE.to_owned()).or_insert_with(|| main.name.clone());
    }
    annotations.extend(main.description.iter().map(|text| (DESCRIPTION.to_owned(), text.clone())));
    let labels = conf::map(&main.conf.labels);
    let generate_name = Some(format!("{name}-"));
    let metadata = ObjectMeta { generate_name, labels, annotations, ..ObjectMeta::default() };
    Ok(Emitted { workflow: Workflow { metadata, spec, ..Workflow::default() }, splits })
}

/// The manifest of a graph's main pipeline, of this kind: a [`workflow`], or what starts such workflows.
///
/// # Errors
/// Those of [`workflow`].
pub fn manifest(graph: &Graph, kind: ManifestKind) -> Result<Manifest, Vec<Diagnostic>> {
    Ok(of_kind(graph, workflow(graph)?, kind))
}

/// The workflow of a graph as a manifest of this kind.
pub(crate) fn of_kind(graph: &Graph, workflow: Workflow, kind: ManifestKind) -> Manifest {
    kind::manifest(workflow, kind, graph.pipelines.first().and_then(|main| main.conf.cron.as_ref()))
}

/// What is under way.
struct Emitter<'g> {
    graph: &'g Graph,
    layout: Layout<'g>,
    templates: Templates,
    /// The templates of pipelines that are written or being written.
    pipelines: HashMap<PipelineId, String>,
    /// The templates of operations whose tasks add nothing, by the called pipeline that says where its tasks run.
    ops: HashMap<(OpId, Option<PipelineId>), String>,
    /// The pipelines of the templates of blocks.
    blocks: HashMap<String, PipelineId>,
    /// The called pipeline whose exit handlers are being written; none for the main pipeline.
    called_run: Option<PipelineId>,
    /// The node that is being written, for errors.
    place: Place,
    errors: Vec<Diagnostic>,
}

impl<'g> Emitter<'g> {
    fn new(graph: &'g Graph) -> Self {
        let mut emitter = Self {
            graph,
            layout: Layout::new(graph),
            templates: Templates::default(),
            pipelines: HashMap::default(),
            ops: HashMap::default(),
            blocks: HashMap::default(),
            called_run: None,
            place: graph.pipelines.first().map_or(Place { file: "", line: 0, column: 0 }, |main| main.place),
            errors: Vec::new(),
        };
        emitter.reserve_names();
        emitter
    }

    /// Lays out what is too large for Argo.
    fn divide(&mut self, limit: usize) -> Vec<(PipelineId, Split)> {
        let (graph, blocks) = (self.graph, &self.blocks);
        let is_flat = |template: &str| blocks.get(template).is_none_or(|pipeline| graph[*pipeline].conf.is_flat);
        let splits = parts::split(&mut self.templates, limit, is_flat);
        splits.into_iter().filter_map(|split| Some((*blocks.get(&split.template)?, split))).collect()
    }

    /// The text of a field, if what the user wrote in it arrives as it is.
    fn field(&mut self, text: &Text, used: Use, place: Place) -> String {
        self.require_plain(&text.constant(), used, place);
        text.field()
    }

    /// Refuses a text that goes into an expression or an output, where nobody sees its constants any more.
    fn require_plain_parts(&mut self, text: &Text) {
        self.require_plain(&text.constant(), Use::Value, self.place);
    }

    fn require_plain(&mut self, text: &str, used: Use, place: Place) {
        if let Some(obstacle) = substitution::obstacle(text, used) {
            let error =
                Diagnostic::error(obstacle.code(), place, obstacle.message(text)).help(substitution::help(text));
            if !self.errors.contains(&error) {
                self.errors.push(error);
            }
        }
    }

    fn error(&mut self, code: Code, place: Place, message: impl Into<String>, help: &str) {
        self.errors.push(Diagnostic::error(code, place, message).help(help));
    }
}

/// The codes that are raised here.
pub(crate) mod codes {
    use kfp_grammar::Code;

    /// An artifact where text is wanted.
    pub(crate) const ARTIFACT: Code = Code(232);
    /// No argument and no default.
    pub(crate) const ARGUMENT: Code = Code(233);
    /// A value that is not as Kubernetes' API has it.
    pub(crate) const KUBERNETES: Code = Code(240);
}

/// Labels and annotations, if there are any.
fn metadata(labels: BTreeMap<String, String>, annotations: BTreeMap<String, String>) -> Metadata {
    Metadata { labels, annotations, ..Metadata::default() }
}

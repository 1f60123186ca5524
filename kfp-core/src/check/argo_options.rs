//! What Argo alone has: versions, names, durations, and what a daemon gives.

use super::nodes;
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{
    ArgoOptions, ArgoVersion, Graph, InputKind, Limit, Mutex, NodeKind, Op, OpText, Semaphore, TextPart,
};
use kfp_grammar::{Code, Mistake, duration, name};
use std::collections::HashSet;

/// A lock that the Argo of the pipeline does not have.
const LOCKS: Code = Code(273);
/// A result that is remembered by nothing.
const MEMOIZED: Code = Code(274);
/// A patch that is no object.
const PATCH: Code = Code(275);

/// A name in the lock of a run that is no parameter of the pipeline.
const UNKNOWN: Code = Code(280);

/// Looks at the main pipeline, at tasks and at their operations.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    of_run(graph, found);
    let mut seen = HashSet::new();
    for (_, node) in nodes(graph) {
        let mut reader = Reader { graph, place: node.place, found };
        let task = match &node.kind {
            NodeKind::Task(task) => task,
            NodeKind::Guard(guard) => {
                reader.locks(&guard.mutexes, &[]);
                continue;
            }
            _ => continue,
        };
        let op = &graph[task.op];
        if let Some(options) = &task.options {
            reader.read(op, &options.argo);
        }
        if seen.insert(task.op) {
            reader.place = op.place;
            reader.read(op, &op.options.argo);
        }
    }
}

/// The locks of the whole run.
fn of_run(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let Some(main) = graph.pipelines.first() else { return };
    let conf = &main.conf;
    let place = |option| conf.place(option).unwrap_or(main.place);
    Reader { graph, place: place("mutex"), found }.locks(&conf.mutexes, &[]);
    for semaphore in &conf.semaphores {
        let (option, texts) = match &semaphore.limit {
            Limit::ConfigMap { name, key } => ("semaphore", vec![name, key]),
            Limit::Database { key } => ("database_semaphore", vec![key]),
        };
        let mut reader = Reader { graph, place: place(option), found };
        reader.locks(&[], std::slice::from_ref(semaphore));
        for text in texts {
            reader.parameters(text);
        }
    }
    let mut reader = Reader { graph, place: place("mutex"), found };
    conf.mutexes.iter().for_each(|mutex| reader.parameters(&mutex.name));
}

struct Reader<'r> {
    graph: &'r Graph,
    place: Place,
    found: &'r mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn locks(&mut self, mutexes: &[Mutex], semaphores: &[Semaphore]) {
        if !mutexes.is_empty() {
            self.needs(ArgoVersion::V3_6, "a mutex");
        }
        for semaphore in semaphores {
            match &semaphore.limit {
                Limit::ConfigMap { name: config_map, .. } => {
                    self.needs(ArgoVersion::V3_6, "a semaphore");
                    self.constant(config_map, name::subdomain);
                }
                Limit::Database { .. } => self.needs(ArgoVersion::V3_7, "a semaphore of the database"),
            }
        }
    }

    /// What a text of the main pipeline calls its parameters.
    fn parameters(&mut self, text: &OpText) {
        let Some(main) = self.graph.pipelines.first() else { return };
        for part in &text.0 {
            if let TextPart::Parameter(name) = part
                && !main.params.iter().any(|param| param.name == *name)
            {
                let message = format!("`{name}` is no parameter of `{}`", main.name);
                let known: Vec<String> = main.params.iter().map(|param| format!("`{{{}}}`", param.name)).collect();
                let help = match known.is_empty() {
                    true => "it has none; write `{{` for a brace".to_owned(),
                    false => format!("write one of {}, or `{{{{` for a brace", known.join(", ")),
                };
                self.found.push(Diagnostic::error(UNKNOWN, self.place, message).help(help));
            }
        }
    }

    fn read(&mut self, op: &Op, argo: &ArgoOptions) {
        self.locks(&argo.mutexes, &argo.semaphores);
        if let Some(text) = &argo.deadline {
            self.constant(text, |text| duration::with_unit(text).map(drop));
        }
        for text in argo.service_account.iter().chain(&argo.priority_class) {
            self.constant(text, name::subdomain);
        }
        self.memoize(op, argo);
        if argo.patches.iter().any(|patch| patch.contains_key("")) {
            let message = "a patch of a pod is an object, and this is none".to_owned();
            let help = "write its fields as Kubernetes' `PodSpec` has them: `json!({ \"hostNetwork\": true })`";
            self.found.push(Diagnostic::error(PATCH, self.place, message).help(help));
        }
    }

    fn memoize(&mut self, op: &Op, argo: &ArgoOptions) {
        let Some(memoize) = &argo.memoize else { return };
        self.constant(&memoize.config_map, name::subdomain);
        if let Some(age) = &memoize.max_age {
            self.constant(age, |age| duration::parse(age).map(drop));
        }
        let artifact = op.inputs.iter().find(|input| matches!(input.kind, InputKind::Artifact(_)));
        if let (Some(input), None) = (artifact, &memoize.key) {
            let message = format!("`{}` takes the artifact `{}`, which no key can be made of", op.name, input.name);
            let help = "say what its result is remembered by: `Memoize::new().key(..)`";
            self.found.push(Diagnostic::error(MEMOIZED, self.place, message).help(help));
        }
    }

    fn needs(&mut self, version: ArgoVersion, what: &str) {
        if self.graph.argo() < version {
            let message =
                format!("{what} needs Argo {}, and the pipeline is for {}", version.name(), self.graph.argo().name());
            let help = format!("write `#[pipeline(argo = \"{}\")]`, or do without", version.name());
            let error = Diagnostic::error(LOCKS, self.place, message).help(help);
            if !self.found.contains(&error) {
                self.found.push(error);
            }
        }
    }

    fn constant(&mut self, text: &OpText, read: impl FnOnce(&str) -> Result<(), Mistake>) {
        if let Some(text) = text.literal() {
            self.grammar(read(&text));
        }
    }

    fn grammar(&mut self, read: Result<(), Mistake>) {
        if let Err(mistake) = read {
            self.found.push(Diagnostic::mistaken(mistake, self.place));
        }
    }
}

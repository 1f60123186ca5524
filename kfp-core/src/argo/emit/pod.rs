//! What a leaf template says about its pod.

use super::argo_options::lay_patch;
use super::codes::KUBERNETES;
use super::kubernetes::Inputs;
use super::naming::kebab;
use super::pod_env::pod_env;
use super::{Emitter, metadata};
use crate::argo::{Container, ContainerNode, ContainerSet, EnvVar, IntOrString, Script, Template, UserContainer};
use crate::diagnostic::Place;
use crate::graph::kubernetes::{Fields, has_holes, lay};
use crate::graph::{self, Conf, Op, OpBody, OpText, Options};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const DISPLAY_NAME: &str = "pipelines.kubeflow.org/task_display_name";
pub(super) const COMPONENT: &str = "pipelines.kubeflow.org/component_spec";
const STALENESS: &str = "pipelines.kubeflow.org/max_cache_staleness";

/// The name that Argo gives the main container.
const MAIN: &str = "main";

impl<'g> Emitter<'g> {
    /// The main container; what only a patch can say about it stays in the patch.
    pub(super) fn main_container(
        &mut self,
        template: &mut Template,
        container: &graph::Container,
        options: &Options,
        inputs: Inputs<'_>,
    ) {
        let fields = self.split("", &options.container, inputs);
        let said: Container = self.model(Value::Object(fields.in_place), inputs.place);
        let written = Container {
            image: self.op_text(&container.image, inputs.place),
            command: self.op_texts(&container.command, inputs.place),
            args: self.op_texts(&container.args, inputs.place),
            working_dir: container.working_dir.as_ref().map(|text| self.op_text(text, inputs.place)),
            env: said.env.iter().cloned().chain(self.pod_env(options)).collect(),
            image_pull_policy: said.image_pull_policy.clone().or_else(|| self.conf()?.pods.image_pull_policy.clone()),
            ..said
        };
        match &container.source {
            Some(source) => {
                let source = self.op_text(source, inputs.place);
                template.script = Some(Box::new(Script { container: written, source }));
            }
            None => template.container = Some(written.into()),
        }
        let mut patch = Fields::new();
        add_named(&mut patch, "containers", MAIN.into(), fields.late);
        self.pod_patch(template, options, patch, inputs);
    }

    /// Several containers in place of the main one; what is said of it is said of all of them.
    pub(super) fn container_set(
        &mut self,
        template: &mut Template,
        set: &graph::ContainerSet,
        options: &Options,
        inputs: Inputs<'_>,
    ) {
        let mut patch = Fields::new();
        let mut containers = Vec::new();
        for container in &options.set {
            let mut fields = options.container.clone();
            container.as_object().into_iter().for_each(|own| lay(&mut fields, own));
            let fields = self.split("", &fields, inputs);
            let name = fields.in_place.get("name").cloned().unwrap_or_default();
            let mut said: ContainerNode = self.model(Value::Object(fields.in_place), inputs.place);
            let policy = &mut said.container.image_pull_policy;
            *policy = policy.take().or_else(|| self.conf()?.pods.image_pull_policy.clone());
            add_named(&mut patch, "containers", name, fields.late);
            containers.push(said);
        }
        let retry_strategy = set.attempts.as_ref().map(|(attempts, pause)| {
            json!({ "retries": self.op_text(attempts, inputs.place), "duration": self.op_text(pause, inputs.place) })
        });
        template.container_set = Some(ContainerSet { containers, retry_strategy, ..ContainerSet::default() }.into());
        self.pod_patch(template, options, patch, inputs);
    }

    /// Volumes, containers beside the main one, and the patch for all that cannot be said in place.
    fn pod_patch(&mut self, template: &mut Template, options: &Options, mut patch: Fields, inputs: Inputs<'_>) {
        for (containers, list) in [("initContainers", &options.init_containers), ("containers", &options.sidecars)] {
            for container in list {
                let Value::Object(fields) = container else { continue };
                let fields = self.split("", fields, inputs);
                let name = fields.in_place.get("name").cloned().unwrap_or_default();
                let said: UserContainer = self.model(Value::Object(fields.in_place), inputs.place);
                match containers {
                    "containers" => template.sidecars.push(said),
                    _ => template.init_containers.push(said),
                }
                add_named(&mut patch, containers, name, fields.late);
            }
        }
        for volume in &options.volumes {
            let Value::Object(fields) = volume else { continue };
            let fields = self.split("", fields, inputs);
            let name = fields.in_place.get("name").cloned().unwrap_or_default();
            let volume = Value::Object(fields.in_place);
            if !template.volumes.contains(&volume) {
                template.volumes.push(volume);
            }
            add_named(&mut patch, "volumes", name, fields.late);
        }
        let selected = late_selectors(options);
        if !selected.is_empty() {
            patch.insert("nodeSelector".to_owned(), selected.into());
        }
        if options.tolerations.iter().any(has_holes) {
            patch.insert("tolerations".to_owned(), options.tolerations.clone().into());
        }
        if let Some(affinity) = options.affinity.as_ref().filter(|affinity| has_holes(affinity)) {
            patch.insert("affinity".to_owned(), affinity.clone());
        }
        for over in &options.argo.patches {
            lay_patch(&mut patch, over);
        }
        if !patch.is_empty() {
            template.pod_spec_patch = Some(self.late(&patch.into(), inputs).into());
        }
    }

    /// Lays the options over the template.
    pub(super) fn pod(&mut self, template: &mut Template, op: &Op, options: &Options, inputs: Inputs<'_>) {
        let place = op.place;
        let labels = self.texts(&options.labels, place);
        let mut annotations = self.texts(&options.annotations, place);
        match &options.display_name {
            Some(name) => {
                let name = self.op_text(name, place);
                annotations.insert(DISPLAY_NAME.to_owned(), name);
            }
            // The UI shows this name where it is not the template's.
            None if op.name != kebab(&op.name) => {
                annotations.entry(COMPONENT.to_owned()).or_insert(self.shown_name(&op.name, place));
            }
            None => {}
        }
        if let Some(staleness) = staleness(options, self.conf()) {
            annotations.insert(STALENESS.to_owned(), self.op_text(&staleness, place));
        }
        template.metadata = metadata(labels, annotations);
        template.retry_strategy = options.retry.as_ref().map(|retry| {
            let retry = self.in_place(retry, inputs);
            self.model(retry, place)
        });
        template.active_deadline_seconds = options.timeout.as_ref().map(|seconds| self.count(seconds, inputs));
        for (label, value) in &options.node_selector {
            if let Some(label) = label.literal() {
                let value = self.op_text(value, place);
                template.node_selector.insert(label, value);
            }
        }
        if !options.tolerations.iter().any(has_holes) {
            let tolerations = options.tolerations.iter().map(|toleration| self.in_place(toleration, inputs)).collect();
            template.tolerations = self.model(Value::Array(tolerations), place);
        }
        let affinity = options.affinity.as_ref().filter(|affinity| !has_holes(affinity));
        template.affinity = affinity.map(|affinity| self.in_place(affinity, inputs));
        if matches!(op.body, OpBody::Resource(_)) {
            self.pod_patch(template, options, Fields::new(), inputs);
        }
    }

    /// A name for the UI, as the annotation that says what a template is.
    pub(super) fn shown_name(&mut self, name: &str, place: Place) -> String {
        self.require_plain(name, kfp_grammar::substitution::Use::Template, place);
        let name = Value::from(name);
        format!(r#"{{"name":{name}}}"#)
    }

    /// What the main pipeline says.
    pub(super) fn conf(&self) -> Option<&'g Conf> {
        self.graph.pipelines.first().map(|main| &main.conf)
    }

    /// What KFP tells a pod that asks for it.
    pub(super) fn pod_env(&self, options: &Options) -> Vec<EnvVar> {
        pod_env(options, staleness(options, self.conf()).and_then(|text| text.literal()).as_deref() != Some("P0D"))
    }

    /// A whole number as Argo's texts have it.
    fn count(&mut self, count: &Value, inputs: Inputs<'_>) -> IntOrString {
        match self.in_place(count, inputs) {
            Value::String(tag) => tag.into(),
            number => number.to_string().into(),
        }
    }

    /// JSON of Kubernetes' API as Argo's model has it.
    pub(super) fn model<T: DeserializeOwned + Default>(&mut self, json: Value, place: Place) -> T {
        serde_json::from_value(json).unwrap_or_else(|error| {
            let message = format!("Kubernetes has it otherwise: {error}");
            self.error(KUBERNETES, place, message, "write it as the API of Kubernetes does");
            T::default()
        })
    }

    fn texts(&mut self, list: &[(OpText, OpText)], place: Place) -> BTreeMap<String, String> {
        list.iter().map(|(key, text)| (self.op_text(key, place), self.op_text(text, place))).collect()
    }
}

/// How old a reused result may be: what the task says, or else what the pipeline does. The cache reads nothing but this.
fn staleness(options: &Options, conf: Option<&Conf>) -> Option<OpText> {
    let said = |staleness: Option<OpText>, caching: Option<bool>| match (staleness, caching) {
        (Some(staleness), _) => Some(Some(staleness)),
        (None, Some(false)) => Some(Some("P0D".into())),
        (None, Some(true)) => Some(None),
        (None, None) => None,
    };
    let task = said(options.max_cache_staleness.clone(), options.caching);
    task.or_else(|| said(conf?.max_cache_staleness.clone().map(OpText::from), conf?.caching)).flatten()
}

/// A label that is known only when it runs cannot be the key of a map: Argo would insert it, but nobody could read
/// the manifest before.
fn late_selectors(options: &Options) -> Fields {
    let late = options.node_selector.iter().filter(|(label, _)| label.literal().is_none());
    late.map(|(label, value)| (label.marked(), value.marked().into())).collect()
}

/// Adds to a list of a patch whose items are found by name.
fn add_named(patch: &mut Fields, list: &str, name: Value, fields: Fields) {
    if fields.is_empty() {
        return;
    }
    let mut item = Fields::from_iter([("name".to_owned(), name)]);
    item.extend(fields);
    if let Value::Array(items) = patch.entry(list).or_insert_with(|| json!([])) {
        items.push(item.into());
    }
}

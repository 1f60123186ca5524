//! Constants in the small languages of Kubernetes and Argo, which `kfp-grammar` reads.

use super::{constant, containers, items, nodes};
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::kubernetes::Fields;
use crate::graph::{Container, Graph, NodeKind, OpBody, OpText, Options, OutputKind, Resource};
use kfp_grammar::literal::Grammar;
use kfp_grammar::{Mistake, duration, env, image, iso8601, jsonpath, label, name, path, quantity};
use serde_json::Value;
use std::collections::HashSet;

/// Reads what operations and tasks say about their pods. What has an input in it is only known when it runs.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let mut seen = HashSet::new();
    for (_, node) in nodes(graph) {
        let mut reader = Reader { place: node.place, found };
        let task = match &node.kind {
            NodeKind::Task(task) => task,
            NodeKind::Guard(guard) => {
                reader.retry(guard.retry.as_ref());
                continue;
            }
            _ => continue,
        };
        let op = &graph[task.op];
        if let Some(options) = &task.options {
            reader.options(options);
        }
        if seen.insert(task.op) {
            reader.place = op.place;
            reader.options(&op.options);
            match &op.body {
                OpBody::Container(container) => reader.container(container),
                OpBody::Resource(resource) => reader.resource(resource),
                OpBody::Template(it) => {
                    reader.read(name::subdomain(&it.name));
                    reader.read(name::label(&it.template));
                }
                OpBody::Set(_) | OpBody::Http(_) => {}
                OpBody::Suspend(pause) => pause.duration.iter().for_each(|text| reader.duration(text)),
            }
            for output in &op.outputs {
                if let OutputKind::JsonPath { path, .. } = &output.kind {
                    reader.read(jsonpath::parse(path));
                }
            }
        }
    }
}

struct Reader<'f> {
    place: Place,
    found: &'f mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn options(&mut self, options: &Options) {
        for (key, text) in &options.labels {
            self.constant(key, |key| label::parse(key).map(drop));
            self.constant(text, label::value);
        }
        for (key, text) in &options.node_selector {
            self.constant(key, |key| label::parse(key).map(drop));
            self.constant(text, label::value);
        }
        for (key, _) in &options.annotations {
            self.constant(key, |key| label::annotation(key).map(drop));
        }
        for (_, container) in containers(options) {
            self.kubernetes_container(container);
        }
        for volume in &options.volumes {
            self.at(&volume["name"], name::label);
            self.at(&volume["persistentVolumeClaim"]["claimName"], name::subdomain);
            self.at(&volume["secret"]["secretName"], name::subdomain);
            self.at(&volume["configMap"]["name"], name::subdomain);
            self.at(&volume["emptyDir"]["sizeLimit"], |text| quantity::parse_for("memory", text).map(drop));
        }
        for toleration in &options.tolerations {
            self.requirement(toleration);
        }
        if let Some(affinity) = &options.affinity {
            self.requirement(affinity);
        }
        if let Some(staleness) = &options.max_cache_staleness {
            self.constant(staleness, |text| iso8601::parse(text).map(drop));
        }
        self.retry(options.retry.as_ref());
    }

    fn retry(&mut self, retry: Option<&Value>) {
        for field in ["duration", "maxDuration"] {
            let text = retry.and_then(|retry| retry["backoff"][field].as_str());
            self.constant(&OpText::from(text.unwrap_or("0s")), |text| duration::parse_or_seconds(text).map(drop));
        }
    }

    fn kubernetes_container(&mut self, container: &Fields) {
        let field = |name: &str| container.get(name).unwrap_or(&Value::Null);
        self.at(field("name"), name::label);
        self.at(field("image"), |text| image::parse(text).map(drop));
        for kind in ["requests", "limits"] {
            for (resource, quantity) in field("resources")[kind].as_object().into_iter().flatten() {
                self.at(quantity, |text| quantity::parse_for(resource, text).map(drop));
            }
        }
        for variable in items(container, "env") {
            self.at(&variable["name"], env::name);
        }
        for (list, path) in [("volumeMounts", "mountPath"), ("volumeDevices", "devicePath")] {
            for item in items(container, list) {
                self.at(&item[path], path::mount);
            }
        }
    }

    /// Keys and values of labels, wherever they stand in a toleration or an affinity.
    fn requirement(&mut self, value: &Value) {
        match value {
            Value::Object(fields) => {
                let is_any = value["operator"] == "Exists";
                let is_number = matches!(value["operator"].as_str(), Some("Gt" | "Lt"));
                for (name, field) in fields {
                    match (&**name, field) {
                        ("key", key) if is_any => self.at(key, |key| Grammar::TaintKey.read(key, None)),
                        ("key" | "topologyKey", key) => self.at(key, |key| label::parse(key).map(drop)),
                        ("value", text) => self.at(text, label::value),
                        ("values", Value::Array(texts)) if !is_number => {
                            for text in texts {
                                self.at(text, label::value);
                            }
                        }
                        ("matchLabels", Value::Object(labels)) => {
                            for (key, text) in labels {
                                self.at(&Value::from(&**key), |key| label::parse(key).map(drop));
                                self.at(text, label::value);
                            }
                        }
                        (_, inner) => self.requirement(inner),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.requirement(item)),
            _ => {}
        }
    }

    /// A text of a value of Kubernetes' API.
    fn at(&mut self, value: &Value, read: impl FnOnce(&str) -> Result<(), Mistake>) {
        if let Some(text) = constant(value) {
            self.read(read(&text));
        }
    }

    fn container(&mut self, container: &Container) {
        self.constant(&container.image, |text| image::parse(text).map(drop));
    }

    fn resource(&mut self, resource: &Resource) {
        if resource.manifest["kind"] == "PersistentVolumeClaim" {
            let size = resource.manifest.pointer("/spec/resources/requests/storage").unwrap_or(&Value::Null);
            self.at(size, |text| quantity::parse_for("storage", text).map(drop));
        }
        for text in resource.success_condition.iter().chain(&resource.failure_condition) {
            self.constant(text, |text| Grammar::Condition.read(text, None));
        }
    }

    fn duration(&mut self, text: &OpText) {
        self.constant(text, |text| duration::parse_or_seconds(text).map(drop));
    }

    fn constant(&mut self, text: &OpText, read: impl FnOnce(&str) -> Result<(), Mistake>) {
        if let Some(text) = text.literal() {
            self.read(read(&text));
        }
    }

    fn read<T>(&mut self, read: Result<T, Mistake>) {
        if let Err(mistake) = read {
            self.found.push(Diagnostic::mistaken(mistake, self.place));
        }
    }
}

//! Fields that take one of a few words, and fields that belong to some actions only.

use super::{COMMAND, MISPLACED, constant, containers, items, nodes, word};
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::kubernetes::Fields;
use crate::graph::{Container, Graph, NodeKind, OpBody, Options, Resource, ResourceAction};
use kfp_grammar::word::{
    ACCESS_MODE, EFFECT, MERGE_STRATEGY, OPERATOR, PROPAGATION, PROTOCOL, PULL_POLICY, TERMINATION_MESSAGE_POLICY,
    Words,
};
use serde_json::Value;
use std::collections::HashSet;

/// Looks at pods and resources.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let mut seen = HashSet::new();
    for (_, node) in nodes(graph) {
        let NodeKind::Task(task) = &node.kind else { continue };
        let op = &graph[task.op];
        let mut looker = Looker { place: node.place, found };
        if let Some(options) = &task.options {
            looker.options(options);
        }
        if seen.insert(task.op) {
            looker.options(&op.options);
            match &op.body {
                OpBody::Container(container) => looker.container(&op.name, container),
                OpBody::Resource(resource) => looker.resource(resource),
                OpBody::Suspend(_) | OpBody::Set(_) | OpBody::Http(_) | OpBody::Template(_) => {}
            }
        }
    }
}

struct Looker<'f> {
    place: Place,
    found: &'f mut Vec<Diagnostic>,
}

impl Looker<'_> {
    fn options(&mut self, options: &Options) {
        for toleration in &options.tolerations {
            self.at(&toleration["operator"], OPERATOR);
            self.at(&toleration["effect"], EFFECT);
        }
        for (_, container) in containers(options) {
            self.kubernetes_container(container);
        }
    }

    fn kubernetes_container(&mut self, container: &Fields) {
        for (field, words) in
            [("imagePullPolicy", PULL_POLICY), ("terminationMessagePolicy", TERMINATION_MESSAGE_POLICY)]
        {
            self.at(container.get(field).unwrap_or(&Value::Null), words);
        }
        for port in items(container, "ports") {
            self.at(&port["protocol"], PROTOCOL);
        }
        for mount in items(container, "volumeMounts") {
            self.at(&mount["mountPropagation"], PROPAGATION);
        }
    }

    fn at(&mut self, value: &Value, words: Words) {
        self.word(constant(value).as_deref(), words);
    }

    fn container(&mut self, name: &str, container: &Container) {
        if container.command.is_empty() {
            let message = format!("the pod `{name}` has no command");
            let help = "Argo would have to ask the registry for that of the image: write `.command([\"..\"])`";
            self.found.push(match container.image_command {
                true => {
                    let message = format!("the pod `{name}` has no command, as its component file says");
                    let help = "Argo asks the registry for that of the image: the cluster has to reach it";
                    Diagnostic::warning(COMMAND, self.place, message).help(help)
                }
                false => Diagnostic::error(COMMAND, self.place, message).help(help),
            });
        }
    }

    fn resource(&mut self, resource: &Resource) {
        if resource.manifest["kind"] == "PersistentVolumeClaim" {
            for mode in resource.manifest["spec"]["accessModes"].as_array().into_iter().flatten() {
                self.at(mode, ACCESS_MODE);
            }
        }
        self.word(resource.merge_strategy.as_deref(), MERGE_STRATEGY);
        if resource.merge_strategy.is_some() && resource.action != ResourceAction::Patch {
            self.misplaced("a merge strategy", resource.action, "only a patch is merged: `ResourceOp::patch(..)`");
        }
        let waits = resource.success_condition.is_some() || resource.failure_condition.is_some();
        if waits && resource.action == ResourceAction::Delete {
            self.misplaced("a condition", resource.action, "what is deleted has no state to wait for: leave it out");
        }
    }

    fn misplaced(&mut self, what: &str, action: ResourceAction, help: &str) {
        let message = format!("{what} has no meaning for `{}`", action.name());
        self.found.push(Diagnostic::error(MISPLACED, self.place, message).help(help));
    }

    fn word(&mut self, given: Option<&str>, words: Words) {
        self.found.extend(word(words.what, given, words.known, self.place));
    }
}

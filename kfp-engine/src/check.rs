//! What cannot be done here, found before the first task starts.

use crate::error::{NO_TEMPLATE, Refusal, SOURCE, UNSUPPORTED};
use crate::expr::{ExprError, Expression};
use crate::images::Images;
use crate::load::Library;
use crate::locks;
use crate::refers::Reached;
use crate::runner::Runner;
use crate::sources::Sources;
use crate::tags::{Part, parts};
use crate::volumes::KINDS;
use crate::{data, fetch, http, kubectl, patch};
use kfp_core::argo::{Artifact, Container, Hook, Parameter, ResourceTemplate, Spec, Synchronization, Task, Template};
use kfp_grammar::condition;
use serde_json::Value;
use std::cell::OnceCell;

/// The first thing in a workflow, and in the templates that it calls, that this engine cannot do.
pub(crate) fn check(
    library: &Library,
    reached: &Reached,
    sources: &Sources,
    images: &Images,
    runner: Runner,
) -> Result<(), Refusal> {
    runner.check()?;
    let check =
        Check { sources, images, runner, patch: library.spec.pod_spec_patch.as_deref(), cluster: OnceCell::new() };
    check.spec(&library.spec)?;
    for (home, it) in library.homes().filter(|(home, it)| reached.has(home, &it.name)) {
        check.template(&format!("{home}: template `{}`", it.name), it)?;
    }
    Ok(())
}

fn unsupported<T>(place: &str, field: &str, why: &str) -> Result<T, Refusal> {
    let help = "run this workflow on a cluster, or leave the field out for a run on this machine";
    Err(Refusal::new(UNSUPPORTED, format!("{place}, `{field}`"), why).help(help))
}

fn missing(place: &str, field: &str, message: String) -> Refusal {
    Refusal::new(SOURCE, format!("{place}, `{field}`"), message)
}

/// Whether it is known only while the workflow runs.
fn is_later(reference: &Value) -> bool {
    reference.to_string().contains("{{")
}

struct Check<'a> {
    sources: &'a Sources,
    images: &'a Images,
    runner: Runner,
    /// The patch of all pods.
    patch: Option<&'a str>,
    /// Whether there is a cluster, once that is asked.
    cluster: OnceCell<Result<(), Refusal>>,
}

impl Check<'_> {
    fn spec(&self, spec: &Spec) -> Result<(), Refusal> {
        if spec.entrypoint.is_none() {
            return Err(Refusal::new(NO_TEMPLATE, "spec.entrypoint", "the workflow does not say where it starts"));
        }
        self.locks("spec", spec.synchronization.as_ref())?;
        self.volumes("spec", &spec.volumes)?;
        for (name, hook) in spec.hooks.iter().filter(|(name, _)| *name != "exit") {
            expression("spec", name, hook)?;
        }
        self.artifacts("spec.arguments", &spec.arguments.artifacts)
    }

    fn template(&self, place: &str, it: &Template) -> Result<(), Refusal> {
        if it.plugin.is_some() {
            return unsupported(place, "plugin", "there are no plugins here");
        }
        for text in self.patch.into_iter().chain(it.pod_spec_patch.as_deref()) {
            patch::check(text, it).or_else(|why| unsupported(place, "podSpecPatch", &why))?;
        }
        if let Some(resource) = &it.resource {
            self.resource(place, resource)?;
        }
        if let Some(request) = &it.http {
            http::check(request, self.sources).or_else(|why| unsupported(place, "http", &why))?;
        }
        if let Some(data) = &it.data {
            data::check(data).or_else(|why| unsupported(place, "data", &why))?;
        }
        functions(place, it)?;
        self.locks(place, it.synchronization.as_ref())?;
        self.volumes(place, &it.volumes)?;
        self.parameters(place, &it.inputs.parameters)?;
        if it.resource.is_none() {
            self.parameters(place, &it.outputs.parameters)?;
        }
        self.artifacts(place, &it.inputs.artifacts)?;
        self.made(place, &it.outputs.artifacts)?;
        for container in containers(it) {
            self.container(place, container)?;
        }
        let tasks = it.dag.iter().flat_map(|dag| &dag.tasks).chain(it.steps.iter().flatten());
        for task in tasks {
            self.task(&format!("{place}, task `{}`", task.name), task)?;
        }
        Ok(())
    }

    fn resource(&self, place: &str, resource: &ResourceTemplate) -> Result<(), Refusal> {
        let conditions =
            [("successCondition", &resource.success_condition), ("failureCondition", &resource.failure_condition)];
        for (field, text) in conditions.into_iter().filter_map(|(field, text)| Some((field, text.as_deref()?))) {
            if !text.contains("{{")
                && let Err(mistake) = condition::parse(text)
            {
                return unsupported(place, &format!("resource.{field}"), &mistake.message);
            }
        }
        self.cluster.get_or_init(|| kubectl::check(place)).clone()
    }

    fn container(&self, place: &str, container: &Container) -> Result<(), Refusal> {
        for source in &container.env_from {
            let (keys, reference) = match (source.get("configMapRef"), source.get("secretRef")) {
                (Some(map), _) => (map["name"].as_str().and_then(|name| self.sources.config_map(name)), map),
                (None, Some(it)) => (it["name"].as_str().and_then(|name| self.sources.secret(name)), it),
                (None, None) => return unsupported(place, "envFrom", "only config maps and secrets are known here"),
            };
            if keys.is_none() && reference["optional"] != true && !is_later(reference) {
                let name = reference["name"].as_str().unwrap_or_default();
                let message = format!("`{name}` is not given; {}", Sources::HELP);
                return Err(missing(place, "envFrom", message));
            }
        }
        for variable in &container.env {
            let field = format!("env `{}`", variable.name);
            let Some(from) = variable.value_from.as_ref().filter(|from| !is_later(from)) else { continue };
            let found = match (from.get("configMapKeyRef"), from.get("secretKeyRef")) {
                (Some(reference), _) => self.sources.config_map_key(reference),
                (None, Some(reference)) => self.sources.secret_key(reference),
                _ if from.get("fieldRef").is_some() || from.get("resourceFieldRef").is_some() => continue,
                _ => return unsupported(place, &field, "its `valueFrom` has no source here"),
            };
            found.map_err(|message| missing(place, &field, message))?;
        }
        if self.runner == Runner::Host
            && container.command.is_empty()
            && self.images.command(&container.image).is_none()
            && self.images.unwritten(&container.image).is_none()
        {
            return unsupported(
                place,
                "command",
                &format!(
                    "the command of the image `{}` is not known here; write it out, or name it with `--images FILE`",
                    container.image
                ),
            );
        }
        Ok(())
    }

    fn task(&self, place: &str, task: &Task) -> Result<(), Refusal> {
        for (name, hook) in task.hooks.iter().filter(|(name, _)| *name != "exit") {
            expression(place, name, hook)?;
        }
        self.artifacts(place, &task.arguments.artifacts)?;
        self.parameters(place, &task.arguments.parameters)?;
        task.inline.as_ref().map_or(Ok(()), |inline| self.template(place, inline))
    }

    fn parameters(&self, place: &str, parameters: &[Parameter]) -> Result<(), Refusal> {
        for parameter in parameters.iter().filter(|parameter| parameter.value.is_none()) {
            let Some(from) = parameter.value_from.as_ref().filter(|from| from.default.is_none()) else { continue };
            if let Some(reference) = from.config_map_key_ref.as_ref().filter(|reference| !is_later(reference)) {
                let field = format!("{}.valueFrom.configMapKeyRef", parameter.name);
                self.sources.config_map_key(reference).map_err(|message| missing(place, &field, message))?;
            }
            let absent = [
                ("event", from.event.is_some()),
                ("jsonPath", from.json_path.is_some()),
                ("jqFilter", from.jq_filter.is_some()),
            ];
            if let Some((field, _)) = absent.into_iter().find(|(_, is_there)| *is_there) {
                let field = format!("{}.valueFrom.{field}", parameter.name);
                return unsupported(place, &field, "there is no such source here, and no `default`");
            }
        }
        Ok(())
    }

    /// What comes from elsewhere.
    fn artifacts(&self, place: &str, artifacts: &[Artifact]) -> Result<(), Refusal> {
        for artifact in artifacts {
            if artifact.other.contains_key("plugin") {
                return unsupported(place, &format!("{}.plugin", artifact.name), "there are no plugins here");
            }
            if let Some((field, from)) = fetch::elsewhere(artifact) {
                let field = format!("{}.{field}", artifact.name);
                fetch::check(&from, self.sources).or_else(|why| unsupported(place, &field, &why))?;
            }
        }
        Ok(())
    }

    /// What goes to the store, and elsewhere.
    fn made(&self, place: &str, artifacts: &[Artifact]) -> Result<(), Refusal> {
        if let Some(artifact) = artifacts.iter().find(|artifact| artifact.other.contains_key("git")) {
            let why = "nothing is written to a repository of git, as in Argo";
            return unsupported(place, &format!("{}.git", artifact.name), why);
        }
        self.artifacts(place, artifacts)
    }

    fn locks(&self, place: &str, needed: Option<&Synchronization>) -> Result<(), Refusal> {
        let is_later = needed.is_some_and(|needed| needed.semaphores.iter().chain(&needed.semaphore).any(is_later));
        if is_later {
            return Ok(());
        }
        locks::of(needed, self.sources)
            .map(drop)
            .map_err(|message| missing(place, "synchronization.semaphores", message))
    }

    fn volumes(&self, place: &str, volumes: &[Value]) -> Result<(), Refusal> {
        for volume in volumes {
            let field = format!("volumes {}", volume["name"]);
            if !KINDS.iter().any(|kind| volume.get(kind).is_some()) && volume.as_object().is_some_and(|it| it.len() > 1)
            {
                return unsupported(place, &field, "this kind of volume is not known here");
            }
            let sources =
                std::iter::once(volume).chain(volume["projected"]["sources"].as_array().into_iter().flatten());
            for source in sources.filter(|source| !is_later(source)) {
                let map = source.get("configMap").filter(|map| map["optional"] != true);
                let secret = source.get("secret").filter(|secret| secret["optional"] != true);
                let map = map.and_then(|map| map["name"].as_str());
                let secret = secret.and_then(|it| it["secretName"].as_str().or(it["name"].as_str()));
                let is_absent = map.is_some_and(|name| self.sources.config_map(name).is_none())
                    || secret.is_some_and(|name| self.sources.secret(name).is_none());
                if is_absent {
                    let name = map.or(secret).unwrap_or_default();
                    return Err(missing(place, &field, format!("`{name}` is not given; {}", Sources::HELP)));
                }
            }
        }
        Ok(())
    }
}

/// Functions in expressions that are not known here; what else is wrong in one shows when it is calculated, as in Argo.
fn functions(place: &str, it: &Template) -> Result<(), Refusal> {
    let json = serde_json::to_string(it).unwrap_or_default();
    let mut sources = Vec::new();
    if json.contains("{{=") {
        for part in parts(&json).unwrap_or_default() {
            let Part::Tag(tag) = part else { continue };
            let source = tag.strip_prefix('=').and_then(|tag| serde_json::from_str(&format!("\"{tag}\"")).ok());
            sources.extend(source);
        }
    }
    if json.contains("xpression\":") {
        fields(&serde_json::from_str(&json).unwrap_or_default(), &mut sources);
    }
    for source in sources.iter().filter(|source| !source.contains("{{")) {
        if let Err(error @ ExprError::Unknown(_)) = Expression::parse(source) {
            return unsupported(place, source, &format!("{error}: there is no such function here"));
        }
    }
    Ok(())
}

/// The fields that are expressions.
fn fields(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(all) => {
            for (name, value) in all {
                match value {
                    Value::String(source) if matches!(name.as_str(), "expression" | "fromExpression") => {
                        found.push(source.clone());
                    }
                    value => fields(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, found)),
        _ => {}
    }
}

fn expression(place: &str, name: &str, hook: &Hook) -> Result<(), Refusal> {
    let field = format!("hooks.{name}");
    let Some(source) = hook.expression.as_deref().filter(|text| !text.trim().is_empty()) else {
        return unsupported(place, &field, "it has no `expression` that says when it starts");
    };
    match Expression::parse(source) {
        Ok(_) => Ok(()),
        Err(_) if source.contains("{{") => Ok(()),
        Err(error) => unsupported(place, &field, &format!("`expression: {source}`: {error}")),
    }
}

fn containers(it: &Template) -> impl Iterator<Item = &Container> {
    let main = it.container.as_deref().into_iter().chain(it.script.iter().map(|script| &script.container));
    let set = it.container_set.iter().flat_map(|set| &set.containers).map(|node| &node.container);
    let others = it.init_containers.iter().chain(&it.sidecars).map(|other| &other.container);
    main.chain(set).chain(others)
}

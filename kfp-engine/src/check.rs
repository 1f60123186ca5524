//! What cannot be done here, found before the first task starts.

use crate::error::{NO_TEMPLATE, Refusal, UNSUPPORTED};
use crate::images;
use crate::load::Library;
use kfp_core::argo::{Artifact, Container, Parameter, Spec, Task, Template};
use serde_json::Value;

/// The first thing in a workflow and in the templates given along that this engine cannot do.
pub(crate) fn check(library: &Library) -> Result<(), Refusal> {
    spec(&library.spec)?;
    for (home, it) in library.homes() {
        template(&format!("{home}: template `{}`", it.name), it)?;
    }
    Ok(())
}

fn unsupported<T>(place: &str, field: &str, why: &str) -> Result<T, Refusal> {
    let help = "run this workflow on a cluster, or leave the field out for a run on this machine";
    Err(Refusal::new(UNSUPPORTED, format!("{place}, `{field}`"), why).help(help))
}

fn spec(spec: &Spec) -> Result<(), Refusal> {
    if spec.entrypoint.is_none() {
        return Err(Refusal::new(NO_TEMPLATE, "spec.entrypoint", "the workflow does not say where it starts"));
    }
    if spec.suspend == Some(true) {
        return unsupported("spec", "suspend", "nobody can resume a workflow here");
    }
    if spec.retry_strategy.is_some() {
        return unsupported("spec", "retryStrategy", "a whole workflow cannot be retried here");
    }
    if let Some(name) = spec.hooks.keys().find(|name| *name != "exit") {
        return unsupported("spec", &format!("hooks.{name}"), "only the hook `exit` is known here");
    }
    locks("spec", spec.synchronization.as_ref())?;
    volumes("spec", &spec.volumes)?;
    parameters("spec.arguments", &spec.arguments.parameters)?;
    artifacts("spec.arguments", &spec.arguments.artifacts)
}

fn template(place: &str, it: &Template) -> Result<(), Refusal> {
    let absent = [
        ("resource", it.resource.is_some(), "there is no cluster here"),
        ("http", it.http.is_some(), "requests are not made here"),
        ("data", it.data.is_some(), "listings of artifacts are not transformed here"),
        ("plugin", it.plugin.is_some(), "there are no plugins here"),
        ("daemon", it.daemon, "daemons are not kept running here"),
        ("sidecars", !it.sidecars.is_empty(), "sidecars are not run here"),
        ("podSpecPatch", it.pod_spec_patch.as_deref().is_some_and(|patch| !patch.is_empty()), "there is no pod here"),
    ];
    if let Some((field, _, why)) = absent.into_iter().find(|(_, is_there, _)| *is_there) {
        return unsupported(place, field, why);
    }
    if it.suspend.as_ref().is_some_and(|suspend| suspend.duration.is_none()) {
        return unsupported(place, "suspend", "nobody can resume it here; give a `duration`");
    }
    locks(place, it.synchronization.as_ref())?;
    volumes(place, &it.volumes)?;
    parameters(place, &it.inputs.parameters)?;
    parameters(place, &it.outputs.parameters)?;
    artifacts(place, &it.inputs.artifacts)?;
    artifacts(place, &it.outputs.artifacts)?;
    for container in containers(it) {
        check_container(place, container)?;
    }
    let tasks = it.dag.iter().flat_map(|dag| &dag.tasks).chain(it.steps.iter().flatten());
    for task in tasks {
        check_task(&format!("{place}, task `{}`", task.name), task)?;
    }
    Ok(())
}

fn containers(it: &Template) -> impl Iterator<Item = &Container> {
    let main = it.container.iter().chain(it.script.iter().map(|script| &script.container));
    let set = it.container_set.iter().flat_map(|set| &set.containers).map(|node| &node.container);
    main.chain(set).chain(it.init_containers.iter().map(|init| &init.container))
}

fn check_container(place: &str, container: &Container) -> Result<(), Refusal> {
    if !container.env_from.is_empty() {
        return unsupported(place, "envFrom", "config maps and secrets are not known here");
    }
    if let Some(variable) = container.env.iter().find(|variable| variable.value_from.is_some()) {
        return unsupported(place, &format!("env `{}`", variable.name), "its `valueFrom` has no source here");
    }
    if container.command.is_empty() && images::default_command(&container.image).is_none() {
        return unsupported(
            place,
            "command",
            &format!("the command of the image `{}` is not known here; write it out", container.image),
        );
    }
    Ok(())
}

fn check_task(place: &str, task: &Task) -> Result<(), Refusal> {
    if let Some(name) = task.hooks.keys().find(|name| *name != "exit") {
        return unsupported(place, &format!("hooks.{name}"), "only the hook `exit` is known here");
    }
    artifacts(place, &task.arguments.artifacts)?;
    parameters(place, &task.arguments.parameters)?;
    task.inline.as_ref().map_or(Ok(()), |inline| template(place, inline))
}

fn parameters(place: &str, parameters: &[Parameter]) -> Result<(), Refusal> {
    for parameter in parameters {
        let Some(from) = parameter.value_from.as_ref().filter(|from| from.default.is_none()) else { continue };
        let absent = [
            ("configMapKeyRef", from.config_map_key_ref.is_some()),
            ("supplied", from.supplied.is_some()),
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

fn artifacts(place: &str, artifacts: &[Artifact]) -> Result<(), Refusal> {
    const LOCATIONS: [&str; 8] = ["git", "http", "artifactory", "hdfs", "oss", "gcs", "azure", "plugin"];
    for artifact in artifacts {
        if let Some(field) = LOCATIONS.iter().find(|field| artifact.other.contains_key(**field)) {
            return unsupported(
                place,
                &format!("{}.{field}", artifact.name),
                "only `raw` and `s3` locations are known here",
            );
        }
        if artifact.sub_path.is_some() {
            return unsupported(place, &format!("{}.subPath", artifact.name), "parts of artifacts are not known here");
        }
        if artifact.archive.as_ref().is_some_and(|archive| archive.zip.is_some()) {
            return unsupported(place, &format!("{}.archive.zip", artifact.name), "zip archives are not made here");
        }
    }
    Ok(())
}

fn locks(place: &str, locks: Option<&kfp_core::argo::Synchronization>) -> Result<(), Refusal> {
    if locks.is_some_and(|locks| locks.semaphore.is_some() || !locks.semaphores.is_empty()) {
        return unsupported(
            place,
            "synchronization.semaphores",
            "its limit is in a config map, and there are none here",
        );
    }
    Ok(())
}

fn volumes(place: &str, volumes: &[Value]) -> Result<(), Refusal> {
    const KNOWN: [&str; 3] = ["emptyDir", "persistentVolumeClaim", "hostPath"];
    let is_known = |volume: &&Value| KNOWN.iter().any(|kind| volume.get(kind).is_some());
    match volumes.iter().find(|volume| !is_known(volume)) {
        Some(volume) => {
            unsupported(place, &format!("volumes {}", volume["name"]), "this kind of volume is not known here")
        }
        None => Ok(()),
    }
}

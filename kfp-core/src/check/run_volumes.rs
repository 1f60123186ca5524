//! Volumes of a whole run.

use super::{SAME_VOLUME, UNMOUNTED, constant, containers, items, nodes};
use crate::diagnostic::Diagnostic;
use crate::graph::{Conf, Graph, NodeKind, Options};
use kfp_grammar::{Mistake, name, quantity};
use serde_json::Value;
use std::collections::HashSet;

/// The names of the volumes that every pod of the run may mount.
pub(super) fn names(graph: &Graph) -> Vec<String> {
    let Some(main) = graph.pipelines.first() else { return Vec::new() };
    named(&main.conf).filter_map(|(_, name, _)| constant(name)).collect()
}

/// The option, the name and the volume.
fn named(conf: &Conf) -> impl Iterator<Item = (&'static str, &Value, &Value)> {
    let claims = conf.volume_claims.iter().map(|claim| ("volume_claim_template", &claim["metadata"]["name"], claim));
    conf.volumes.iter().map(|volume| ("volume", &volume["name"], volume)).chain(claims)
}

/// Reads their names and sizes, and looks whether each is there once and mounted.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let Some(main) = graph.pipelines.first() else { return };
    if named(&main.conf).next().is_none() {
        return;
    }
    let mounted = mounted(graph);
    let mut seen = HashSet::new();
    for (option, name, volume) in named(&main.conf) {
        let place = main.conf.place(option).unwrap_or(main.place);
        let mut read = |read: Result<(), Mistake>| {
            if let Err(mistake) = read {
                found.push(Diagnostic::mistaken(mistake, place));
            }
        };
        let name = constant(name).unwrap_or_default();
        read(name::label(&name));
        if let Some(size) = volume.pointer("/spec/resources/requests/storage").and_then(constant) {
            read(quantity::parse_for("storage", &size).map(drop));
        }
        if !seen.insert(name.clone()) {
            let message = format!("two volumes of the run are named `{name}`");
            found.push(Diagnostic::error(SAME_VOLUME, place, message).help("give one of them another name"));
        } else if !mounted.contains(&name) {
            let message = format!("no task mounts the volume `{name}` of the run");
            let help = format!("add `.add_volume_mount(VolumeMount::new(\"{name}\", \"/path\"))`, or remove it");
            found.push(Diagnostic::warning(UNMOUNTED, place, message).help(help));
        }
    }
}

/// The names of what any container of any task mounts.
fn mounted(graph: &Graph) -> HashSet<String> {
    let of = |options: &Options| -> Vec<String> {
        let lists = ["volumeMounts", "volumeDevices"];
        let mounts = containers(options)
            .flat_map(|(_, container)| lists.into_iter().flat_map(move |list| items(container, list)));
        mounts.filter_map(|mount| constant(&mount["name"])).collect()
    };
    let (mut mounted, mut seen) = (HashSet::new(), HashSet::new());
    for (_, node) in nodes(graph) {
        if let NodeKind::Task(task) = &node.kind {
            if seen.insert(task.op) {
                mounted.extend(of(&graph[task.op].options));
            }
            mounted.extend(task.options.iter().flat_map(|options| of(options)));
        }
    }
    mounted
}

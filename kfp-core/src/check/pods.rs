//! What fits together in a pod: volumes and mounts, names of containers.

use super::{MOUNT, SAME_CONTAINER, SAME_PATH, SAME_VOLUME, UNMOUNTED, constant, containers, items, nodes};
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::kubernetes::Fields;
use crate::graph::{Graph, NodeKind, Options};
use std::collections::{HashMap, HashSet};

/// Names of containers that Argo adds to a pod.
const TAKEN: &[&str] = &["main", "init", "wait", "supervisor"];

/// Looks at the pods of tasks, and at those of operations whose tasks say no more.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let mut seen = HashSet::new();
    let run = super::run_volumes::names(graph);
    for (_, node) in nodes(graph) {
        let NodeKind::Task(task) = &node.kind else { continue };
        let op = &graph[task.op];
        let place = match task.options {
            Some(_) => node.place,
            None if seen.insert(task.op) => op.place,
            None => continue,
        };
        Pod { place, name: &op.name, options: &graph.options(task), run: &run, found }.look();
    }
}

struct Pod<'p> {
    place: Place,
    name: &'p str,
    options: &'p Options,
    /// The volumes of the whole run.
    run: &'p [String],
    found: &'p mut Vec<Diagnostic>,
}

impl Pod<'_> {
    fn look(&mut self) {
        let options = self.options;
        self.names();
        let volumes = self.volumes();
        let mut mounted = HashSet::new();
        for (name, container) in containers(options) {
            self.mounts(name, container, &volumes, &mut mounted);
        }
        for volume in options.volumes.iter().filter_map(|volume| constant(&volume["name"])) {
            if mounted.insert(volume.clone()) {
                let message = format!("no container of `{}` mounts the volume `{volume}`", self.name);
                let help = format!("add `.add_volume_mount(VolumeMount::new(\"{volume}\", \"/path\"))`, or remove it");
                self.found.push(Diagnostic::warning(UNMOUNTED, self.place, message).help(help));
            }
        }
    }

    fn names(&mut self) {
        let mut seen = HashSet::new();
        for (name, _) in containers(self.options).skip(1) {
            let is_taken = TAKEN.contains(&name) && (name != "main" || self.options.set.is_empty());
            if is_taken || !seen.insert(name) {
                let message = format!("the pod of `{}` has two containers named `{name}`", self.name);
                let error = Diagnostic::error(SAME_CONTAINER, self.place, message);
                self.found.push(error.help("give one of them another name; `main`, `init` and `wait` are Argo's"));
            }
        }
    }

    /// The names of the volumes.
    fn volumes(&mut self) -> HashSet<String> {
        let mut known: HashMap<String, &serde_json::Value> = HashMap::new();
        for volume in &self.options.volumes {
            let Some(name) = constant(&volume["name"]) else { continue };
            if self.run.contains(&name) {
                let message = format!("a volume of `{}` is named `{name}`, and one of the whole run too", self.name);
                let error = Diagnostic::error(SAME_VOLUME, self.place, message);
                self.found.push(error.help("give one of them another name"));
            }
            match known.get(&name) {
                Some(other) if *other != volume => {
                    let message = format!("two volumes of `{}` are named `{name}`", self.name);
                    let error = Diagnostic::error(SAME_VOLUME, self.place, message);
                    self.found.push(error.help("give one of them another name"));
                }
                _ => {
                    known.insert(name, volume);
                }
            }
        }
        known.into_keys().collect()
    }

    fn mounts(&mut self, name: &str, container: &Fields, volumes: &HashSet<String>, mounted: &mut HashSet<String>) {
        let mut paths = HashSet::new();
        for mount in items(container, "volumeMounts").chain(items(container, "volumeDevices")) {
            if let Some(path) = constant(&mount["mountPath"])
                && !paths.insert(path.trim_end_matches('/').to_owned())
            {
                let message = format!("the container `{name}` of `{}` mounts two volumes at `{path}`", self.name);
                let error = Diagnostic::error(SAME_PATH, self.place, message);
                self.found.push(error.help("mount one of them elsewhere"));
            }
            let Some(volume) = constant(&mount["name"]) else { continue };
            if !volumes.contains(&volume) && !self.run.contains(&volume) {
                let message = format!("`{}` mounts the volume `{volume}`, and there is none of that name", self.name);
                let help = format!("add it: `.add_volume(Volume::pvc(\"{volume}\", \"..\"))`");
                self.found.push(Diagnostic::error(MOUNT, self.place, message).help(help));
            }
            mounted.insert(volume);
        }
    }
}

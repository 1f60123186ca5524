//! What a cluster does in one pod, from its inputs to its outputs.

use crate::images;
use crate::orphan;
use crate::outcome::{Outcome, Outputs, Phase, Stored};
use crate::places::Places;
use crate::process::{self, Running, Start};
use crate::store::{self, Store};
use kfp_core::argo::{Artifact, Container, Template, VolumeMount};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Standard output that is kept as a result, in bytes; the end of it.
const RESULT: i64 = 256 * 1024;
const SCRIPT: &str = "/argo/staging/script";

/// A pod that is ready to run.
pub(crate) struct Pod {
    /// Tells it from the others of the run.
    pub(crate) id: u64,
    /// `<workflow>-<template>-<hash>`, as Argo names it.
    pub(crate) name: String,
    pub(crate) workflow: String,
    /// With everything substituted.
    pub(crate) template: Template,
    pub(crate) artifacts: BTreeMap<String, Stored>,
    /// Of the workflow and of the template.
    pub(crate) volumes: Vec<Value>,
    /// The folder of the run, and the one that all runs share.
    pub(crate) run: PathBuf,
    pub(crate) shared: PathBuf,
    pub(crate) is_isolated: bool,
    /// The program of the components.
    pub(crate) program: Option<PathBuf>,
    pub(crate) running: Arc<Running>,
}

/// One of its containers.
struct Job {
    name: String,
    container: Container,
    argv: Vec<String>,
    dependencies: Vec<String>,
}

impl Pod {
    pub(crate) fn run(&self) -> Outcome {
        self.steps().unwrap_or_else(|error| Outcome::error(error.to_string()))
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.run.join("tasks").join(&self.name)
    }

    fn steps(&self) -> io::Result<Outcome> {
        let folder = self.folder();
        if folder.exists() {
            // From an attempt that was cut short. What is still running of it must not find the new folder, nor keep the
            // old one from going, so that is moved away first.
            orphan::kill(&folder);
            let old = self.run.join("cut-short").join(format!("{}-{}", self.name, std::process::id()));
            fs::create_dir_all(old.parent().unwrap_or(&old))?;
            fs::rename(&folder, &old)?;
            let _ = fs::remove_dir_all(&old);
        }
        let mut places = Places::new(folder, self.is_isolated)?;
        self.mount(&mut places)?;
        self.stage(&mut places)?;
        for init in &self.template.init_containers {
            let name = init.container.name.clone().unwrap_or_else(|| "init".to_owned());
            let argv = command(&init.container);
            let job = Job { name, container: init.container.clone(), argv, dependencies: Vec::new() };
            let code = self.start(&job, &places)?;
            if code != 0 {
                return Ok(Outcome::error(format!("the init container `{}` ended with exit code {code}", job.name)));
            }
        }
        let codes = self.containers(&mut places)?;
        let bad = codes.iter().find(|(_, code)| **code != 0);
        let mut outcome = match bad {
            None => Outcome::new(Phase::Succeeded, ""),
            Some((name, code)) if codes.len() == 1 && name == "main" => {
                Outcome::new(Phase::Failed, format!("exit code {code}"))
            }
            Some((name, code)) => Outcome::new(Phase::Failed, format!("`{name}`: exit code {code}")),
        };
        outcome.outputs.exit_code = codes.get("main").copied().or(bad.map(|(_, code)| *code)).or(Some(0));
        outcome.outputs.result = self.result(&places);
        match self.collect(&mut places, &mut outcome.outputs) {
            Ok(()) => {}
            // The exit code says more than the file that is missing because of it.
            Err(_) if outcome.phase == Phase::Failed => {}
            Err(error) => return Ok(Outcome { phase: Phase::Error, message: error.to_string(), ..outcome }),
        }
        // Logs and outputs stay; what the task wrote elsewhere goes.
        let _ = fs::remove_dir_all(places.root());
        let _ = fs::remove_dir_all(places.folder.join("layers"));
        Ok(outcome)
    }

    fn mount(&self, places: &mut Places) -> io::Result<()> {
        let set = self.template.container_set.iter().flat_map(|set| {
            set.volume_mounts.iter().chain(set.containers.iter().flat_map(|node| &node.container.volume_mounts))
        });
        let main = self.template.container.iter().chain(self.template.script.iter().map(|script| &script.container));
        let init = self.template.init_containers.iter().map(|init| &init.container);
        let mounts = main.chain(init).flat_map(|container| &container.volume_mounts).chain(set);
        let mut known: BTreeMap<&str, &VolumeMount> = BTreeMap::new();
        for mount in mounts {
            known.insert(&mount.mount_path, mount);
        }
        for (path, mount) in known {
            let volume = self.volume(&mount.name, places)?;
            let volume = mount.sub_path.as_ref().map_or(volume.clone(), |sub| volume.join(sub));
            places.mount(path, volume)?;
        }
        Ok(())
    }

    fn volume(&self, name: &str, places: &Places) -> io::Result<PathBuf> {
        let found = self.volumes.iter().find(|volume| volume["name"] == name);
        let Some(volume) = found else { return Err(io::Error::other(format!("there is no volume `{name}`"))) };
        if let Some(path) = volume["hostPath"]["path"].as_str() {
            return Ok(PathBuf::from(path));
        }
        if let Some(claim) = volume["persistentVolumeClaim"]["claimName"].as_str() {
            return Ok(self.shared.join("volumes").join(claim.replace('/', "_")));
        }
        if let Some(claim) = volume["claimOfRun"].as_str() {
            return Ok(self.run.join("volumes").join(claim.replace('/', "_")));
        }
        Ok(places.folder.join("volumes").join(name.replace('/', "_")))
    }

    /// Puts the inputs where the containers look for them, and makes room for the outputs.
    fn stage(&self, places: &mut Places) -> io::Result<()> {
        let store = self.store();
        for artifact in &self.template.inputs.artifacts {
            let Some(path) = &artifact.path else { continue };
            let stored = self.artifacts.get(&artifact.name).cloned().or_else(|| store::location(artifact));
            let to = places.host(path)?;
            let Some(stored) = stored.filter(|stored| !artifact.optional || store.has(stored)) else {
                if artifact.optional {
                    continue;
                }
                return Err(io::Error::other(format!("the input artifact `{}` is not given", artifact.name)));
            };
            store.load(&stored, &to).map_err(|error| {
                io::Error::other(format!("the input artifact `{}` ({stored:?}): {error}", artifact.name))
            })?;
            if let Some(mode) = artifact.mode.and_then(|mode| u32::try_from(mode).ok()) {
                fs::set_permissions(&to, fs::Permissions::from_mode(mode))?;
            }
        }
        if let Some(script) = self.template.script.as_ref().filter(|script| !script.source.is_empty()) {
            let path = places.host(SCRIPT)?;
            self.output_paths().try_for_each(|path| places.host(path).map(drop))?;
            fs::create_dir_all(path.parent().unwrap_or(&path))?;
            fs::write(&path, places.text(&script.source))?;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
        }
        // A container of Kubeflow or Argo may expect the folder of an output to be there; the cluster makes it, too.
        let outputs: Vec<_> = self.output_paths().map(str::to_owned).collect();
        for path in outputs {
            let path = places.host(&path)?;
            if !self.is_isolated
                && let Some(parent) = path.parent()
            {
                fs::create_dir_all(parent)?;
            }
        }
        Ok(())
    }

    fn output_paths(&self) -> impl Iterator<Item = &str> {
        let outputs = &self.template.outputs;
        let parameters =
            outputs.parameters.iter().filter_map(|parameter| parameter.value_from.as_ref()?.path.as_deref());
        parameters.chain(outputs.artifacts.iter().filter_map(|artifact| artifact.path.as_deref()))
    }

    fn jobs(&self) -> Vec<Job> {
        let main = |container: &Container, argv| Job {
            name: "main".to_owned(),
            container: container.clone(),
            argv,
            dependencies: Vec::new(),
        };
        if let Some(script) = &self.template.script {
            let mut argv = command(&script.container);
            if !script.source.is_empty() {
                argv.push(SCRIPT.to_owned());
            }
            return vec![main(&script.container, argv)];
        }
        if let Some(container) = &self.template.container {
            return vec![main(container, command(container))];
        }
        let set = self.template.container_set.iter().flat_map(|set| &set.containers);
        set.map(|node| Job {
            name: node.container.name.clone().unwrap_or_default(),
            container: node.container.clone(),
            argv: command(&node.container),
            dependencies: node.dependencies.clone(),
        })
        .collect()
    }

    /// Runs the containers, each after its dependencies; the exit codes by name.
    fn containers(&self, places: &mut Places) -> io::Result<BTreeMap<String, i32>> {
        let mut waiting = self.jobs();
        let mut codes: BTreeMap<String, i32> = BTreeMap::new();
        while !waiting.is_empty() {
            let is_ready = |job: &Job| job.dependencies.iter().all(|name| codes.contains_key(name));
            let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(is_ready);
            waiting = rest;
            if ready.is_empty() {
                return Err(io::Error::other("the containers wait for each other"));
            }
            let (ready, failed): (Vec<_>, Vec<_>) =
                ready.into_iter().partition(|job| job.dependencies.iter().all(|name| codes[name] == 0));
            codes.extend(failed.into_iter().map(|job| (job.name, 64)));
            let places = &*places;
            let ended = std::thread::scope(|scope| {
                let started: Vec<_> = ready.iter().map(|job| scope.spawn(|| self.start(job, places))).collect();
                started
                    .into_iter()
                    .map(|thread| thread.join().unwrap_or_else(|_| Err(io::Error::other("a thread died"))))
                    .collect::<Vec<_>>()
            });
            for (job, code) in ready.iter().zip(ended) {
                codes.insert(job.name.clone(), code?);
            }
        }
        Ok(codes)
    }

    fn start(&self, job: &Job, places: &Places) -> io::Result<i32> {
        let mut argv: Vec<String> = job.argv.iter().map(|text| places.text(text)).collect();
        let program = self.program.clone().filter(|_| argv.get(1).is_some_and(|verb| verb == "kfp-exec"));
        if let Some(program) = &program {
            let seen = if self.is_isolated { process::PROGRAM.into() } else { program.to_string_lossy() };
            argv[0] = seen.into_owned();
        }
        let value = |text: &Option<String>| places.text(text.as_deref().unwrap_or_default());
        let start = Start {
            env: job.container.env.iter().map(|variable| (variable.name.clone(), value(&variable.value))).collect(),
            cwd: job.container.working_dir.clone().unwrap_or_else(|| "/".to_owned()),
            out: self.folder().join(format!("{}.out", job.name)),
            err: self.folder().join(format!("{}.err", job.name)),
            argv,
            program,
        };
        let program = start.argv.first().cloned().unwrap_or_default();
        match process::run(start, places, &self.running, self.id) {
            Ok(status) => Ok(process::code(status)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(io::Error::other(format!(
                "the program `{program}` of the image `{}` is not on this machine",
                job.container.image
            ))),
            Err(error) => Err(error),
        }
    }

    fn result(&self, _places: &Places) -> Option<String> {
        let mut file = File::open(self.folder().join("main.out")).ok()?;
        let length = i64::try_from(file.metadata().ok()?.len()).ok()?;
        file.seek(SeekFrom::End(-length.min(RESULT))).ok()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).ok()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Some(text.strip_suffix('\n').map(str::to_owned).unwrap_or(text))
    }

    fn collect(&self, places: &mut Places, outputs: &mut Outputs) -> io::Result<()> {
        for parameter in &self.template.outputs.parameters {
            let Some(from) = &parameter.value_from else { continue };
            let text = match &from.path {
                Some(path) => fs::read(places.host(path)?).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
                None => Err(io::Error::other("it comes from no file")),
            };
            let text = match (text, &from.default) {
                (Ok(text), _) => text.strip_suffix('\n').map(str::to_owned).unwrap_or(text),
                (Err(_), Some(default)) => default.0.clone(),
                (Err(error), None) => {
                    return Err(io::Error::other(format!("the output `{}`: {error}", parameter.name)));
                }
            };
            outputs.parameters.insert(parameter.name.clone(), text);
        }
        for artifact in &self.template.outputs.artifacts {
            let Some(path) = &artifact.path else { continue };
            let from = places.host(path)?;
            if !from.exists() {
                if artifact.optional {
                    continue;
                }
                let message = format!("the output artifact `{}`: there is no `{path}`", artifact.name);
                return Err(io::Error::other(message));
            }
            let key = self.key(artifact);
            self.store().save(&from, &key, artifact)?;
            outputs.artifacts.insert(artifact.name.clone(), Stored::Key(key));
        }
        Ok(())
    }

    fn store(&self) -> Store {
        Store(self.run.join("artifacts"))
    }

    /// Where Argo puts an artifact that does not say where.
    fn key(&self, artifact: &Artifact) -> String {
        if let Some(Stored::Key(key)) = store::location(artifact) {
            return key.trim_end_matches('/').to_owned();
        }
        let is_plain = artifact.archive.as_ref().is_some_and(|archive| archive.none.is_some());
        let ending = if is_plain { "" } else { ".tgz" };
        format!("{}/{}/{}{ending}", self.workflow, self.name, artifact.name)
    }
}

fn command(container: &Container) -> Vec<String> {
    let own = container.command.iter().cloned();
    let default = images::default_command(&container.image).filter(|_| container.command.is_empty());
    own.chain(default.map(str::to_owned)).chain(container.args.iter().cloned()).collect()
}

/// The end of a log, for people.
pub(crate) fn tail(folder: &Path, lines: usize) -> Vec<String> {
    let text = |name: &str| fs::read(folder.join(name)).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = text("main.err").ok().filter(|text| !text.trim().is_empty()).or_else(|| text("main.out").ok());
    let text = text.unwrap_or_default();
    let all: Vec<_> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].iter().map(|line| (*line).to_owned()).collect()
}

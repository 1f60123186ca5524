//! What a cluster does in one pod, from its inputs to its outputs.

use crate::containers::Containers;
use crate::data;
use crate::error::Refusal;
use crate::hosts;
use crate::outcome::{Outcome, Phase, Stored};
use crate::places::{Mount, Places};
use crate::process::Running;
use crate::resource;
use crate::room::{self, Room};
use crate::sources::Sources;
use crate::stage;
use crate::volumes;
use kfp_core::argo::Template;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::oneshot;

/// A pod that is ready to run.
pub(crate) struct Pod {
    /// Tells it from the others of the run.
    pub(crate) id: u64,
    /// `<workflow>-<template>-<hash>`, as Argo names it.
    pub(crate) name: String,
    pub(crate) workflow: String,
    pub(crate) namespace: String,
    /// With everything substituted.
    pub(crate) template: Arc<Template>,
    pub(crate) artifacts: BTreeMap<String, Stored>,
    /// Of the workflow and of the template.
    pub(crate) volumes: Vec<Value>,
    /// `hostAliases` of the workflow and of the template.
    pub(crate) hosts: Vec<Value>,
    /// The folder of the run, and the one that all runs share.
    pub(crate) run: PathBuf,
    pub(crate) shared: PathBuf,
    pub(crate) sources: Arc<Sources>,
    pub(crate) running: Arc<Running>,
    /// Whom to tell when a daemon is ready.
    pub(crate) ready: Option<oneshot::Sender<()>>,
}

impl Pod {
    /// Runs it in a room; what it has mounted there is to be taken away.
    ///
    /// What is wrong with the machine and not with the task is an error, after which the run can be resumed.
    pub(crate) fn run(mut self, room: &Room) -> (Result<Outcome, Refusal>, Vec<Mount>) {
        let mut mounts = Vec::new();
        let outcome =
            self.steps(room, &mut mounts).or_else(|error| match Refusal::of_machine(&self.folder(), &error) {
                Some(refusal) => Err(refusal),
                None => Ok(Outcome::error(error.to_string())),
            });
        (outcome, mounts)
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.run.join("tasks").join(&self.name)
    }

    fn steps(&mut self, room: &Room, mounted: &mut Vec<Mount>) -> io::Result<Outcome> {
        let mut places = Places::new(self.own_folder()?, room.root(), room.house.view);
        volumes::place(self, &mut places)?;
        hosts::place(self, &mut places)?;
        stage::inputs(self, &mut places)?;
        for it in places.mounts()? {
            room::put(&it)?;
            mounted.push(it);
        }
        if let Some(resource) = &self.template.resource {
            return resource::run(self, resource, &mut places);
        }
        if let Some(data) = &self.template.data {
            return data::run(self, data);
        }
        let ready = self.ready.take();
        let outcome = Containers::new(self, room, &mut places).run(ready)?;
        if outcome.phase == Phase::Error {
            return Ok(outcome);
        }
        let outcome = stage::outputs(self, &mut places, outcome)?;
        places.tidy();
        Ok(outcome)
    }

    /// A folder for this attempt alone.
    fn own_folder(&self) -> io::Result<PathBuf> {
        let folder = self.folder();
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            done => return done.map(|()| folder),
        }
        // From an attempt that was cut short. What is still running of it must not find the new folder, nor keep the
        // old one from going, so that is moved away first.
        let old = self.run.join("cut-short").join(format!("{}-{}", self.name, std::process::id()));
        fs::create_dir_all(old.parent().unwrap_or(&old))?;
        fs::rename(&folder, &old)?;
        let _ = fs::remove_dir_all(&old);
        fs::create_dir(&folder)?;
        Ok(folder)
    }
}

/// The end of a log, for people.
pub(crate) fn tail(folder: &Path, lines: usize) -> Vec<String> {
    let text = |name: &str| fs::read(folder.join(name)).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = text("main.err").ok().filter(|text| !text.trim().is_empty()).or_else(|| text("main.out").ok());
    let text = text.unwrap_or_default();
    let all: Vec<_> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].iter().map(|line| (*line).to_owned()).collect()
}

//! The inputs of a pod before its containers start, and its outputs after they have ended.

use crate::error::Refusal;
use crate::fetch;
use crate::outcome::{Outcome, Outputs, Phase, Stored};
use crate::places::Places;
use crate::pod::Pod;
use crate::store::{self, Store};
use kfp_core::argo::Artifact;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Where the text of a script template is.
pub(crate) const SCRIPT: &str = "/argo/staging/script";
/// Standard output that is kept as a result, in bytes; the end of it.
const RESULT: i64 = 256 * 1024;

/// Puts the inputs where the containers look for them, and makes room for the outputs.
pub(crate) fn inputs(pod: &Pod, places: &mut Places) -> io::Result<()> {
    let store = store(pod);
    for artifact in &pod.template.inputs.artifacts {
        let Some(path) = &artifact.path else { continue };
        let stored = pod.artifacts.get(&artifact.name).cloned().or_else(|| store::location(artifact));
        let to = places.give(path)?;
        let Some(stored) = stored.filter(|stored| !artifact.optional || store.has(stored)) else {
            if artifact.optional {
                continue;
            }
            return Err(io::Error::other(format!("the input artifact `{}` is not given", artifact.name)));
        };
        let loaded = fetch::local(pod, &artifact.name, stored.clone()).and_then(|local| store.load(&local, &to));
        loaded.map_err(|error| {
            let key = stored.key().map(|key| format!(" (`{key}` in the folder `artifacts`)")).unwrap_or_default();
            io::Error::new(error.kind(), format!("the input artifact `{}`{key}: {error}", artifact.name))
        })?;
        if let Some(mode) = artifact.mode.and_then(|mode| u32::try_from(mode).ok()) {
            set_mode(&to, mode, artifact.recurse_mode)?;
        }
    }
    // A container may expect the folder of an output to be there. In a root of its own it makes it, as in a container.
    let outputs: Vec<_> = output_paths(pod).map(str::to_owned).collect();
    for path in outputs {
        let path = places.host(&path)?;
        if !places.is_isolated()
            && let Some(parent) = path.parent()
        {
            fs::create_dir_all(parent)?;
        }
    }
    let Some(script) = pod.template.script.as_ref().filter(|script| !script.source.is_empty()) else { return Ok(()) };
    let path = places.give(SCRIPT)?;
    fs::create_dir_all(path.parent().unwrap_or(&path))?;
    fs::write(&path, places.text(&script.source))?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755))
}

fn set_mode(path: &Path, mode: u32, is_recursive: bool) -> io::Result<()> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    if is_recursive && path.is_dir() {
        for entry in fs::read_dir(path)? {
            set_mode(&entry?.path(), mode, true)?;
        }
    }
    Ok(())
}

pub(crate) fn output_paths(pod: &Pod) -> impl Iterator<Item = &str> {
    let outputs = &pod.template.outputs;
    let parameters = outputs.parameters.iter().filter_map(|parameter| parameter.value_from.as_ref()?.path.as_deref());
    parameters.chain(outputs.artifacts.iter().filter_map(|artifact| artifact.path.as_deref()))
}

/// What the pod gave, added to how its containers ended.
pub(crate) fn outputs(pod: &Pod, places: &mut Places, mut outcome: Outcome) -> io::Result<Outcome> {
    outcome.outputs.result = result(pod);
    match collect(pod, places, &mut outcome.outputs) {
        Ok(()) => Ok(outcome),
        Err(error) if Refusal::of_machine(&pod.folder(), &error).is_some() => Err(error),
        // The exit code says more than the file that is missing because of it.
        Err(_) if outcome.phase == Phase::Failed => Ok(outcome),
        Err(error) => Ok(Outcome { phase: Phase::Error, message: error.to_string(), ..outcome }),
    }
}

fn result(pod: &Pod) -> Option<String> {
    let path = pod.folder().join("main.out");
    let length = i64::try_from(fs::metadata(&path).ok()?.len()).ok()?;
    let mut bytes = Vec::new();
    // Most tasks print nothing.
    if length > 0 {
        let mut file = File::open(path).ok()?;
        file.seek(SeekFrom::End(-length.min(RESULT))).ok()?;
        file.read_to_end(&mut bytes).ok()?;
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Some(text.strip_suffix('\n').map(str::to_owned).unwrap_or(text))
}

fn collect(pod: &Pod, places: &mut Places, outputs: &mut Outputs) -> io::Result<()> {
    for parameter in &pod.template.outputs.parameters {
        let Some(from) = &parameter.value_from else {
            // One that says what it is, as KFP's data passing by volume has them.
            outputs.parameters.extend(parameter.value.clone().map(|value| (parameter.name.clone(), value.0)));
            continue;
        };
        let text = match &from.path {
            Some(path) => fs::read(places.host(path)?).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
            None => Err(io::Error::other("it comes from no file")),
        };
        let text = match (text, &from.default) {
            (Ok(text), _) => text.strip_suffix('\n').map(str::to_owned).unwrap_or(text),
            (Err(_), Some(default)) => default.0.clone(),
            (Err(error), None) => {
                return Err(io::Error::new(error.kind(), format!("the output `{}`: {error}", parameter.name)));
            }
        };
        outputs.parameters.insert(parameter.name.clone(), text);
    }
    for artifact in &pod.template.outputs.artifacts {
        let Some(path) = &artifact.path else { continue };
        let from = places.host(path)?;
        if !from.exists() {
            if artifact.optional {
                continue;
            }
            let message = format!("the output artifact `{}`: there is no `{path}`", artifact.name);
            return Err(io::Error::other(message));
        }
        let stored = store::packed(key(pod, artifact), artifact);
        store(pod).save(&from, &stored)?;
        fetch::send(pod, artifact, &stored)
            .map_err(|error| io::Error::other(format!("the output artifact `{}`: {error}", artifact.name)))?;
        outputs.artifacts.insert(artifact.name.clone(), stored);
    }
    Ok(())
}

pub(crate) fn store(pod: &Pod) -> Store {
    Store(pod.run.join("artifacts"))
}

/// Where Argo puts an artifact that does not say where.
fn key(pod: &Pod, artifact: &Artifact) -> String {
    if let Some(key) = store::location(artifact).as_ref().and_then(Stored::key) {
        return key.trim_end_matches('/').to_owned();
    }
    let ending = match store::packed(String::new(), artifact) {
        Stored::Plain(_) => "",
        Stored::Zip(_) => ".zip",
        _ => ".tgz",
    };
    format!("{}/{}/{}{ending}", pod.workflow, pod.name, artifact.name)
}

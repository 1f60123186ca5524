//! Artifacts from elsewhere, and to there: a file of a server, a repository of git.

use crate::clone::{self, Repository};
use crate::outcome::Stored;
use crate::pod::Pod;
use crate::sources::Sources;
use crate::stage;
use crate::store::{FETCHED, Store};
use crate::web::{self, Artifactory, Request};
use kfp_core::argo::Artifact;
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs;
use std::io;
use std::path::Path;

/// Where it is, by the name of the field in the manifest.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Source {
    Http(Box<Request>),
    Artifactory(Artifactory),
    Git(Box<Repository>),
}

/// The field of an artifact that says that it is elsewhere, as a map of that field. Without an address it says nothing.
pub(crate) fn elsewhere(artifact: &Artifact) -> Option<(&'static str, Value)> {
    let (field, place) = FETCHED.into_iter().find_map(|field| Some((field, artifact.other.get(field)?)))?;
    let address = if field == "git" { &place["repo"] } else { &place["url"] };
    (*address != "").then(|| (field, json!({field: place})))
}

/// Why it cannot be fetched here, as far as can be seen before it is done.
pub(crate) fn check(from: &Value, sources: &Sources) -> Result<(), String> {
    if from.to_string().contains("{{") {
        return Ok(());
    }
    match serde_json::from_value(from.clone()).map_err(|error| error.to_string())? {
        Source::Http(request) => web::check(&request, sources),
        Source::Artifactory(file) => web::check(&file.into(), sources),
        Source::Git(repository) => clone::check(&repository, sources),
    }
}

/// The same in the store of the run, where what comes from elsewhere is put under `fetched/POD/NAME`.
pub(crate) fn local(pod: &Pod, name: &str, stored: Stored) -> io::Result<Stored> {
    Ok(match stored {
        Stored::Elsewhere { from, is_plain } => {
            let key = format!("fetched/{}/{name}", pod.name);
            let to = stage::store(pod).path(&key)?;
            fetch(pod, &from, &to)?;
            if is_plain { Stored::Plain(key) } else { Stored::Key(key) }
        }
        Stored::Part { of, path } => Stored::Part { of: Box::new(local(pod, name, *of)?), path },
        other => other,
    })
}

fn fetch(pod: &Pod, from: &Value, to: &Path) -> io::Result<()> {
    // Of an attempt that was cut short.
    Store::remove(to);
    fs::create_dir_all(to.parent().unwrap_or(to))?;
    match serde_json::from_value(from.clone())? {
        Source::Http(request) => web::load(pod, &request, to),
        Source::Artifactory(file) => web::load(pod, &file.into(), to),
        Source::Git(repository) => clone::load(pod, &repository, to),
    }
}

/// Sends an output to where it says, too; what comes after it reads it here.
pub(crate) fn send(pod: &Pod, artifact: &Artifact, stored: &Stored) -> io::Result<()> {
    let Some((_, to)) = elsewhere(artifact) else { return Ok(()) };
    let from = stage::store(pod).path(stored.key().unwrap_or_default())?;
    if from.is_dir() {
        return Err(io::Error::other("a folder without `archive` cannot be sent to a server"));
    }
    match serde_json::from_value(to)? {
        Source::Http(request) => web::save(pod, &request, &from),
        Source::Artifactory(file) => web::save(pod, &file.into(), &from),
        Source::Git(_) => Err(io::Error::other("nothing is written to a repository of git")),
    }
}

//! Artifacts from elsewhere: a file that a server sends, a repository of git.

use crate::outcome::Stored;
use crate::pod::Pod;
use crate::stage;
use crate::store::Store;
use serde::Deserialize;
use serde_json::Value;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use ureq::Agent;

/// Where it is, by the name of the field in the manifest.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Source {
    Http(Request),
    Git(Repository),
}

#[derive(Deserialize)]
struct Request {
    url: String,
    #[serde(default)]
    headers: Vec<Header>,
    auth: Option<Value>,
}

#[derive(Deserialize)]
struct Header {
    name: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Repository {
    repo: String,
    revision: Option<String>,
    branch: Option<String>,
    depth: Option<u32>,
    #[serde(default)]
    fetch: Vec<String>,
    #[serde(default)]
    single_branch: bool,
    #[serde(default)]
    disable_submodules: bool,
    #[serde(default)]
    insecure_skip_tls: bool,
}

/// Why it cannot be fetched here, as far as can be seen before it is done.
pub(crate) fn check(from: &Value) -> Result<(), String> {
    match serde_json::from_value(from.clone()) {
        Err(_) if from.to_string().contains("{{") => Ok(()),
        Err(error) => Err(error.to_string()),
        Ok(Source::Http(request)) if request.auth.is_some() => {
            Err("`auth` is not known here; a header `Authorization` is".to_owned())
        }
        Ok(Source::Git(_)) if Command::new("git").arg("--version").output().is_err() => {
            Err("there is no `git` on this machine; install it".to_owned())
        }
        Ok(_) => Ok(()),
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
        Source::Http(request) => download(pod, &request, to),
        Source::Git(repository) => clone(pod, &repository, to),
    }
}

fn download(pod: &Pod, request: &Request, to: &Path) -> io::Result<()> {
    let wrong = |error: &dyn std::fmt::Display| io::Error::other(format!("{}: {error}", request.url));
    let limits = Agent::config_builder()
        .timeout_connect(Some(Duration::from_secs(30)))
        .timeout_recv_response(Some(Duration::from_mins(1)));
    let agent: Agent = limits.build().into();
    let call = request.headers.iter().fold(agent.get(&request.url), |call, it| call.header(&it.name, &it.value));
    let mut answer = call.call().map_err(|error| wrong(&error))?;
    let mut content = answer.body_mut().as_reader();
    let (mut file, mut bytes) = (File::create(to)?, vec![0; 64 * 1024]);
    loop {
        if pod.running.is_told(pod.id) {
            return Err(io::Error::new(io::ErrorKind::Interrupted, "the run is being stopped"));
        }
        match content.read(&mut bytes).map_err(|error| wrong(&error))? {
            0 => return Ok(()),
            read => file.write_all(&bytes[..read])?,
        }
    }
}

/// With the keys and helpers that git has on this machine; the secrets of the manifest are not looked at.
fn clone(pod: &Pod, it: &Repository, to: &Path) -> io::Result<()> {
    let depth = it.depth.map(|depth| format!("--depth={depth}"));
    let branch = it.branch.as_ref().map(|branch| format!("--branch={branch}"));
    let single = it.single_branch.then(|| "--single-branch".to_owned());
    let options: Vec<String> = [depth.clone(), branch, single].into_iter().flatten().collect();
    let target = to.to_string_lossy().into_owned();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    git(pod, it, None, [words(&["clone", "--quiet"]), options, words(&["--", &it.repo, &target])].concat())?;
    for reference in &it.fetch {
        git(pod, it, Some(to), words(&["fetch", "--quiet", "origin", reference]))?;
    }
    if let Some(revision) = &it.revision {
        match depth {
            // What a shallow copy has not.
            Some(depth) => {
                git(pod, it, Some(to), words(&["fetch", "--quiet", &depth, "origin", revision]))?;
                git(pod, it, Some(to), words(&["checkout", "--quiet", "FETCH_HEAD"]))?;
            }
            None => git(pod, it, Some(to), words(&["checkout", "--quiet", revision, "--"]))?,
        }
    }
    if !it.disable_submodules {
        git(pod, it, Some(to), words(&["submodule", "--quiet", "update", "--init", "--recursive"]))?;
    }
    Ok(())
}

fn git(pod: &Pod, it: &Repository, at: Option<&Path>, arguments: Vec<String>) -> io::Result<()> {
    let log = pod.folder().join("git.err");
    let mut command = Command::new("git");
    if let Some(at) = at {
        command.arg("-C").arg(at);
    }
    if it.insecure_skip_tls {
        command.args(["-c", "http.sslVerify=false"]);
    }
    command.args(arguments).env("GIT_TERMINAL_PROMPT", "0").stdin(Stdio::null()).process_group(0);
    let file = OpenOptions::new().create(true).append(true).open(&log)?;
    command.stdout(file.try_clone()?).stderr(file);
    if pod.running.run(pod.id, || command.spawn())?.success() {
        return Ok(());
    }
    let said = fs::read(&log).unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let is_why = |line: &&str| line.starts_with("fatal:") || line.starts_with("error:");
    let said = said.lines().find(is_why).unwrap_or(said.trim());
    Err(io::Error::other(format!("git, {}: {said}", it.repo)))
}

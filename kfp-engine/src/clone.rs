//! Copies of repositories of git: artifacts that say `git`.

use crate::pod::Pod;
use crate::sources::Sources;
use crate::web::{Login, secret};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::Value;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "as Argo has it")]
pub(crate) struct Repository {
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
    #[serde(default, rename = "insecureSkipTLS")]
    insecure_skip_tls: bool,
    #[serde(default)]
    insecure_ignore_host_key: bool,
    #[serde(flatten)]
    login: Login,
    ssh_private_key_secret: Option<Value>,
}

/// Why it cannot be copied here, as far as can be seen before it is done.
pub(crate) fn check(it: &Repository, sources: &Sources) -> Result<(), String> {
    if Command::new("git").arg("--version").output().is_err() {
        return Err("there is no `git` on this machine; install it".to_owned());
    }
    let references = [&it.login.username_secret, &it.login.password_secret, &it.ssh_private_key_secret];
    references.into_iter().try_for_each(|reference| secret(sources, reference.as_ref()).map(drop))
}

/// The key of a repository in a file, which is gone with this.
struct Key(PathBuf);

impl Drop for Key {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// `git`, and how a server knows who asks.
struct Git<'a> {
    pod: &'a Pod,
    it: &'a Repository,
    /// Settings of git, which no list of processes shows.
    settings: Vec<(String, String)>,
    key: Option<Key>,
}

/// Copies a repository, with the secrets of the manifest, and else with the keys and helpers that git has on this machine.
pub(crate) fn load(pod: &Pod, it: &Repository, to: &Path) -> io::Result<()> {
    let git = Git::new(pod, it)?;
    let depth = it.depth.map(|depth| format!("--depth={depth}"));
    let branch = it.branch.as_ref().map(|branch| format!("--branch={branch}"));
    let single = it.single_branch.then(|| "--single-branch".to_owned());
    let options: Vec<String> = [depth.clone(), branch, single].into_iter().flatten().collect();
    let target = to.to_string_lossy().into_owned();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    git.run(None, [words(&["clone", "--quiet"]), options, words(&["--", &it.repo, &target])].concat())?;
    for reference in &it.fetch {
        git.run(Some(to), words(&["fetch", "--quiet", "origin", reference]))?;
    }
    if let Some(revision) = &it.revision {
        match depth {
            // What a shallow copy has not.
            Some(depth) => {
                git.run(Some(to), words(&["fetch", "--quiet", &depth, "origin", revision]))?;
                git.run(Some(to), words(&["checkout", "--quiet", "FETCH_HEAD"]))?;
            }
            None => git.run(Some(to), words(&["checkout", "--quiet", revision, "--"]))?,
        }
    }
    if !it.disable_submodules {
        git.run(Some(to), words(&["submodule", "--quiet", "update", "--init", "--recursive"]))?;
    }
    Ok(())
}

impl<'a> Git<'a> {
    fn new(pod: &'a Pod, it: &'a Repository) -> io::Result<Self> {
        let known = |reference: &Option<Value>| {
            secret(&pod.sources, reference.as_ref())
                .map_err(|message| io::Error::other(format!("{}: {message}", it.repo)))
        };
        let mut settings = Vec::new();
        let (name, password) = (known(&it.login.username_secret)?, known(&it.login.password_secret)?);
        if (name.is_some() || password.is_some())
            && let Some(server) = server(&it.repo)
        {
            let text = format!("{}:{}", name.unwrap_or_default(), password.unwrap_or_default());
            let header = format!("Authorization: Basic {}", STANDARD.encode(text));
            settings.push((format!("http.{server}.extraHeader"), header));
        }
        if it.insecure_skip_tls {
            settings.push(("http.sslVerify".to_owned(), "false".to_owned()));
        }
        let key = known(&it.ssh_private_key_secret)?.map(|key| write(pod, &key)).transpose()?;
        Ok(Self { pod, it, settings, key })
    }

    /// What git calls for repositories behind `ssh`.
    fn ssh(&self) -> Option<String> {
        let key = self.key.as_ref().map(|key| {
            let path = key.0.to_string_lossy().replace('\'', r"'\''");
            format!(" -i '{path}' -o IdentitiesOnly=yes -o IdentityAgent=none")
        });
        let any = " -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR";
        let any = self.it.insecure_ignore_host_key.then_some(any);
        (key.is_some() || any.is_some())
            .then(|| format!("ssh -o BatchMode=yes{}{}", key.unwrap_or_default(), any.unwrap_or_default()))
    }

    fn run(&self, at: Option<&Path>, arguments: Vec<String>) -> io::Result<()> {
        let log = self.pod.folder().join("git.err");
        let mut command = Command::new("git");
        if let Some(at) = at {
            command.arg("-C").arg(at);
        }
        command.args(arguments).env("GIT_TERMINAL_PROMPT", "0").stdin(Stdio::null()).process_group(0);
        command.env("GIT_CONFIG_COUNT", self.settings.len().to_string());
        for (number, (name, value)) in self.settings.iter().enumerate() {
            command.env(format!("GIT_CONFIG_KEY_{number}"), name).env(format!("GIT_CONFIG_VALUE_{number}"), value);
        }
        command.envs(self.ssh().map(|ssh| ("GIT_SSH_COMMAND", ssh)));
        let file = OpenOptions::new().create(true).append(true).open(&log)?;
        command.stdout(file.try_clone()?).stderr(file);
        if self.pod.running.run(self.pod.id, || command.spawn())?.success() {
            return Ok(());
        }
        let said = fs::read(&log).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let is_why = |line: &&str| line.starts_with("fatal:") || line.starts_with("error:");
        let said = said.lines().find(is_why).unwrap_or(said.trim());
        Err(io::Error::other(format!("git, {}: {said}", self.it.repo)))
    }
}

/// The server of a repository that is reached by `http`: nobody else is shown its password.
fn server(repository: &str) -> Option<String> {
    let (scheme, rest) = repository.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?;
    let host = rest.split('/').next()?;
    Some(format!("{scheme}://{}/", host.rsplit_once('@').map_or(host, |(_, host)| host)))
}

/// A private key in a file that nobody else can read.
fn write(pod: &Pod, key: &str) -> io::Result<Key> {
    let path = pod.folder().join("git.key");
    let _ = fs::remove_file(&path);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
    let held = Key(path);
    writeln!(file, "{}", key.trim_end())?;
    Ok(held)
}

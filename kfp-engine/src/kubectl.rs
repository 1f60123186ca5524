//! The client of the cluster, for what a workflow does to resources there.

use crate::error::{CLUSTER, Refusal};
use crate::pod::Pod;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Whether there is a client, and a cluster that it knows.
pub(crate) fn check(place: &str) -> Result<(), Refusal> {
    let refuse =
        |message: &str, help: &str| Err(Refusal::new(CLUSTER, format!("{place}, `resource`"), message).help(help));
    // In a pod of a cluster kubectl needs no context.
    let is_in_cluster = std::env::var_os("KUBERNETES_SERVICE_HOST").is_some();
    let context = Command::new("kubectl").args(["config", "current-context"]).stdin(Stdio::null()).output();
    match context {
        Err(_) => refuse(
            "the workflow changes resources of a cluster, and there is no `kubectl` on this machine",
            "install kubectl and give it a context, or run this workflow on a cluster",
        ),
        Ok(output) if output.status.success() || is_in_cluster => Ok(()),
        Ok(_) => refuse(
            "the workflow changes resources of a cluster, and `kubectl` has no context here",
            "choose one with `kubectl config use-context NAME`, or set KUBECONFIG",
        ),
    }
}

/// Calls of kubectl for one pod; its log says what was called.
pub(crate) struct Kubectl<'a> {
    pod: &'a Pod,
    folder: PathBuf,
}

impl<'a> Kubectl<'a> {
    pub(crate) fn new(pod: &'a Pod) -> Self {
        Self { folder: pod.folder(), pod }
    }

    /// Adds a line to the log of the pod.
    pub(crate) fn say(&self, line: &str) -> io::Result<()> {
        writeln!(append(self.folder.join("main.out"))?, "{line}")
    }

    /// What a call prints, or why it failed.
    pub(crate) fn call(&self, arguments: &[&str]) -> io::Result<Result<String, String>> {
        let printed = self.folder.join("kubectl.out");
        let errors = self.folder.join("main.err");
        let before = fs::metadata(&errors).map_or(0, |found| found.len());
        let mut command = Command::new("kubectl");
        command.args(arguments).stdin(Stdio::null()).process_group(0);
        command.stdout(File::create(&printed)?).stderr(append(errors.clone())?);
        let status = self.pod.running.run(self.pod.id, || command.spawn())?;
        if status.success() {
            return Ok(Ok(String::from_utf8_lossy(&fs::read(&printed)?).into_owned()));
        }
        let mut said = Vec::new();
        let mut file = File::open(&errors)?;
        file.seek(SeekFrom::Start(before))?;
        file.read_to_end(&mut said)?;
        let said = String::from_utf8_lossy(&said);
        let said = said.trim();
        Ok(Err(if said.is_empty() { format!("kubectl ended with {status}") } else { said.to_owned() }))
    }
}

fn append(path: PathBuf) -> io::Result<File> {
    OpenOptions::new().create(true).append(true).open(path)
}

//! What runs the containers of a manifest: programs of this machine, or podman or docker.

use crate::error::{RUNNER, Refusal};
use crate::journal::{self, Header};
use serde::{Deserialize, Serialize};
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::str::FromStr;

/// What runs the containers of a manifest.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Runner {
    /// Programs of this machine, whatever the image.
    #[default]
    Host,
    /// Containers of podman.
    Podman,
    /// Containers of docker.
    Docker,
}

impl FromStr for Runner {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "host" => Ok(Self::Host),
            "podman" => Ok(Self::Podman),
            "docker" => Ok(Self::Docker),
            _ => Err(format!("`{text}` runs no containers; there are `host`, `podman` and `docker`")),
        }
    }
}

/// A label of the containers of a run: its folder.
const LABEL: &str = "kfp-run";

impl Runner {
    /// The program that makes containers; none for the programs of this machine.
    pub(crate) fn client(self, run: &Path) -> Option<Client> {
        let program = match self {
            Self::Host => return None,
            Self::Podman => "podman",
            Self::Docker => "docker",
        };
        Some(Client { program, run: run.to_owned() })
    }

    /// With which a run was started, as far as its folder tells.
    pub fn of(run: &Path) -> Self {
        let line = std::fs::File::open(run.join(journal::FILE)).ok().and_then(|file| {
            let mut line = String::new();
            io::BufRead::read_line(&mut io::BufReader::new(file), &mut line).ok().map(|_| line)
        });
        line.and_then(|line| serde_json::from_str::<Header>(&line).ok()).map(|header| header.runner).unwrap_or_default()
    }

    /// Whether that program is there.
    pub(crate) fn check(self) -> Result<(), Refusal> {
        let Some(client) = self.client(Path::new("")) else { return Ok(()) };
        let found = client.command(["--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
        if found.is_ok_and(|status| status.success()) {
            return Ok(());
        }
        let message = format!("there is no `{}` on this machine", client.program);
        let help = "install it, or leave `--runner` out: then programs of this machine stand for images";
        Err(Refusal::new(RUNNER, format!("--runner {}", client.program), message).help(help))
    }
}

/// The program that makes the containers of a run.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) program: &'static str,
    run: PathBuf,
}

impl Client {
    fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(self.program);
        command.args(arguments).stdin(Stdio::null());
        command
    }

    /// Runs a new container of this run, with a name of its own, in the foreground.
    pub(crate) fn run(&self, name: &str, arguments: &[String]) -> Command {
        let label = format!("{LABEL}={}", self.run.display());
        let mut command = self.command(["run", "--name", name, "--label", &label, "--network", "host"]);
        command.args(arguments);
        command
    }

    /// Runs another program in a container that runs.
    pub(crate) fn exec(&self, name: &str, argv: &[String]) -> Command {
        let mut command = self.command(["exec", name]);
        command.args(argv).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Copies a file or folder out of a container, also of one that has ended; what is not there is not copied.
    pub(crate) fn copy(&self, name: &str, from: &str, to: &Path) -> io::Result<()> {
        let mut command = self.command(["cp", &format!("{name}:{from}")]);
        command.arg(to).stdout(Stdio::null()).stderr(Stdio::null()).status().map(drop)
    }

    /// Ends and removes containers.
    pub(crate) fn remove(&self, names: &[String]) {
        if !names.is_empty() {
            // One that never began is not there.
            // Podman would give them ten seconds to end.
            let at_once: &[&str] = if self.program == "podman" { &["-t", "0"] } else { &[] };
            let mut command = self.command(["rm", "-f"]);
            let _ = command.args(at_once).args(names).stdout(Stdio::null()).stderr(Stdio::null()).status();
        }
    }

    /// Removes what an engine that was killed has left of this run.
    pub(crate) fn sweep(&self) {
        let label = format!("label={LABEL}={}", self.run.display());
        let listed = self.command(["ps", "-aq", "--filter", &label]).stderr(Stdio::null()).output();
        let text = listed.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
        self.remove(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    }
}

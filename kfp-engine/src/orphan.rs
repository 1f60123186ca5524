//! Programs without a room of their own that outlived an engine that was killed: a resumed run ends them before it starts
//! anything.

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::OnceLock;

const FILE: &str = "groups";

/// The process groups that a run has started, in a file of its folder.
#[derive(Debug)]
pub(crate) struct Orphans(File);

impl Orphans {
    /// Kills what is left of those that another engine has noted, and begins anew.
    pub(crate) fn kill(run: &Path) -> io::Result<Self> {
        let path = run.join(FILE);
        for line in fs::read_to_string(&path).unwrap_or_default().lines() {
            let Some((group, start)) = line.split_once(' ') else { continue };
            let Ok(group) = group.parse().map(Pid::from_raw) else { continue };
            if group.as_raw() > 1 && start_time(group).as_deref() == Some(start) {
                let _ = killpg(group, Signal::SIGKILL);
            }
        }
        let _ = fs::remove_file(&path);
        OpenOptions::new().create(true).append(true).open(path).map(Self)
    }

    /// Notes the group of a program, with the time at which it began, which tells it from a later process with the same
    /// number.
    pub(crate) fn note(&self, group: Pid) {
        let Some(start) = start_time(group) else { return };
        // Without the note, a program that outlives a killed engine runs to its own end.
        let _ = (&self.0).write_all(format!("{group} {start}\n").as_bytes());
    }
}

/// Field 22 of `/proc/PID/stat`: when it started, in ticks since the machine did; with the machine's own start.
fn start_time(process: Pid) -> Option<String> {
    // In one read: this is done for every program.
    let mut bytes = [0; 2048];
    let length = File::open(format!("/proc/{process}/stat")).ok()?.read(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes[..length]);
    let ticks = text.rsplit_once(") ")?.1.split(' ').nth(19)?;
    Some(format!("{ticks} {}", boot()?))
}

/// Which start of the machine this is.
fn boot() -> Option<&'static str> {
    static BOOT: OnceLock<Option<String>> = OnceLock::new();
    let read = || Some(fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?.trim().to_owned());
    BOOT.get_or_init(read).as_deref()
}

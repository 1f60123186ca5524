//! Programs that outlived an engine that was killed: a resumed run ends them before it starts theirs again.

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::OnceLock;

const FILE: &str = "groups";

/// Notes the group of a program of a task, with the time at which it began, which tells it from a later process with the
/// same number.
pub(crate) fn note(folder: &Path, group: Pid) {
    let Some(start) = start_time(group) else { return };
    // Without the note, a program that outlives a killed engine runs to its own end.
    if let Ok(mut file) = OpenOptions::new().create(true).append(true).open(folder.join(FILE)) {
        let _ = writeln!(file, "{group} {start}");
    }
}

/// Kills what is still running of a task.
pub(crate) fn kill(folder: &Path) {
    let Ok(text) = fs::read_to_string(folder.join(FILE)) else { return };
    for line in text.lines() {
        let Some((group, start)) = line.split_once(' ') else { continue };
        let Ok(group) = group.parse().map(Pid::from_raw) else { continue };
        if group.as_raw() > 1 && start_time(group).as_deref() == Some(start) {
            let _ = killpg(group, Signal::SIGKILL);
        }
    }
}

/// Field 22 of `/proc/PID/stat`: when it started, in ticks since the machine did; with the machine's own start.
fn start_time(process: Pid) -> Option<String> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let ticks = text.rsplit_once(") ")?.1.split(' ').nth(19)?;
    Some(format!("{ticks} {}", boot()?))
}

/// Which start of the machine this is.
fn boot() -> Option<&'static str> {
    static BOOT: OnceLock<Option<String>> = OnceLock::new();
    let read = || Some(fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?.trim().to_owned());
    BOOT.get_or_init(read).as_deref()
}

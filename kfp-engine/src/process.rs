//! One process of a task, in a group of its own.

use nix::errno::Errno;
use nix::sys::signal::{Signal, killpg};
use nix::sys::wait::{Id, WaitPidFlag, waitid};
use nix::unistd::Pid;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What to start.
#[derive(Debug)]
pub(crate) struct Start {
    /// The program and its arguments.
    pub(crate) argv: Vec<String>,
    pub(crate) env: Vec<(String, String)>,
    /// The working directory as the task sees it.
    pub(crate) cwd: PathBuf,
    /// The files for standard output and standard error.
    pub(crate) out: File,
    pub(crate) err: File,
}

/// A process that is ready to start where this thread is.
pub(crate) struct Begun(Command);

impl Begun {
    /// Finds the program in the `PATH` that the task gets, as this thread sees the machine now.
    pub(crate) fn new(start: Start, common: &[(String, String)]) -> io::Result<Self> {
        let Some((program, arguments)) = start.argv.split_first() else {
            return Err(io::Error::other("there is no command"));
        };
        let all = || common.iter().chain(&start.env);
        let path = all().rev().find(|(name, _)| name == "PATH").map_or("", |(_, path)| path);
        let mut command = Command::new(found(program, path, &start.cwd)?);
        command.arg0(program).args(arguments).env_clear();
        command.envs(all().map(|(name, value)| (name, value)));
        command.current_dir(&start.cwd).stdin(Stdio::null()).stdout(start.out).stderr(start.err).process_group(0);
        Ok(Self(command))
    }

    pub(crate) fn spawn(mut self) -> io::Result<Child> {
        self.0.spawn()
    }
}

/// The file of a program. With it, no copy of the engine has to be made to look for it.
fn found(program: &str, path: &str, cwd: &Path) -> io::Result<PathBuf> {
    if program.contains('/') {
        return Ok(cwd.join(program));
    }
    let is_program = |file: &PathBuf| {
        std::fs::metadata(file).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
    };
    let mut files = path.split(':').map(|folder| cwd.join(folder).join(program));
    files.find(is_program).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
}

/// What runs, and what may not go on.
#[derive(Default, Debug)]
pub(crate) struct Running(Mutex<Groups>);

#[derive(Default, Debug)]
struct Groups {
    /// Whether nothing may start.
    is_over: bool,
    /// The groups that run, by task.
    of: HashMap<u64, Vec<Pid>>,
    /// The tasks that were told to end.
    told: HashSet<u64>,
}

impl Running {
    fn lock(&self) -> MutexGuard<'_, Groups> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts a process of a task, unless nothing may start.
    pub(crate) fn start(&self, task: u64, start: impl FnOnce() -> io::Result<Child>) -> io::Result<Child> {
        let mut inner = self.lock();
        if inner.is_over {
            return Err(io::Error::new(io::ErrorKind::Interrupted, "the run is being stopped"));
        }
        let child = start()?;
        inner.of.entry(task).or_default().push(group(&child));
        Ok(child)
    }

    /// Runs a process of a task to its end.
    pub(crate) fn run(&self, task: u64, start: impl FnOnce() -> io::Result<Child>) -> io::Result<ExitStatus> {
        let mut child = self.start(task, start)?;
        let number = group(&child);
        // Its group can be nobody else's until it is reaped.
        let flags = WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT;
        while waitid(Id::Pid(number), flags) == Err(Errno::EINTR) {}
        self.ended(task, number);
        child.wait()
    }

    /// Forgets the group of a process that is about to be reaped, after which its number may be somebody else's.
    pub(crate) fn ended(&self, task: u64, group: Pid) {
        let mut inner = self.lock();
        kill(group, Signal::SIGKILL);
        if let Some(groups) = inner.of.get_mut(&task) {
            groups.retain(|known| *known != group);
            if groups.is_empty() {
                inner.of.remove(&task);
            }
        }
    }

    /// Sends a signal to what a task runs.
    pub(crate) fn signal(&self, task: u64, signal: Signal) {
        let mut inner = self.lock();
        inner.told.insert(task);
        inner.of.get(&task).into_iter().flatten().for_each(|group| kill(*group, signal));
    }

    /// Whether a task is to end: it was told so, or everything is.
    pub(crate) fn is_told(&self, task: u64) -> bool {
        let inner = self.lock();
        inner.is_over || inner.told.contains(&task)
    }

    /// Kills everything, and lets nothing new start until it may again.
    pub(crate) fn stop(&self) {
        let mut inner = self.lock();
        inner.is_over = true;
        inner.of.values().flatten().for_each(|group| kill(*group, Signal::SIGKILL));
    }

    /// Lets things start again.
    pub(crate) fn go_on(&self) {
        self.lock().is_over = false;
    }
}

pub(crate) fn kill(group: Pid, signal: Signal) {
    // It may be gone already.
    let _ = killpg(group, signal);
}

pub(crate) fn group(child: &Child) -> Pid {
    Pid::from_raw(i32::try_from(child.id()).unwrap_or(i32::MAX))
}

/// The exit code as a shell has it: 128 and the signal where there was one.
pub(crate) fn code(status: ExitStatus) -> i32 {
    status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(-1)
}

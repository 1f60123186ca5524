//! One process of a task: in a group of its own, and in a mount namespace of its own where the kernel allows it.

use crate::orphan;
use crate::places::{Mount, Places};
use nix::mount::{MsFlags, mount};
use nix::sched::{CloneFlags, unshare};
use nix::sys::signal::{Signal, killpg};
use nix::sys::wait::{Id, WaitPidFlag, waitid};
use nix::unistd::{Pid, chdir, chroot};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What to start.
#[derive(Clone, Debug)]
pub(crate) struct Start {
    /// The program and its arguments.
    pub(crate) argv: Vec<String>,
    pub(crate) env: Vec<(String, String)>,
    pub(crate) cwd: String,
    /// The files for standard output and standard error.
    pub(crate) out: PathBuf,
    pub(crate) err: PathBuf,
    /// A program of this machine that the task sees as [`PROGRAM`], wherever it is.
    pub(crate) program: Option<PathBuf>,
}

/// Where an isolated task sees the program of the components.
pub(crate) const PROGRAM: &str = "/.kfp/program";

/// The groups that run, by task, and whether no more may start.
#[derive(Default, Debug)]
pub(crate) struct Running(Mutex<(bool, HashMap<u64, Vec<Pid>>)>);

impl Running {
    fn lock(&self) -> MutexGuard<'_, (bool, HashMap<u64, Vec<Pid>>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Kills what a task runs.
    pub(crate) fn kill(&self, task: u64) {
        self.lock().1.get(&task).into_iter().flatten().for_each(|group| kill(*group));
    }

    /// Kills everything, and lets nothing new start until it may again.
    pub(crate) fn stop(&self) {
        let mut inner = self.lock();
        inner.0 = true;
        inner.1.values().flatten().for_each(|group| kill(*group));
    }

    /// Lets things start again.
    pub(crate) fn go_on(&self) {
        self.lock().0 = false;
    }
}

fn kill(group: Pid) {
    // It may be gone already.
    let _ = killpg(group, Signal::SIGKILL);
}

/// Whether tasks can have a mount namespace of their own here.
pub(crate) fn can_isolate() -> bool {
    std::thread::spawn(|| {
        unshare(CloneFlags::CLONE_NEWNS).is_ok()
            && mount(None::<&str>, "/", None::<&str>, MsFlags::MS_REC | MsFlags::MS_PRIVATE, None::<&str>).is_ok()
    })
    .join()
    .unwrap_or(false)
}

/// Enters a user namespace, so that tasks can have mount namespaces without root. Has to be called before there are
/// threads; does nothing for root and where the kernel forbids it.
pub fn enter_user_namespace() {
    let (user, group) = (nix::unistd::getuid(), nix::unistd::getgid());
    if user.is_root() || unshare(CloneFlags::CLONE_NEWUSER).is_err() {
        return;
    }
    // Without the maps nothing can be mounted, and tasks run without a namespace, which is then said.
    let _ = fs::write("/proc/self/setgroups", "deny");
    let _ = fs::write("/proc/self/uid_map", format!("{user} {user} 1"));
    let _ = fs::write("/proc/self/gid_map", format!("{group} {group} 1"));
}

/// Runs a process to its end.
pub(crate) fn run(start: Start, places: &Places, running: &Running, task: u64) -> io::Result<ExitStatus> {
    let tools = places.folder.parent().and_then(Path::parent).map(|run| run.join("bin"));
    let mut child = {
        let mut inner = running.lock();
        if inner.0 {
            return Err(io::Error::new(io::ErrorKind::Interrupted, "the run is being stopped"));
        }
        let child = spawn(start, places, tools)?;
        let group = pid(&child);
        inner.1.entry(task).or_default().push(group);
        orphan::note(&places.folder, group);
        child
    };
    let group = pid(&child);
    // What the program has left behind goes while its group cannot be somebody else's: before it is reaped.
    while waitid(Id::Pid(group), WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT) == Err(nix::errno::Errno::EINTR) {}
    kill(group);
    let mut inner = running.lock();
    if let Some(groups) = inner.1.get_mut(&task) {
        groups.retain(|known| *known != group);
    }
    drop(inner);
    child.wait()
}

fn pid(child: &Child) -> Pid {
    Pid::from_raw(i32::try_from(child.id()).unwrap_or(i32::MAX))
}

fn spawn(start: Start, places: &Places, tools: Option<PathBuf>) -> io::Result<Child> {
    let (out, err) = (File::create(&start.out)?, File::create(&start.err)?);
    let Some((program, arguments)) = start.argv.split_first() else {
        return Err(io::Error::other("there is no command"));
    };
    let path = std::env::var("PATH").unwrap_or_else(|_| "/usr/local/bin:/usr/bin:/bin".to_owned());
    let tools_seen = if places.is_isolated { Some(PathBuf::from("/.kfp/bin")) } else { tools.clone() };
    let mut command = Command::new(program);
    command.args(arguments).env_clear().stdin(Stdio::null()).stdout(out).stderr(err).process_group(0);
    command.env("PATH", tools_seen.map_or(path.clone(), |tools| format!("{path}:{}", tools.display())));
    command
        .envs(std::env::vars().filter(|(name, _)| matches!(name.as_str(), "HOME" | "LANG" | "LC_ALL" | "TZ" | "USER")));
    command.envs(start.env);
    let cwd = start.cwd;
    if !places.is_isolated {
        let folder = places.root().join(cwd.trim_start_matches('/'));
        fs::create_dir_all(&folder)?;
        return command.current_dir(folder).spawn();
    }
    let (root, mut mounts) = (places.root(), places.mounts()?);
    if let Some(tools) = tools {
        let point = root.join(".kfp/bin");
        fs::create_dir_all(&point)?;
        mounts.push(Mount::Bind(tools, point));
    }
    if let Some(program) = start.program {
        let point = root.join(PROGRAM.trim_start_matches('/'));
        fs::create_dir_all(root.join(".kfp"))?;
        File::create(&point)?;
        mounts.push(Mount::Bind(program, point));
    }
    // A thread of its own: namespace and root are the thread's, and end with the last process in them.
    let thread = std::thread::spawn(move || {
        enter(&root, &mounts)?;
        chdir(cwd.as_str()).map_err(|error| io::Error::other(format!("the working directory `{cwd}`: {error}")))?;
        command.spawn()
    });
    thread.join().unwrap_or_else(|_| Err(io::Error::other("the thread that starts processes has died")))
}

fn enter(root: &Path, mounts: &[Mount]) -> io::Result<()> {
    let none = None::<&str>;
    unshare(CloneFlags::CLONE_NEWNS | CloneFlags::CLONE_FS)?;
    mount(none, "/", none, MsFlags::MS_REC | MsFlags::MS_PRIVATE, none)?;
    for it in mounts {
        match it {
            Mount::Bind(from, point) => mount(Some(from), point, none, MsFlags::MS_BIND | MsFlags::MS_REC, none)
                .map_err(|error| io::Error::other(format!("mounting {}: {error}", from.display())))?,
            Mount::Layer { lower, upper, work, point } => {
                let (lower, upper, work) = (lower.display(), upper.display(), work.display());
                let options = format!("lowerdir={lower},upperdir={upper},workdir={work}");
                mount(Some("overlay"), point, Some("overlay"), MsFlags::empty(), Some(options.as_str()))
                    .map_err(|error| io::Error::other(format!("a layer over {lower}: {error}")))?;
            }
        }
    }
    chroot(root)?;
    Ok(())
}

/// The exit code as a shell has it: 128 and the signal where there was one.
pub(crate) fn code(status: ExitStatus) -> i32 {
    status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(-1)
}

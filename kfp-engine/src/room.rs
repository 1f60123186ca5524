//! Where a worker's tasks run: on the machine as it is, or in a root and among processes of their own.
//!
//! Namespaces belong to a thread. A worker makes them once and all its tasks run there, one after the other, so that a
//! task costs neither a namespace nor a mount unless it has volumes or layers.

use crate::images::Images;
use crate::orphan::Orphans;
use crate::places::{HIDDEN, Mount, View};
use crate::process::{Begun, Start};
use crate::reaper::Reaper;
use crate::runner::Client;
use crate::sweeper::Sweeper;
use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sched::{CloneFlags, unshare};
use nix::unistd::{chdir, chroot, fchdir};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;

/// Where an isolated task sees the program of the components.
pub(crate) const PROGRAM: &str = "/.kfp/program";
const TOOLS: &str = "/.kfp/bin";
const ROOMS: &str = "rooms";

/// What the rooms of a run have in common.
#[derive(Debug)]
pub(crate) struct House {
    /// The folder of the run.
    pub(crate) run: PathBuf,
    /// How tasks see their root.
    pub(crate) view: View,
    /// What makes containers, if programs of this machine do not stand for them.
    pub(crate) client: Option<Client>,
    /// The program of the components.
    pub(crate) program: Option<PathBuf>,
    /// Variables that every task gets: `PATH` and a few of the machine's.
    pub(crate) env: Vec<(String, String)>,
    pub(crate) images: Images,
    pub(crate) sweeper: Sweeper,
    /// Where the programs that have no room of their own are noted.
    pub(crate) orphans: Option<Orphans>,
}

impl House {
    pub(crate) fn new(run: PathBuf, view: View, program: Option<PathBuf>, images: Images) -> Self {
        let path = std::env::var("PATH").unwrap_or_else(|_| "/usr/local/bin:/usr/bin:/bin".to_owned());
        let tools = if view == View::Isolated { PathBuf::from(TOOLS) } else { run.join("bin") };
        let own = |name: &str| matches!(name, "HOME" | "LANG" | "LC_ALL" | "TZ" | "USER");
        let mut env: Vec<_> = std::env::vars().filter(|(name, _)| own(name)).collect();
        env.push(("PATH".to_owned(), format!("{path}:{}", tools.display())));
        let sweeper = Sweeper::new(run.join(ROOMS).join("heap"));
        Self { run, view, client: None, program, env, images, sweeper, orphans: None }
    }

    /// The folder of the rooms; what is in it can go when the run is over.
    pub(crate) fn rooms(&self) -> PathBuf {
        self.run.join(ROOMS)
    }

    /// What a task calls the program of the components.
    pub(crate) fn program_seen(&self) -> Option<String> {
        let program = self.program.as_ref()?;
        Some(if self.view == View::Isolated { PROGRAM.to_owned() } else { program.to_string_lossy().into_owned() })
    }
}

/// The room of one worker; made and used on the worker's thread alone.
#[derive(Debug)]
pub(crate) struct Room {
    pub(crate) house: Arc<House>,
    /// The root that its tasks see, or that their paths are replaced with.
    root: PathBuf,
    own: Option<Own>,
}

#[derive(Debug)]
struct Own {
    /// The machine's root, for the way back.
    outside: File,
    /// What is in the root before there is a task.
    furniture: BTreeSet<String>,
    reaper: Option<Reaper>,
}

impl Room {
    /// Makes a room; this thread is in it from now on.
    pub(crate) fn new(house: Arc<House>, number: usize) -> io::Result<Self> {
        let root = house.rooms().join(number.to_string());
        if house.view != View::Isolated {
            fs::create_dir_all(&root)?;
            return Ok(Self { house, root, own: None });
        }
        for name in HIDDEN {
            fs::create_dir_all(root.join(name))?;
        }
        let mounts = furnish(&house, &root)?;
        unshare(CloneFlags::CLONE_NEWNS | CloneFlags::CLONE_FS)?;
        mount(None::<&str>, "/", None::<&str>, MsFlags::MS_REC | MsFlags::MS_PRIVATE, None::<&str>)?;
        let outside = File::open("/")?;
        mounts.iter().try_for_each(put)?;
        let furniture = names(&root)?;
        // Without it, only process groups tell what a task has left behind.
        let reaper = Reaper::new().ok();
        Ok(Self { house, root, own: Some(Own { outside, furniture, reaper }) })
    }

    /// The root that its tasks see, or that their paths are replaced with.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Starts a program in the room.
    pub(crate) fn start(&self, start: Start) -> io::Result<Child> {
        let Some(own) = &self.own else { return Begun::new(start, &self.house.env)?.spawn() };
        chroot(&self.root)?;
        let started = chdir(start.cwd.as_path())
            .or_else(|_| {
                // Containers get a working directory that the image has not.
                let _ = fs::create_dir_all(&start.cwd);
                chdir(start.cwd.as_path())
            })
            .map_err(|error| io::Error::other(format!("the working directory `{}`: {error}", start.cwd.display())))
            .and_then(|()| Begun::new(start, &self.house.env)?.spawn());
        fchdir(&own.outside)?;
        chroot(".")?;
        started
    }

    /// Kills what a task has left behind, and makes the room as it was; an error means that it cannot be used again.
    pub(crate) fn clear(&self, mounts: &[Mount]) -> io::Result<()> {
        let Some(own) = &self.own else { return self.house.sweeper.sweep(&self.root, None) };
        if let Some(reaper) = &own.reaper {
            reaper.kill_all()?;
        }
        for it in mounts.iter().rev() {
            umount2(it.point(), MntFlags::MNT_DETACH)?;
        }
        // Deleted from outside: a task may have mounted something here, and that must stay.
        if own.is_littered(&self.root)? { self.house.sweeper.sweep(&self.root, Some(&own.furniture)) } else { Ok(()) }
    }
}

impl Own {
    fn is_littered(&self, root: &Path) -> io::Result<bool> {
        for name in HIDDEN {
            let is_empty = fs::read_dir(root.join(name)).is_ok_and(|mut entries| entries.next().is_none());
            if !is_empty {
                return Ok(true);
            }
        }
        Ok(names(root)? != self.furniture)
    }
}

fn names(folder: &Path) -> io::Result<BTreeSet<String>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

/// Makes the folders of a root, and says what to mount there.
fn furnish(house: &House, root: &Path) -> io::Result<Vec<Mount>> {
    let mut mounts = Vec::new();
    for entry in fs::read_dir("/")? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let point = root.join(&name);
        if entry.file_type()?.is_symlink() {
            std::os::unix::fs::symlink(fs::read_link(entry.path())?, &point)?;
        } else if entry.file_type()?.is_dir() && !HIDDEN.contains(&name.as_str()) {
            fs::create_dir_all(&point)?;
            mounts.push(Mount::Bind(entry.path(), point));
        }
    }
    // Where that image has it.
    std::os::unix::fs::symlink(format!("{TOOLS}/argosay"), root.join("argosay"))?;
    let point = root.join(TOOLS.trim_start_matches('/'));
    fs::create_dir_all(&point)?;
    mounts.push(Mount::Bind(house.run.join("bin"), point));
    if let Some(program) = &house.program {
        let point = root.join(PROGRAM.trim_start_matches('/'));
        File::create(&point)?;
        mounts.push(Mount::Bind(program.clone(), point));
    }
    crate::places::use_by_all(&root.join("tmp"))?;
    Ok(mounts)
}

/// Mounts something in the room that this thread is in; [`Room::clear`] takes it away.
pub(crate) fn put(it: &Mount) -> io::Result<()> {
    let none = None::<&str>;
    match it {
        Mount::Bind(from, point) => mount(Some(from), point, none, MsFlags::MS_BIND | MsFlags::MS_REC, none)
            .map_err(|error| io::Error::other(format!("mounting {}: {error}", from.display()))),
        Mount::Layer { lower, upper, work, point } => {
            let (lower, upper, work) = (lower.display(), upper.display(), work.display());
            let options = format!("lowerdir={lower},upperdir={upper},workdir={work}");
            mount(Some("overlay"), point, Some("overlay"), MsFlags::empty(), Some(options.as_str()))
                .map_err(|error| io::Error::other(format!("a layer over {lower}: {error}")))
        }
    }
}

/// Whether tasks can have a root of their own here.
pub(crate) fn can_isolate() -> bool {
    std::thread::spawn(|| {
        unshare(CloneFlags::CLONE_NEWNS).is_ok()
            && mount(None::<&str>, "/", None::<&str>, MsFlags::MS_REC | MsFlags::MS_PRIVATE, None::<&str>).is_ok()
    })
    .join()
    .unwrap_or(false)
}

/// Enters a user namespace, so that tasks can have a root of their own without root. Has to be called before there are
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

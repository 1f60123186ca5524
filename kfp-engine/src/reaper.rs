//! The first process of a PID namespace: it adopts what a task leaves behind, and kills it when it is told to.
//!
//! It ends when the engine does, however that happens, and the kernel then kills everything in its namespace.

use nix::sched::{CloneFlags, unshare};
use std::cell::RefCell;
use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Kills all but itself for every line that it reads, waits for one process of its own, which takes in the dead, and
/// says so.
const SCRIPT: &str = "while read -r x; do kill -9 -1; : & wait $!; echo; done";

/// The first process of the namespace in which this thread's programs run.
#[derive(Debug)]
pub(crate) struct Reaper {
    process: Child,
    pipes: RefCell<(ChildStdin, ChildStdout)>,
    /// Where the kernel lists its children.
    children: String,
}

impl Reaper {
    /// Makes a namespace for what this thread starts from now on.
    pub(crate) fn new() -> io::Result<Self> {
        unshare(CloneFlags::CLONE_NEWPID)?;
        let mut command = Command::new("/bin/sh");
        command.args(["-c", SCRIPT]).env_clear().current_dir("/").process_group(0);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (Some(to), Some(from)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(io::Error::other("a process without pipes"));
        };
        let children = format!("/proc/{0}/task/{0}/children", process.id());
        Ok(Self { process, pipes: RefCell::new((to, from)), children })
    }

    /// Kills what is left of a task whose own programs have ended.
    pub(crate) fn kill_all(&self) -> io::Result<()> {
        // What has lost its parent is a child of this process by now. A kernel that does not list them says nothing.
        if fs::read(&self.children).is_ok_and(|list| list.is_empty()) {
            return Ok(());
        }
        let (to, from) = &mut *self.pipes.borrow_mut();
        to.write_all(b"\n")?;
        from.read_exact(&mut [0])
    }
}

impl Drop for Reaper {
    fn drop(&mut self) {
        // With it everything in its namespace ends.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

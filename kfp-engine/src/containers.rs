//! The containers of a pod: first those that prepare it, then the main ones with their sidecars.

use crate::contained;
use crate::environment;
use crate::error::{IMAGE, Refusal};
use crate::outcome::{Outcome, Phase};
use crate::places::Places;
use crate::pod::Pod;
use crate::probe;
use crate::process::{self, Start, group};
use crate::room::{House, Room};
use crate::stage::SCRIPT;
use kfp_core::argo::{Container, Template};
use nix::errno::Errno;
use nix::sys::signal::Signal;
use nix::sys::wait::{Id, WaitPidFlag, WaitStatus, waitid};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::Child;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// What a sidecar gets to end by itself; less than on a cluster, where nobody waits for it.
const GRACE: Duration = Duration::from_secs(2);
const STEP: Duration = Duration::from_millis(5);

/// A container that is to run.
struct Job {
    name: String,
    container: Container,
    argv: Vec<String>,
    dependencies: Vec<String>,
    /// How often it may run until it goes well, and how long to wait in between.
    attempts: u64,
    pause: Duration,
}

/// The containers of a pod in a room.
pub(crate) struct Containers<'a> {
    pod: &'a Pod,
    room: &'a Room,
    places: &'a mut Places,
    running: Vec<(String, Child)>,
    /// The containers of podman or docker, by the names in the manifest.
    made: Vec<(String, String)>,
}

impl<'a> Containers<'a> {
    pub(crate) fn new(pod: &'a Pod, room: &'a Room, places: &'a mut Places) -> Self {
        Self { pod, room, places, running: Vec::new(), made: Vec::new() }
    }

    /// Runs them all to their end. An error is an outcome as well; nothing runs afterwards.
    pub(crate) fn run(mut self, ready: Option<oneshot::Sender<()>>) -> io::Result<Outcome> {
        let ended = self.all(ready);
        self.kill();
        ended
    }

    fn all(&mut self, ready: Option<oneshot::Sender<()>>) -> io::Result<Outcome> {
        let template = &self.pod.template;
        for init in &template.init_containers {
            let job = job(init.container.clone(), "init", &self.room.house);
            self.start(&job)?;
            let code = self.next()?.1;
            if code != 0 {
                return Ok(Outcome::error(format!("the init container `{}` ended with exit code {code}", job.name)));
            }
        }
        for sidecar in &template.sidecars {
            self.start(&job(sidecar.container.clone(), "sidecar", &self.room.house))?;
        }
        let sidecars: Vec<String> = self.running.iter().map(|(name, _)| name.clone()).collect();
        let (codes, mut failed) = self.mains(&sidecars, ready)?;
        if let Some((client, (_, made))) =
            self.room.house.client.as_ref().zip(self.made.iter().rfind(|(name, _)| name == "main"))
        {
            contained::outputs(client, made, self.pod, self.places)?;
        }
        self.kill();
        let bad = codes.iter().find(|(_, code)| **code != 0);
        if let Some((name, code)) = bad {
            let name = if codes.len() == 1 && name == "main" { String::new() } else { format!("`{name}`: ") };
            failed = Some(format!("{name}exit code {code}"));
        }
        let mut outcome = match failed {
            None => Outcome::new(Phase::Succeeded, ""),
            Some(message) => Outcome::new(Phase::Failed, message),
        };
        outcome.outputs.exit_code = codes.get("main").copied().or(bad.map(|(_, code)| *code)).or(Some(0));
        Ok(outcome)
    }

    /// Runs the main containers, each after its dependencies; the exit codes by name, and what a sidecar has to say.
    fn mains(
        &mut self,
        sidecars: &[String],
        mut ready: Option<oneshot::Sender<()>>,
    ) -> io::Result<(BTreeMap<String, i32>, Option<String>)> {
        let jobs = jobs(&self.pod.template, &self.room.house)?;
        let mut codes: BTreeMap<String, i32> = BTreeMap::new();
        let mut attempts: BTreeMap<String, u64> = BTreeMap::new();
        let mut failed = None;
        loop {
            while let Some(job) = jobs.iter().find(|job| can_start(job, &attempts, &codes)) {
                attempts.insert(job.name.clone(), 1);
                if job.dependencies.iter().all(|name| codes[name] == 0) {
                    self.start(job)?;
                } else {
                    codes.insert(job.name.clone(), 64);
                }
            }
            if codes.len() == jobs.len() {
                return Ok((codes, failed));
            }
            if attempts.len() == codes.len() {
                return Err(io::Error::other("the containers wait for each other"));
            }
            if let Some(ready) = ready.take() {
                self.wait_until_ready(&jobs, ready)?;
            }
            let (name, code) = self.next()?;
            if sidecars.contains(&name) {
                let is_fine = matches!(code, 0 | 137 | 143);
                failed = failed.or((!is_fine).then(|| format!("the sidecar `{name}`: exit code {code}")));
                continue;
            }
            let done = attempts.entry(name.clone()).or_default();
            match jobs.iter().find(|job| job.name == name && code != 0 && *done < job.attempts) {
                Some(job) => {
                    *done += 1;
                    std::thread::sleep(job.pause);
                    self.start(job)?;
                }
                None => drop(codes.insert(name, code)),
            }
        }
    }

    fn wait_until_ready(&mut self, jobs: &[Job], ready: oneshot::Sender<()>) -> io::Result<()> {
        for job in jobs {
            let Some(probe) = job.container.other.get("readinessProbe") else { continue };
            std::thread::sleep(probe::delay(probe));
            while !self.is_ready(probe)? {
                if !self.all_live() {
                    return Ok(());
                }
                std::thread::sleep(probe::PERIOD);
            }
        }
        // Who waits may be gone.
        let _ = ready.send(());
        Ok(())
    }

    fn is_ready(&self, probe: &Value) -> io::Result<bool> {
        let Some(command) = probe["exec"]["command"].as_array() else { return Ok(probe::answers(probe)) };
        let argv: Vec<String> = command.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect();
        if let Some((client, (_, made))) = self.room.house.client.as_ref().zip(self.made.last()) {
            return Ok(self
                .pod
                .running
                .run(self.pod.id, || client.exec(made, &argv).process_group(0).spawn())?
                .success());
        }
        let nowhere = || OpenOptions::new().write(true).open("/dev/null");
        let start = Start { argv, env: Vec::new(), cwd: self.places.cwd(None)?, out: nowhere()?, err: nowhere()? };
        Ok(self.pod.running.run(self.pod.id, || self.room.start(start))?.success())
    }

    fn start(&mut self, job: &Job) -> io::Result<()> {
        let folder = &self.places.folder;
        let log = |ending: &str| {
            let path = folder.join(format!("{}.{ending}", job.name));
            OpenOptions::new().create(true).append(true).open(path)
        };
        let client = self.room.house.client.as_ref();
        let mut env = match client {
            None => self.room.house.images.env(&job.container.image, &self.room.house.env),
            Some(_) => Vec::new(),
        };
        env.extend(environment::of(self.pod, &job.container).map_err(io::Error::other)?);
        let mut argv: Vec<String> =
            job.argv.iter().map(|text| self.places.text(&environment::expanded(text, &env))).collect();
        if let Some(client) = client {
            let name = contained::name(self.pod, &job.name, self.made.len());
            let arguments = contained::arguments(&job.container, &argv, &env, self.places);
            let mut command = client.run(&name, &arguments);
            command.stdout(log("out")?).stderr(log("err")?).process_group(0);
            self.made.push((job.name.clone(), name));
            let child = self.pod.running.start(self.pod.id, || command.spawn())?;
            self.running.push((job.name.clone(), child));
            return Ok(());
        }
        if argv.get(1).is_some_and(|verb| verb == "kfp-exec")
            && let Some(program) = self.room.house.program_seen()
        {
            argv[0] = program;
        }
        for (_, value) in &mut env {
            *value = self.places.text(value);
        }
        let cwd = self.places.cwd(job.container.working_dir.as_deref())?;
        let program = argv.first().cloned().unwrap_or_default();
        let start = Start { argv, env, cwd, out: log("out")?, err: log("err")? };
        let started = self.pod.running.start(self.pod.id, || self.room.start(start));
        let child = started.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                let message = format!("the program `{program}` of this image is not on this machine");
                let help =
                    "install it, or name another one for the image with `--images FILE`; then `kfp resume` the run";
                let place = format!("image `{}`, pod `{}`", job.container.image, self.pod.name);
                io::Error::other(Refusal::new(IMAGE, place, message).help(help))
            }
            _ => error,
        })?;
        if let Some(orphans) = &self.room.house.orphans {
            orphans.note(group(&child));
        }
        self.running.push((job.name.clone(), child));
        Ok(())
    }

    /// Waits for the next one that ends: its name and exit code.
    fn next(&mut self) -> io::Result<(String, i32)> {
        // Its group can be nobody else's until it is reaped.
        let flags = WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT | WaitPidFlag::__WNOTHREAD;
        let status = loop {
            let id = match &self.running[..] {
                [(_, only)] => Id::Pid(group(only)),
                _ => Id::All,
            };
            match waitid(id, flags) {
                Err(Errno::EINTR) => {}
                ended => break ended?,
            }
        };
        self.reap(status)
    }

    fn reap(&mut self, status: WaitStatus) -> io::Result<(String, i32)> {
        let ended = status.pid();
        let Some(index) = self.running.iter().position(|(_, child)| Some(group(child)) == ended) else {
            return Err(io::Error::other("the first process of the task's namespace has died"));
        };
        let (name, mut child) = self.running.swap_remove(index);
        self.pod.running.ended(self.pod.id, group(&child));
        Ok((name, process::code(child.wait()?)))
    }

    /// Ends what still runs: with a signal first, and after a while with force.
    fn kill(&mut self) {
        for (_, child) in &self.running {
            process::kill(group(child), Signal::SIGTERM);
        }
        let start = Instant::now();
        while !self.running.is_empty() && start.elapsed() < GRACE && self.has_one_left() {
            std::thread::sleep(STEP);
        }
        for (_, child) in &mut self.running {
            self.pod.running.ended(self.pod.id, group(child));
            // It has been killed.
            let _ = child.wait();
        }
        self.running.clear();
        if let Some(client) = &self.room.house.client {
            client.remove(&self.made.drain(..).map(|(_, made)| made).collect::<Vec<_>>());
        }
    }

    /// Whether one of those that run has not ended.
    fn has_one_left(&self) -> bool {
        self.running.iter().any(|(_, child)| lives(child))
    }

    fn all_live(&self) -> bool {
        self.running.iter().all(|(_, child)| lives(child))
    }
}

fn lives(child: &Child) -> bool {
    let flags = WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT | WaitPidFlag::WNOHANG;
    waitid(Id::Pid(group(child)), flags) == Ok(WaitStatus::StillAlive)
}

fn can_start(job: &Job, attempts: &BTreeMap<String, u64>, codes: &BTreeMap<String, i32>) -> bool {
    !attempts.contains_key(&job.name) && job.dependencies.iter().all(|name| codes.contains_key(name))
}

fn job(container: Container, kind: &str, house: &House) -> Job {
    Job {
        name: container.name.clone().unwrap_or_else(|| kind.to_owned()),
        argv: command(&container, house),
        container,
        dependencies: Vec::new(),
        attempts: 1,
        pause: Duration::ZERO,
    }
}

fn jobs(template: &Template, house: &House) -> io::Result<Vec<Job>> {
    if let Some(script) = &template.script {
        let mut container = script.container.clone();
        if !script.source.is_empty() {
            container.args.push(SCRIPT.to_owned());
        }
        return Ok(vec![Job { name: "main".to_owned(), ..job(container, "main", house) }]);
    }
    if let Some(container) = &template.container {
        return Ok(vec![Job { name: "main".to_owned(), ..job((**container).clone(), "main", house) }]);
    }
    let Some(set) = &template.container_set else { return Err(io::Error::other("the template runs nothing")) };
    let strategy = set.retry_strategy.clone().unwrap_or_default();
    let retries = &strategy["retries"];
    let attempts = retries.as_u64().or_else(|| retries.as_str()?.trim().parse().ok()).unwrap_or(1).max(1);
    let pause = strategy["duration"].as_str().and_then(|text| crate::leaf::duration(text).ok()).unwrap_or_default();
    let nodes = set.containers.iter().map(|node| Job {
        dependencies: node.dependencies.clone(),
        attempts,
        pause,
        ..job(node.container.clone(), "main", house)
    });
    Ok(nodes.collect())
}

fn command(container: &Container, house: &House) -> Vec<String> {
    let own = container.command.iter().cloned();
    // An image knows its own.
    let is_asked = container.command.is_empty() && house.client.is_none();
    let default = is_asked.then(|| match house.images.command(&container.image) {
        None if container.args.is_empty() => house.images.unwritten(&container.image),
        known => known,
    });
    let default = default.flatten();
    own.chain(default.into_iter().flatten()).chain(container.args.iter().cloned()).collect()
}

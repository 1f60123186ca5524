//! Containers of podman, and of docker where there is one: images are built from nothing but a program, so that nothing is
//! pulled. Where docker has no daemon it talks to the service of podman.

use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = r#"
use std::{env, fs, thread, time::Duration};
fn main() {
    let words: Vec<String> = env::args().skip(1).collect();
    let mut words = words.iter().map(String::as_str);
    while let Some(verb) = words.next() {
        let mut next = || words.next().expect("a word").to_owned();
        match verb {
            "print" => println!("{}", next()),
            "env" => println!("{}", env::var(next()).unwrap_or_default()),
            "here" => println!("{}", env::current_dir().unwrap().display()),
            "ls" => fs::read_dir(next()).unwrap().for_each(|entry| println!("{}", entry.unwrap().path().display())),
            "copy" => { fs::copy(next(), next()).unwrap(); }
            "write" => { fs::write(next(), next()).unwrap(); }
            "cat" => print!("{}", fs::read_to_string(next()).unwrap()),
            "wait" => { let path = next(); while !fs::exists(&path).unwrap() { thread::sleep(Duration::from_millis(20)); } }
            "sleep" => thread::sleep(Duration::from_secs_f64(next().parse().unwrap())),
            "exit" => std::process::exit(next().parse().unwrap()),
            other => fs::read_to_string(other).unwrap().split_whitespace().for_each(|word| println!("script {word}")),
        }
    }
}
"#;

/// For machines where only an older layout of control groups can be used, and limits cannot be raised.
const WRAPPER: &str = r#"#!/bin/sh
export CONTAINERS_CONF=$(dirname "$0")/containers.conf
exec unshare --mount sh -c 'umount /sys/fs/cgroup/unified 2>/dev/null; exec "$@"' podman PODMAN "$@"
"#;

struct Trial {
    place: tempfile::TempDir,
    path: String,
    /// `podman` or `docker`.
    client: &'static str,
    /// The address of the daemon of docker, and what listens there.
    daemon: Option<(String, Child)>,
}

impl Drop for Trial {
    fn drop(&mut self) {
        if let Some((_, service)) = &mut self.daemon {
            let _ = service.kill();
            let _ = service.wait();
        }
    }
}

impl Trial {
    /// A folder, and an image `localhost/kfp-trial:1` whose program knows the verbs above; none where podman cannot run one.
    fn new() -> Option<Self> {
        let place = tempfile::tempdir().expect("a folder");
        let path = std::env::var("PATH").expect("PATH");
        let mut trial = Self { place, path, client: "podman", daemon: None };
        let image = trial.place.path().join("image");
        fs::create_dir(&image).expect("a folder");
        fs::write(image.join("main.rs"), PROGRAM).expect("a file");
        let dockerfile =
            "FROM scratch\nCOPY trial /trial\nCOPY etc /etc\nCOPY etc /work\nENV OWN=image\nENTRYPOINT [\"/trial\"]\n";
        fs::write(image.join("Dockerfile"), dockerfile).expect("a file");
        fs::create_dir(image.join("etc")).expect("a folder");
        fs::write(image.join("etc/own"), "of the image\n").expect("a file");
        let mut compiler = Command::new("rustc");
        compiler.args(["-O", "-C", "target-feature=+crt-static", "-o", "trial", "main.rs"]).current_dir(&image);
        let compiled = compiler.status();
        if !compiled.is_ok_and(|status| status.success()) || !trial.podman(&["--version"]) {
            return None;
        }
        let image = image.to_string_lossy().into_owned();
        if !trial.podman(&["build", "-q", "-t", "localhost/kfp-trial:1", &image]) {
            return None;
        }
        let works =
            |trial: &Self| trial.podman(&["run", "--rm", "--network", "host", "localhost/kfp-trial:1", "print", "x"]);
        if works(&trial) {
            return Some(trial);
        }
        trial.wrap();
        works(&trial).then_some(trial)
    }

    fn wrap(&mut self) {
        let found = self.path.split(':').map(|folder| Path::new(folder).join("podman")).find(|file| file.is_file());
        let bin = self.place.path().join("bin");
        fs::create_dir(&bin).expect("a folder");
        let limits = "[containers]\ndefault_ulimits = [\"nofile=1024:1024\", \"nproc=1024:1024\"]\n";
        fs::write(bin.join("containers.conf"), limits).expect("a file");
        let podman = found.expect("podman").to_string_lossy().into_owned();
        fs::write(bin.join("podman"), WRAPPER.replace("PODMAN", &podman)).expect("a file");
        fs::set_permissions(bin.join("podman"), fs::Permissions::from_mode(0o755)).expect("a program");
        self.path = format!("{}:{}", bin.display(), self.path);
    }

    fn podman(&self, arguments: &[&str]) -> bool {
        let mut command = Command::new(self.client);
        command.args(arguments).env("PATH", &self.path).stdout(Stdio::null()).stderr(Stdio::null());
        command.envs(self.host()).status().is_ok_and(|status| status.success())
    }

    fn host(&self) -> Option<(&'static str, &str)> {
        self.daemon.as_ref().map(|(address, _)| ("DOCKER_HOST", address.as_str()))
    }

    /// The same with the program `docker`; nothing where that runs no image.
    fn with_docker(mut self) -> Option<Self> {
        let socket = self.place.path().join("docker.sock");
        let address = format!("unix://{}", socket.display());
        let mut service = Command::new("podman");
        service.args(["system", "service", "--time=0", &address]).env("PATH", &self.path);
        let service = service.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("podman");
        (self.client, self.daemon) = ("docker", Some((address, service)));
        let start = Instant::now();
        while !socket.exists() && start.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(20));
        }
        self.podman(&["run", "--rm", "--network", "host", "localhost/kfp-trial:1", "print", "x"]).then_some(self)
    }

    /// The containers that are there, of the run in this folder.
    fn left(&self) -> String {
        let label =
            format!("label=kfp-run={}", fs::canonicalize(self.place.path()).expect("a folder").join("run").display());
        let mut command = Command::new(self.client);
        command.args(["ps", "-aq", "--filter", &label]).env("PATH", &self.path).envs(self.host());
        String::from_utf8_lossy(&command.output().expect("the client").stdout).into_owned()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kfp"));
        command
            .args(arguments)
            .current_dir(fs::canonicalize(self.place.path()).expect("a folder"))
            .env("PATH", &self.path)
            .envs(self.host());
        command
    }

    fn write(&self, templates: &str) {
        let head = "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: w}\nspec:\n  entrypoint: main\n  templates:\n";
        let text = templates.replace("IMAGE", "image: 'localhost/kfp-trial:1'");
        fs::write(self.place.path().join("w.yaml"), format!("{head}{text}")).expect("a file");
    }

    fn run(&self, templates: &str) -> (Option<i32>, String) {
        self.write(templates);
        let _ = fs::remove_dir_all(self.place.path().join("run"));
        let Output { status, stdout, stderr } = self
            .command(&["run", "w.yaml", "--out", "run", "--runner", self.client, "--json"])
            .output()
            .expect("the command");
        (status.code(), String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned())
    }
}

/// What a node printed.
fn result(text: &str, node: &str) -> Option<String> {
    let events = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let of_node =
        |event: &Value| event["event"] == "ended" && event["node"].as_str().is_some_and(|name| name.ends_with(node));
    events.filter(of_node).find_map(|event| event["outcome"]["outputs"]["result"].as_str().map(str::to_owned))
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn containers_run_in_podman_and_docker_as_on_a_cluster() {
    let Some(trial) = Trial::new() else {
        eprintln!("skipped: podman runs no image here");
        return;
    };
    files_and_variables(&trial);
    pods_of_several_containers(&trial);
    failures(&trial);
    nothing_is_left(&trial);
    let Some(trial) = trial.with_docker() else {
        eprintln!("skipped: docker runs no image here");
        return;
    };
    files_and_variables(&trial);
    pods_of_several_containers(&trial);
    failures(&trial);
    nothing_is_left(&trial);
}

fn files_and_variables(trial: &Trial) {
    let (code, text) = trial.run(
        r"
  - name: main
    steps:
    - - {name: make, template: make}
    - - {name: use, template: use, arguments: {artifacts: [{name: in, from: '{{steps.make.outputs.artifacts.file}}'}],
         parameters: [{name: p, value: '{{steps.make.outputs.parameters.p}}'}]}}
      - {name: script, template: script}
      - {name: hosts, template: hosts}
  - name: make
    outputs:
      parameters: [{name: p, valueFrom: {path: /work/p}}]
      artifacts: [{name: file, path: /deep}]
    container:
      IMAGE
      args: [write, /work/p, five, write, /deep, '$(A) of a task', env, OWN, env, A, here, cat, /etc/own]
      env: [{name: A, value: file}]
      workingDir: /work
  - name: use
    inputs: {artifacts: [{name: in, path: /given/file}], parameters: [{name: p}]}
    volumes: [{name: v, emptyDir: {}}]
    outputs: {parameters: [{name: copied, valueFrom: {path: /v/copy}}]}
    container:
      IMAGE
      command: [/trial, copy]
      args: [/given/file, /v/copy, cat, /v/copy, print, ' {{inputs.parameters.p}}']
      volumeMounts: [{name: v, mountPath: /v}]
  - name: script
    script: {IMAGE, command: [/trial], source: 'one two'}
  - name: hosts
    hostAliases: [{ip: 127.0.0.2, hostnames: [one.test]}]
    container: {IMAGE, args: [cat, /etc/hosts]}
",
    );
    assert_eq!(code, Some(0), "{text}");
    assert_eq!(result(&text, ".make").as_deref(), Some("image\nfile\n/work\nof the image"), "{text}");
    assert_eq!(result(&text, ".use").as_deref(), Some("file of a task five"), "{text}");
    assert_eq!(result(&text, ".script").as_deref(), Some("script one\nscript two"), "{text}");
    assert!(result(&text, ".hosts").is_some_and(|hosts| hosts.contains("127.0.0.2 one.test")), "{text}");
    assert!(text.contains(r#""copied":"file of a task""#), "{text}");
    assert_eq!(trial.left(), "");
}

fn pods_of_several_containers(trial: &Trial) {
    let (code, text) = trial.run(
        r"
  - name: main
    volumes: [{name: v, emptyDir: {}}]
    initContainers: [{name: first, IMAGE, args: [write, /v/first, begun], volumeMounts: [{name: v, mountPath: /v}]}]
    sidecars: [{name: side, IMAGE, args: [write, /v/side, ' beside', sleep, '300'], volumeMounts: [{name: v, mountPath: /v}]}]
    container: {IMAGE, args: [wait, /v/side, cat, /v/first, cat, /v/side], volumeMounts: [{name: v, mountPath: /v}]}
",
    );
    assert_eq!((code, result(&text, "w").as_deref()), (Some(0), Some("begun beside")), "{text}");
    assert_eq!(trial.left(), "");
}

fn failures(trial: &Trial) {
    let (code, text) = trial.run("  - {name: main, container: {IMAGE, args: [exit, '3']}}\n");
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("exit code 3"), "{text}");
    let (code, text) =
        trial.run("  - {name: main, container: {image: localhost/kfp-none:1, imagePullPolicy: Never}}\n");
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("kfp-none"), "{text}");
    let start = Instant::now();
    let (code, text) =
        trial.run("  - {name: main, activeDeadlineSeconds: 1, container: {IMAGE, args: [sleep, '300']}}\n");
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("longer than its deadline") && start.elapsed() < Duration::from_secs(30), "{text}");
    assert_eq!(trial.left(), "");
}

fn nothing_is_left(trial: &Trial) {
    trial.write("  - {name: main, container: {IMAGE, args: [print, begun, sleep, '300']}}\n");
    for signal in ["-INT", "-KILL"] {
        let _ = fs::remove_dir_all(trial.place.path().join("run"));
        let mut run = trial.command(&["run", "w.yaml", "--out", "run", "--runner", trial.client]);
        let mut run = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the command");
        let start = Instant::now();
        while start.elapsed() < Duration::from_mins(1)
            && !fs::read(trial.place.path().join("run/tasks/w/main.out")).is_ok_and(|text| !text.is_empty())
        {
            std::thread::sleep(Duration::from_millis(20));
        }
        let killed = Command::new("kill").args([signal, &run.id().to_string()]).status().expect("kill");
        assert!(killed.success());
        let code = run.wait().expect("the end").code();
        assert_eq!((code, trial.left().is_empty()), if signal == "-INT" { (Some(3), true) } else { (None, false) });
    }
    // Going on begins with what an engine that was killed has left.
    let journal = trial.place.path().join("run/journal.jsonl");
    let text = fs::read_to_string(&journal).expect("a journal").replace("300", "0.1");
    fs::write(&journal, text).expect("a journal");
    let resumed = trial.command(&["resume", "run"]).output().expect("the command");
    assert!(resumed.status.success(), "{}", String::from_utf8_lossy(&resumed.stderr));
    assert_eq!(trial.left(), "");
}

#[test]
fn without_podman_nothing_starts() {
    let place = tempfile::tempdir().expect("a folder");
    fs::write(place.path().join("w.yaml"), "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: w}\nspec:\n  entrypoint: main\n  templates:\n  - {name: main, container: {image: x}}\n")
        .expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kfp"));
    let output = command
        .args(["run", "w.yaml", "--runner", "docker"])
        .current_dir(place.path())
        .env("PATH", place.path())
        .output();
    let output = output.expect("the command");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("[KFP611]") && text.contains("no `docker`"), "{text}");
    assert!(!place.path().join("kfp-runs").exists(), "nothing is written");
    let output = command.arg("--runner=lxc").output().expect("the command");
    assert!(String::from_utf8_lossy(&output.stderr).contains("there are `host`, `podman` and `docker`"));
}

//! What an engine that was killed has left is gone before a resumed run starts anything.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The task writes who it is, leaves a child, and runs until it is killed; again it finds whether the first is still there.
const WORKFLOW: &str = r"
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: w}
spec:
  entrypoint: main
  templates:
  - name: main
    container:
      image: busybox
      command: [sh, -c]
      args:
      - |
        if [ -e HERE/again ]; then
          [ ! -e HERE/shared ] || for pid in $(cat HERE/pids); do [ ! -e /proc/$pid/cwd ] || echo left $pid >> HERE/found; done
          exit 0
        fi
        echo part > /tmp/part
        sleep 300 &
        echo $! $$ > HERE/pids.new
        mv HERE/pids.new HERE/pids
        wait
";

fn wait_for(what: &str, holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_mins(1), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn kfp(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kfp"));
    command.args(arguments).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The processes whose command line has these words.
fn running(words: &[u8]) -> usize {
    let all = fs::read_dir("/proc").expect("/proc").flatten();
    let lines = all.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
    lines.filter(|line| line.windows(words.len()).any(|part| part == words)).count()
}

#[test]
fn programs_and_rooms_of_a_killed_engine_are_gone_when_the_run_goes_on() {
    for options in [&["--no-isolation"][..], &[]] {
        // Not below `/tmp`, which an isolated task has for its own.
        let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let folder = place.path();
        let here = folder.display().to_string();
        fs::write(folder.join("w.yaml"), WORKFLOW.replace("HERE", &here)).expect("a file");
        let run = [&["run", "w.yaml", "--out", "run"], options].concat();
        let mut engine = kfp(folder, &run).spawn().expect("the engine");
        wait_for("the task begins", || folder.join("pids").exists());
        assert!(running(here.as_bytes()) > 0, "it runs");
        engine.kill().expect("a signal");
        engine.wait().expect("its end");
        assert!(folder.join("run/rooms").exists(), "something is left");
        match options.is_empty() {
            true => wait_for("the kernel ends all of its namespace", || running(here.as_bytes()) == 0),
            false => {
                assert!(running(here.as_bytes()) > 0, "nobody has ended it");
                fs::write(folder.join("shared"), "").expect("a file");
            }
        }
        fs::write(folder.join("again"), "").expect("a file");
        let resumed = kfp(folder, &[&["resume", "run"], options].concat()).status().expect("the engine");
        assert!(resumed.success(), "{options:?}");
        assert!(!folder.join("found").exists(), "{options:?}: {:?}", fs::read_to_string(folder.join("found")));
        wait_for("all is gone", || running(here.as_bytes()) == 0);
        let rooms = fs::read_dir(folder.join("run/rooms")).map_or(0, Iterator::count);
        assert_eq!(rooms, 0, "{options:?}");
    }
}

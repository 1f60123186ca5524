//! The pipeline, run on this machine by the program itself, from the manifest that goes to a cluster.

use kfp_engine::{History, Kind, Outcome, Phase, Stored};
use std::process::Command;
use tempfile::TempDir;

/// A run that has ended.
struct Run {
    history: History,
    _place: TempDir,
}

fn run(arguments: &[&str]) -> Run {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("run");
    let output = Command::new(env!("CARGO_BIN_EXE_iris"))
        .args(["run", "best-tree", "--out"])
        .arg(&folder)
        .args(arguments)
        .output()
        .expect("the program starts");
    let history = History::read(&folder).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    Run { history, _place: place }
}

impl Run {
    fn phase(&self) -> Phase {
        self.history.over.as_ref().expect("it has ended").0
    }

    /// How the task ended whose place in the workflow ends so; none if it did not run.
    fn task(&self, place: &str) -> Option<&Outcome> {
        let mut pods = self.history.records.iter().filter(|record| record.node.kind == Kind::Pod);
        let found = pods.rfind(|record| record.node.node.ends_with(&format!(".{place}")))?;
        found.ended.as_ref().map(|ended| &ended.outcome)
    }

    fn number(&self, place: &str, output: &str) -> f64 {
        self.task(place).expect("it ran").outputs.parameters[output].parse().expect("a number")
    }

    fn file(&self, artifact: &Stored) -> Vec<u8> {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("file");
        self.history.fetch(artifact, &path).expect("an artifact");
        std::fs::read(path).expect("a file")
    }
}

#[test]
fn five_seeds_reach_nine_flowers_in_ten() {
    for seed in ["1", "2", "3", "4", "5"] {
        let run = run(&["--seed", seed]);
        assert_eq!(run.phase(), Phase::Succeeded);
        let accuracy = run.number("evaluate-2", "output");
        assert!((0.9..=1.0).contains(&accuracy), "seed {seed}: {accuracy}");
        // Published, then: and what was published is what was measured.
        let released = &run.task("condition-1.publish").expect("it ran").outputs.artifacts["released"];
        let model = &run.task("fit-2").expect("it ran").outputs.artifacts["model"];
        assert_eq!(run.file(released), run.file(model));
    }
}

#[test]
fn every_depth_is_tried_and_the_best_is_picked() {
    let run = run(&["--depths", "[1, 4]"]);
    let scores = [run.number("round(0:1).evaluate", "output"), run.number("round(1:4).evaluate", "output")];
    assert!((scores[0] - 2.0 / 3.0).abs() < 1e-9 && scores[1] > 0.8, "{scores:?}");
    assert!((run.number("pick", "depth") - 4.0).abs() < 1e-9);
    assert!((run.number("pick", "accuracy") - scores[1]).abs() < 1e-9);
}

#[test]
fn what_is_not_good_enough_is_not_published() {
    let run = run(&["--depths", "[1]"]);
    assert_eq!(run.phase(), Phase::Succeeded);
    assert!(run.task("condition-1.publish").is_none() && run.task("condition-2.announce").is_some());
}

#[test]
fn a_run_that_fails_says_so_at_the_end() {
    let run = run(&["--source", "no/such.csv"]);
    assert_eq!(run.phase(), Phase::Failed);
    assert!(run.task("split").is_none() && run.task("announce-2").is_some());
}

#[test]
fn it_takes_the_options_of_the_command() {
    let place = tempfile::tempdir().expect("a folder");
    let program = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_iris"))
            .args(arguments)
            .args(["--out", "run", "--shared", "shared"])
            .current_dir(place.path())
            .output()
            .expect("the program");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    let (code, said) =
        program(&["run", "best-tree", "--no-cache", "--slots", "1", "--seed", "3", "--runner", "nobody"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("KFP406") && said.contains("nobody"), "{said}");
    let (code, said) = program(&["run", "best-tree", "--slots", "1", "--sed", "3"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("did you mean `--seed`"), "{said}");
    let (code, said) = program(&["resume", ".", "--nothing"]);
    assert!(code == Some(2) && said.contains("--nothing"), "{said}");
}

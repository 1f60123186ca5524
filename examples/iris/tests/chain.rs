//! The steps of the pipeline one after the other, through the program itself, with the commands and files of its manifest.

use kfp_chain::{Phase, Run, Setup, Values, run};
use kfp_core::argo::Workflow;
use std::path::Path;
use std::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_iris");

/// The manifest, as the program compiles it.
fn manifest() -> Workflow {
    let output = Command::new(PROGRAM).args(["compile", "best-tree"]).output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Workflow::from_yaml(std::str::from_utf8(&output.stdout).expect("text")).expect("a manifest")
}

fn start(arguments: &[(&str, &str)]) -> (Run, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let setup = Setup {
        folder: folder.path().to_owned(),
        programs: vec![Path::new(PROGRAM).parent().expect("a folder").to_owned()],
        arguments: arguments.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        verbose: false,
    };
    (run(&manifest(), &setup).expect("a manifest that can be followed"), folder)
}

fn number(values: Option<&Values>, name: &str) -> f64 {
    values.expect("the step ran once").parameters[name].parse().expect("a number")
}

#[test]
fn five_seeds_reach_nine_flowers_in_ten() {
    for seed in ["1", "2", "3", "4", "5"] {
        let (run, _folder) = start(&[("seed", seed)]);
        assert_eq!(run.phase, Phase::Succeeded);
        let accuracy = number(run.step("evaluate-2"), "output");
        assert!((0.9..=1.0).contains(&accuracy), "seed {seed}: {accuracy}");
        // Published, then: and what was published is what was measured.
        let released = &run.step("condition-1/publish").expect("it ran").artifacts["released"];
        let model = &run.step("fit-2").expect("it ran").artifacts["model"];
        assert_eq!(std::fs::read(released).unwrap(), std::fs::read(model).unwrap());
    }
}

#[test]
fn every_depth_is_tried_and_the_best_is_picked() {
    let (run, _folder) = start(&[("depths", "[1, 4]")]);
    let path = |round: usize| format!("for-loop-1/round({round})/evaluate");
    let scores: Vec<f64> = (0..2).map(|round| number(run.step(&path(round)), "output")).collect();
    assert!((scores[0] - 2.0 / 3.0).abs() < 1e-9 && scores[1] > 0.8, "{scores:?}");
    let best = run.step("pick");
    assert!((number(best, "depth") - 4.0).abs() < 1e-9);
    assert!((number(best, "accuracy") - scores[1]).abs() < 1e-9);
}

#[test]
fn what_is_not_good_enough_is_not_published() {
    let (run, _folder) = start(&[("depths", "[1]")]);
    assert_eq!(run.phase, Phase::Succeeded);
    assert!(run.step("condition-1/publish").is_none() && run.step("condition-2/announce").is_some());
}

#[test]
fn a_run_that_fails_says_so_at_the_end() {
    let (run, _folder) = start(&[("source", "no/such.csv")]);
    assert_eq!(run.phase, Phase::Failed);
    let started: Vec<&str> = run.steps.iter().map(|(path, ..)| path.as_str()).collect();
    assert_eq!(started, ["fetch", "onExit/announce-2"]);
}

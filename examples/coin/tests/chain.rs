//! Both pipelines, run with the commands of their manifests through the program itself.

use kfp_chain::{Phase, Run, Setup, run};
use std::path::Path;
use std::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_coin");

fn start(pipeline: &str) -> (Run, tempfile::TempDir) {
    let output = Command::new(PROGRAM).args(["compile", pipeline]).output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let manifest = kfp::argo::Workflow::from_yaml(std::str::from_utf8(&output.stdout).expect("text"));
    let folder = tempfile::tempdir().expect("a folder");
    let setup = Setup {
        folder: folder.path().to_owned(),
        programs: vec![Path::new(PROGRAM).parent().expect("a folder").to_owned()],
        ..Setup::default()
    };
    (run(&manifest.expect("a manifest"), &setup).expect("a manifest that can be followed"), folder)
}

#[test]
fn one_side_is_drawn_for() {
    for _ in 0..10 {
        let (run, _folder) = start("flip-and-draw");
        assert_eq!((run.phase, run.steps.len()), (Phase::Succeeded, 3));
        let heads = run.steps[0].2.parameters["output"] == "heads";
        let number: i64 = run.steps[1].2.parameters["output"].parse().expect("a number");
        assert!(if heads { 0..=9 } else { 10..=19 }.contains(&number), "{number}");
        let large = number > if heads { 5 } else { 15 };
        // The arms of the inner conditions are numbered after those of the outer one.
        let said = match (heads, large) {
            (true, true) => "condition-1/condition-3/say",
            (true, false) => "condition-1/condition-4/say-2",
            (false, true) => "condition-2/condition-5/say-3",
            (false, false) => "condition-2/condition-6/say-4",
        };
        assert_eq!(run.steps[2].0, said);
    }
}

#[test]
fn the_coin_is_flipped_until_it_shows_heads() {
    for _ in 0..10 {
        let (run, _folder) = start("until-heads");
        assert_eq!(run.phase, Phase::Succeeded);
        let flips: Vec<&str> =
            run.steps.iter().filter_map(|(_, _, values)| values.parameters.get("output")).map(String::as_str).collect();
        let (last, before) = flips.split_last().expect("at least one flip");
        assert!(*last == "heads" && before.iter().all(|side| *side == "tails"), "{flips:?}");
        assert_eq!(run.steps.len(), 2 * flips.len());
    }
}

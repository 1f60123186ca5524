//! Both pipelines, run on this machine by the program itself.

use kfp_engine::{History, Kind, Record};
use std::process::Command;

/// The pods that ran, in the order in which they began.
fn run(pipeline: &str) -> Vec<Record> {
    let place = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_coin"))
        .args(["run", pipeline, "--out", "run"])
        .current_dir(place.path())
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let history = History::read(place.path().join("run")).expect("a run");
    history.records.into_iter().filter(|record| record.node.kind == Kind::Pod).collect()
}

fn output(record: &Record) -> &str {
    &record.ended.as_ref().expect("it ended").outcome.outputs.parameters["output"]
}

/// Where a pod stands, without the name of the workflow.
fn place(record: &Record) -> &str {
    record.node.node.split_once('.').expect("a task").1
}

#[test]
fn one_side_is_drawn_for() {
    for _ in 0..10 {
        let pods = run("flip-and-draw");
        assert_eq!(pods.len(), 3);
        let heads = output(&pods[0]) == "heads";
        let number: i64 = output(&pods[1]).parse().expect("a number");
        assert!(if heads { 0..=9 } else { 10..=19 }.contains(&number), "{number}");
        let large = number > if heads { 5 } else { 15 };
        // The arms of the inner conditions are numbered after those of the outer one.
        let said = match (heads, large) {
            (true, true) => "condition-1.condition-3.say",
            (true, false) => "condition-1.condition-4.say-2",
            (false, true) => "condition-2.condition-5.say-3",
            (false, false) => "condition-2.condition-6.say-4",
        };
        assert_eq!(place(&pods[2]), said);
    }
}

#[test]
fn the_coin_is_flipped_until_it_shows_heads() {
    for _ in 0..10 {
        let pods = run("until-heads");
        let flips: Vec<&str> = pods.iter().filter(|pod| pod.node.name.starts_with("flip")).map(output).collect();
        let (last, before) = flips.split_last().expect("at least one flip");
        assert!(*last == "heads" && before.iter().all(|side| *side == "tails"), "{flips:?}");
        assert_eq!(pods.len(), 2 * flips.len());
    }
}

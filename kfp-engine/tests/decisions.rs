//! What is no function of its arguments is decided once: a run that is resumed decides nothing otherwise.

mod support;

use kfp_engine::{History, Phase};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use support::{Trial, workflow};

const DRAWN: &str = r#"
  - name: main
    dag:
      tasks:
      - name: lots
        template: say
        arguments: {parameters: [{name: v, value: "{{=sprig.uuidv4()}} {{=sprig.uuidv4() + ' ' + sprig.randAlpha(8)}}"}]}
      - name: others
        template: say
        arguments: {parameters: [{name: v, value: "{{=sprig.uuidv4()}} {{=sprig.uuidv4() + ' ' + sprig.randAlpha(8)}}"}]}
      - name: time
        template: say
        arguments: {parameters: [{name: v, value: "{{=now()}}"}]}
      - name: later
        depends: time
        template: say
        arguments: {parameters: [{name: v, value: "{{=now()}}"}]}
      - name: perhaps
        template: say
        when: "{{=sprig.randInt(0, 2)}} == 1"
        arguments: {parameters: [{name: v, value: there}]}
      - name: rounds
        depends: lots
        template: group
        withParam: "{{=toJson(map(1..sprig.randInt(2, 5), string(#) + sprig.randAlphaNum(4)))}}"
        arguments: {parameters: [{name: v, value: "{{item}} {{=sprig.randNumeric(9)}}"}]}
  - name: group
    inputs: {parameters: [{name: v}]}
    steps:
    - - name: one
        template: say
        arguments: {parameters: [{name: v, value: "{{inputs.parameters.v}} {{=sprig.randBytes(6)}}"}]}
  - name: say
    inputs: {parameters: [{name: v}]}
    script: {image: busybox, command: [sh], source: "echo '{{inputs.parameters.v}} {{=sprig.shuffle('abcdefgh')}}'"}
"#;

/// How every node of a run ended, and what it printed.
fn told(folder: &Path) -> BTreeMap<String, (Phase, Option<String>)> {
    let history = History::read(folder).expect("a run");
    let ended = history.records.into_iter().map(|record| (record.node.node, record.ended.expect("an end").outcome));
    ended.map(|(node, outcome)| (node, (outcome.phase, outcome.outputs.result))).collect()
}

#[test]
fn wherever_a_run_is_cut_short_the_resumed_one_decides_the_same() {
    let text = workflow(DRAWN);
    let mut trial = Trial::of(&text);
    trial.succeeds();
    let before = told(&trial.folder());
    let all: Vec<&str> = before.values().filter_map(|(_, text)| text.as_deref()).collect();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "each has its own: {all:?}");
    let (lots, others) = (&before["trial.lots"].1, &before["trial.others"].1);
    let words = [lots, others].into_iter().flatten().flat_map(|text| text.split(' '));
    assert_eq!(words.collect::<BTreeSet<_>>().len(), 8, "{lots:?} {others:?}");
    assert!(before["trial.time"].1 < before["trial.later"].1, "time goes on");
    let journal = fs::read_to_string(trial.folder().join("journal.jsonl")).expect("a journal");
    assert!(journal.contains(r#""node":"trial.time","name":"now"#), "it is noted");
    let lines: Vec<&str> = journal.lines().collect();
    for cut in 1..lines.len() {
        let kept = lines[..cut].join("\n") + "\n";
        fs::write(trial.folder().join("journal.jsonl"), &kept).expect("a journal");
        trial = Trial::at(trial.place(), &text, |_| {});
        trial.succeeds();
        let mut after = told(&trial.folder());
        for (node, ended) in &before {
            let is_later = |name: &&&str| {
                node.ends_with(**name) && !kept.contains(&format!(r#""node":"trial.{name}","name":"now"#))
            };
            if ["time", "later"].iter().find(is_later).is_none() {
                assert_eq!(after.get(node), Some(ended), "{node}, cut after {cut} lines");
            }
            after.remove(node);
        }
        assert!(after.is_empty(), "cut after {cut} lines: {after:?}");
    }
}

#[test]
fn what_is_run_again_reads_the_time_again() {
    let text = workflow(
        "  - name: main\n    steps:\n    - - {name: a, template: say}\n  - name: say\n    script: {image: busybox, command: [sh], source: \"echo '{{=now()}}'\"}\n",
    );
    let trial = Trial::of(&text);
    trial.succeeds();
    let before = told(&trial.folder());
    let again = kfp_engine::Again::From("a".to_owned());
    let trial = Trial::at(trial.place(), &text, |options| options.again = Some(again));
    trial.succeeds();
    let (before, after) = (&before["trial[0].a"].1, &told(&trial.folder())["trial[0].a"].1);
    assert!(before < after, "{before:?} {after:?}");
}

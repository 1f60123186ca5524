//! Warnings that are meant, `#[kfp::allow(..)]`: where it can stand, and what it reaches.

use kfp::prelude::*;
use kfp_core::diagnostic::Severity;
use kfp_core::registry;

#[component(image = "acme/steps:1")]
fn draw(high: i64) -> i64 {
    high
}

#[component(image = "acme/steps")]
fn drift(text: String) {
    drop(text);
}

#[component(image = "acme/steps:latest")]
#[kfp::allow(KFP225)]
fn meant(text: String) {
    drop(text);
}

#[kfp::allow(KFP225)]
#[component(image = "acme/steps:latest")]
fn meant_above(text: String) {
    drop(text);
}

#[pipeline]
fn all_said(seed: i64) {
    draw(1);
    drift("a");
}

#[kfp::allow(KFP220)]
#[pipeline]
fn whole(#[kfp::allow(KFP221)] seed: i64) {
    draw(1);
    if draw(2) > 3 {
        draw(4);
    }
    meant("a");
    meant_above("b");
}

#[pipeline]
fn statements(seeds: Vec<i64>) {
    #[kfp::allow(KFP220)]
    draw(1);
    let _ = draw(2);
    #[kfp::allow(KFP220)]
    for seed in seeds {
        draw(seed);
    }
    draw(3);
}

#[pipeline]
fn one_of_two() {
    #[kfp::allow(KFP225, KFP223)]
    draw(1);
}

/// The codes and lines of the warnings of a pipeline.
fn warnings(name: &str) -> Vec<(u16, u32)> {
    let pipelines = registry::pipelines();
    let record = pipelines.iter().find(|record| record.name == name).expect("registered");
    let (_, found) = kfp_core::compile(&(record.graph)()).expect("nothing wrong");
    assert!(found.0.iter().all(|one| one.severity == Severity::Warning));
    found.0.iter().map(|one| (one.code.0, one.place.line)).collect()
}

#[test]
fn what_is_not_allowed_is_said() {
    assert_eq!(warnings("all_said"), [(220, 31), (221, 30), (225, 13)]);
}

#[test]
fn on_the_pipeline_the_parameter_and_the_component() {
    assert_eq!(warnings("whole"), []);
}

#[test]
fn on_statements() {
    assert_eq!(warnings("statements"), [(220, 55)]);
}

#[test]
fn a_code_allows_nothing_else() {
    assert_eq!(warnings("one_of_two"), [(220, 61)]);
}

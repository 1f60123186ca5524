//! What is laid out in parts runs, and computes what it computes in one piece.

use kfp::argo::Workflow;
use kfp_core::argo::emit::{Limits, emit};
use kfp_engine::{Event, Kind, Options, Phase, run};
use kfp_large::workloads::{self, CHAIN, Workload};
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

/// Runs a workflow; gives what its pods gave, sorted.
fn outputs(workflow: &Workflow) -> Vec<String> {
    let place = tempfile::tempdir().expect("a folder");
    let options = Options {
        program: Some(PathBuf::from(env!("CARGO_BIN_EXE_kfp-large"))),
        isolate: false,
        // What equal tasks gave is not to be taken from each other.
        cache: false,
        ..Options::new(place.path().join("run"))
    };
    let given = Rc::new(RefCell::new(Vec::new()));
    let noted = Rc::clone(&given);
    let listener = move |event: &Event| match event {
        Event::Ended(ended) if ended.kind == Kind::Pod => {
            noted.borrow_mut().extend(ended.outcome.outputs.parameters.get("output").cloned());
        }
        _ => {}
    };
    let report = run(workflow, &options, listener, std::future::pending()).expect("a run");
    assert_eq!(report.phase, Some(Phase::Succeeded), "{}", report.message);
    let mut given = given.take();
    given.sort_unstable();
    given
}

/// The most tasks of a DAG.
fn most(workflow: &Workflow) -> usize {
    let dags = workflow.spec.templates.iter().filter_map(|template| template.dag.as_ref());
    dags.map(|dag| dag.tasks.len()).max().expect("a DAG")
}

#[track_caller]
fn runs_the_same(workload: &Workload, count: usize, limit: usize) {
    let graph = workload.graph(count);
    let whole = emit(&graph, Limits::NONE).expect("a manifest").workflow;
    let divided = emit(&graph, Limits { tasks: limit, templates: limit }).expect("a manifest").workflow;
    assert!(most(&divided) <= limit && most(&whole) > limit, "{}", workload.name);
    assert_eq!(outputs(&whole), outputs(&divided), "{}", workload.name);
}

#[test]
fn all_of_them_in_small_parts() {
    for workload in workloads::ALL {
        runs_the_same(&workload, 60, 10);
    }
}

#[test]
fn a_thousand() {
    runs_the_same(&CHAIN, 1000, 200);
}

#[test]
fn five_thousand() {
    let workflow = CHAIN.workflow(5000);
    assert!(most(&workflow) <= 200);
    let mut expected: Vec<String> = (2..=5001).map(|sum| sum.to_string()).collect();
    expected.sort_unstable();
    assert!(outputs(&workflow) == expected);
}

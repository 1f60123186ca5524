//! What the constructs become.

mod support;

use kfp_core::argo::Workflow;
use kfp_core::graph::{Comparison, Graph, Shape};
use support::{Builder, compare, lit};

fn emit(graph: &Graph) -> Workflow {
    let workflow = kfp_core::argo::workflow(graph).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let problems = kfp_core::argo::references::unresolved(&workflow);
    assert!(problems.is_empty(), "{problems:#?}");
    workflow
}

#[test]
fn everything() {
    let (mut b, body) = Builder::main(&[("depths", Shape::Json, Some("[1,2]")), ("test_share", Shape::Float, None)]);
    let fetch =
        b.op("fetch", &[("share", Shape::Float)], &[("table", Shape::Artifact("Dataset")), ("rows", Shape::Integer)]);
    let fit = b.op(
        "fit",
        &[("train", Shape::Artifact("Dataset")), ("depth", Shape::Integer)],
        &[("output", Shape::Float), ("model", Shape::Artifact("Model"))],
    );
    let say = b.op("say", &[("text", Shape::Text)], &[("output", Shape::Text)]);
    let share = b.param(0, 1);
    let table = b.task(body, fetch, &[share]);
    let depths = b.param(0, 0);
    let (each, round, depth) = b.each(body, depths, Shape::Integer);
    let train = b.output(table, 0);
    let fitted = b.task(round, fit, &[train.clone(), depth]);
    let score = b.output(fitted, 0);
    b.collect(each, Shape::Float, score);
    let scores = b.output(each, 0);
    b.task(body, say, std::slice::from_ref(&scores));
    let rows = b.output(table, 1);
    let (_, arms) = b.branch(body, &[Some(compare(&rows, Comparison::Gt, &lit("100"), Shape::Integer)), None]);
    b.task(arms[0], say, &[lit("many")]);
    let text = b.text(&[lit("only "), rows.clone()]);
    b.task(arms[1], say, &[text]);
    let (choice, arms) = b.branch(body, &[Some(compare(&rows, Comparison::Lt, &lit("5"), Shape::Integer)), None]);
    let one = b.task(arms[0], fit, &[train.clone(), lit("1")]);
    let one = b.output(one, 1);
    let two = b.task(arms[1], fit, &[train, lit("2")]);
    let two = b.output(two, 1);
    b.results(choice, Shape::Artifact("Model"), &[one, two]);
    let model = b.output(choice, 0);
    b.task(body, fit, &[model, lit("3")]);
    let (guard, inner, handler) = b.guard(body);
    b.task(inner, say, &[lit("in")]);
    let status = b.status(Some(guard));
    b.task(handler, say, &[status]);
    emit(&b.graph);
}

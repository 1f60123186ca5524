//! Pipelines that call pipelines, and themselves.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{Scores, add, draw, print, publish, score, table, train};
use kfp::prelude::*;

/// Trains and scores.
#[pipeline]
fn tune(data: Input<Dataset>, #[default(0.1)] rate: f64) -> Scores {
    let trained = train(data, rate);
    let scores = score(trained.model);
    Scores { accuracy: trained.output, label: scores.label, good: scores.good }
}

#[pipeline]
fn model(rows: i64) -> Model {
    train(table(rows), _).model
}

#[pipeline]
fn twice(x: f64) -> f64 {
    add(x, x)
}

#[pipeline]
fn scored(rows: i64) -> Scores {
    score(model(rows))
}

#[pipeline]
fn nested(rows: i64) {
    let data = table(rows);
    let scores = tune(data.table, _);
    tune(data = data, rate = twice(scores.accuracy));
    publish(model(rows), scores.label);
    if scores.good {
        print(scored(3).label);
    }
}

#[pipeline]
fn count_down(n: i64) -> i64 {
    let next = draw(0, n);
    if next > 0 { count_down(next).output } else { next.output }
}

#[test]
fn outputs_of_pipelines() {
    check(
        "nested",
        &[
            "table; tune(table, 0.1): train, score; tune-2(table, twice(accuracy)); publish(model's model, label)",
            "if good: scored(3): model, score; print its label",
        ],
        nested::workflow(),
    );
}

#[test]
fn recursion() {
    check(
        "recursion",
        &["draw(0, n); while it is over 0, the same with it as n; gives the last number drawn"],
        count_down::workflow(),
    );
}

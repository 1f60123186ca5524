//! Going on after a task that has failed.

#![allow(clippy::print_stdout, reason = "what steps print is their log")]

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{Scores, print, publish, score, table, train};
use kfp::prelude::*;

/// Fails if it is told to.
#[component(image = "steps:1")]
pub(crate) fn risky(fail: bool) -> Result<f64, String> {
    if fail { Err("told to fail".to_owned()) } else { Ok(0.5) }
}

#[component(image = "steps:1")]
fn fit(table: Input<Dataset>, fail: bool, model: Output<Model>) -> Result<f64, String> {
    let rows = table.read_to_string().map_err(|error| error.to_string())?;
    model.write(rows).map_err(|error| error.to_string())?;
    if fail { Err("told to fail".to_owned()) } else { Ok(0.75) }
}

#[component(image = "steps:1")]
fn tell_result(what: String, result: Result<f64, TaskFailure>) {
    match result {
        Ok(score) => println!("{what}: {score}"),
        Err(failure) => println!("{what}: {} with {:?}", failure.status, failure.exit_code),
    }
}

#[component(image = "steps:1")]
fn show(value: Option<f64>, or: f64, nothing: Result<(), TaskFailure>) {
    println!("{value:?}, {or}, {}", nothing.is_ok());
}

#[component(image = "steps:1")]
fn judge(scores: Result<Scores, TaskFailure>) {
    println!("{:?}", scores.map(|scores| (scores.accuracy, scores.label, scores.good)));
}

#[pipeline]
fn results(fail: bool) {
    let outcome = risky(fail).outcome();
    tell_result("outcome", outcome);
    show(outcome.ok(), outcome.unwrap_or(0.0), print("hello").outcome());
    if outcome.failed() && outcome.status != "Error" {
        print("failed");
    }
    print("afterwards").after(outcome);
    judge(score(train(table(3), _).model).outcome());
}

#[pipeline]
fn branches(fail: bool) {
    let rows = table(3);
    let fitted = fit(rows, fail).set_retry(1).outcome();
    if let Ok(task) = fitted {
        publish(task.model, "fitted");
        print(format!("score {}", task.output));
    } else if fail {
        print("no model, as told");
    }
    let words = match risky(fail).outcome() {
        Ok(task) => format!("scored {}", task.output),
        Err(end) => format!("{} with {}", end.status, end.exit_code),
    };
    print(words);
    let model = if let Ok(task) = fitted { task.model } else { fit(rows, false).model };
    publish(model, "chosen");
}

#[pipeline]
fn part(fail: bool) -> f64 {
    let score = risky(fail);
    risky(false).after(score);
    score
}

#[pipeline]
fn parts(flags: Vec<bool>) {
    for fail in flags {
        let outcome = part(fail).outcome();
        tell_result("part", outcome);
    }
}

#[test]
fn as_a_result() {
    check(
        "outcomes",
        &[
            "risky(fail), whose template succeeds however it ends; then tell_result(Ok of its output, or Err of its status and exit code)",
            "print(hello) and risky, then show(its output or null, its output or 0.0, Ok of null or Err)",
            "print-2(failed) if risky's status is Failed; print-3(afterwards) after risky, however it ended",
            "table, train, score, then judge(Ok of an object of its three outputs, or Err)",
        ],
        results::workflow(),
    );
}

#[test]
fn in_branches() {
    check(
        "outcomes_branches",
        &[
            "table(3), then fit(table, fail), once more if it fails; if that succeeded: publish(its model, fitted) and print(score SCORE); else if fail: print-2(no model, as told)",
            "risky(fail), then print-3(scored 0.5) or print-3(Failed with 1)",
            "after fit: fit-2(table) if it failed; then publish-2(the model of fit, or else of fit-2, chosen)",
        ],
        branches::workflow(),
    );
}

#[test]
fn of_a_pipeline_in_a_loop() {
    check(
        "outcomes_parts",
        &["for each flag: part(flag), which fails as its risky does; then tell_result(part, Ok of its output or Err)"],
        parts::workflow(),
    );
}

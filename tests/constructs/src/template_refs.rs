//! Templates of other manifests.

#[cfg(test)]
use crate::snapshot::check_manifests;
use crate::steps::{draw, print, publish, table, train};
use kfp::prelude::*;

/// What others call: a WorkflowTemplate.
#[pipeline(kind = "WorkflowTemplate")]
fn tools(low: i64) {
    let chosen = pick(low, 8, table(low));
    publish(chosen.model, "chosen");
}

#[derive(Outputs)]
struct Picked {
    model: Model,
    picked: i64,
}

#[pipeline]
fn pick(low: i64, high: i64, rows: Input<Dataset>) -> Picked {
    let picked = draw(low, high);
    Picked { model: train(rows, _).model, picked: picked.output }
}

/// The template `pick` of it.
#[component(template_ref = "tools/pick")]
fn picked(low: i64, #[default(6)] high: i64, #[name("rows")] table: Input<Dataset>, model: Output<Model>) -> Number;

#[derive(Outputs, serde::Serialize, serde::Deserialize)]
struct Number {
    picked: i64,
}

#[component(template_ref = "tools/draw", output = "output")]
fn drawn(#[name("low")] from: i64, high: i64) -> i64;

#[pipeline]
fn template_refs(limit: i64) {
    let first = picked(low = 2, table = table(3));
    if first.picked > limit {
        publish(first.model, format!("picked {}", first.picked));
    }
    for high in [2, 4] {
        let number = drawn(1, high).outcome();
        print(format!("{}", number.unwrap_or(0)));
    }
}

#[test]
fn of_a_workflow_template() {
    check_manifests(
        "template_refs",
        &[
            "table, then pick of tools(2, 6, table); publish(what it gave, picked N) if it is over LIMIT;",
            "for 2 and 4 draw of tools(1, HIGH), then print what it gave, or 0",
        ],
        [template_refs::manifest(), tools::manifest()],
    );
}

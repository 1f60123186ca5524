//! Components from functions.

use super::{Named, named};
use kfp::prelude::*;
use serde::{Deserialize, Serialize};

#[component(image = "steps:1")]
fn add(a: f64, #[default(1.0)] b: f64) -> f64 {
    a + b
}

#[derive(Serialize, Deserialize)]
struct Options {
    #[serde(skip_serializing_if = "Option::is_none")]
    depth: Option<i64>,
}

#[component(image = "steps:1")]
fn describe(text: String, times: i64, loud: bool, names: Vec<String>, options: Options) {
    drop((text, times, loud, names, options));
}

#[component(image = "steps:1")]
fn split(table: Input<Dataset>, train: Output<Dataset>, test: Output<Dataset>, #[default(0.25)] share: f64) {
    drop((table, train, test, share));
}

#[component(image = "steps:1")]
fn fit(train: Input<Dataset>, depth: i64, model: Output<Model>) -> f64 {
    drop((train, depth, model));
    0.5
}

#[derive(Outputs, Serialize, Deserialize)]
struct Scores {
    accuracy: f64,
    label: String,
    good: bool,
}

#[component(image = "steps:1")]
fn score(model: Input<Model>, test: Input<Dataset>) -> Scores {
    drop((model, test));
    Scores { accuracy: 0.5, label: "x".to_owned(), good: true }
}

#[component(image = "steps:1")]
fn load(rows: i64, table: Output<Dataset>) {
    drop((rows, table));
}

#[component(image = "steps:1")]
fn depths() -> Vec<i64> {
    vec![1, 2]
}

#[component(image = "steps:1")]
fn note(text: String, #[default(None)] prefix: Option<String>) {
    drop((text, prefix));
}

#[pipeline]
pub(super) fn function_values(#[default(2.0)] start: f64) {
    let first = add(start, 3.0);
    let second = add(first, _);
    add(a = second, b = start);
}

#[pipeline]
pub(super) fn function_arguments(text: String, times: i64, loud: bool) {
    describe(text, times, loud, ["a", "b"], Options { depth: Some(3) });
    describe("constant", 3, true, Vec::<String>::new(), Options { depth: None });
}

#[pipeline]
pub(super) fn function_files(#[default(100)] rows: i64, #[default(3)] depth: i64) {
    let parts = split(load(rows).table, _);
    let fitted = fit(parts.train, depth);
    let scores = score(fitted.model, parts.test);
    note(scores.label, _);
    if scores.accuracy > 0.9 {
        note(format!("good: {}", scores.accuracy), _);
    }
    if scores.good {
        note("good", _);
    }
}

#[pipeline]
pub(super) fn function_loops(#[default(100)] rows: i64) {
    let data = load(rows);
    for depth in depths() {
        fit(data.table, depth);
    }
}

#[pipeline]
pub(super) fn function_options() {
    add(1.0, 2.0).set_memory_limit("1Gi").set_retry(2);
    note("named", "prefix").set_display_name("A note");
}

#[component(image = "steps:1")]
fn files_of_all_kinds(text: Input<Any>, bytes: Input<Any>, out_text: Output<Any>, out: Output<Model>) {
    drop((text, bytes, out_text, out));
}

#[component(image = "steps:1")]
fn with_packages(rows: i64) -> i64 {
    rows
}

#[component(image = "steps:1")]
fn everything(
    #[default(3)] count: i64,
    #[default(0.5)] share: f64,
    #[default(true)] flag: bool,
    #[default("x")] text: String,
    #[default(["a"])] names: Vec<String>,
    #[default(Options { depth: Some(1) })] options: Options,
) {
    drop((count, share, flag, text, names, options));
}

#[component(image = "steps:1")]
fn show_metrics(mlpipeline_ui_metadata: Output<UiMetadata>, mlpipeline_metrics: Output<Metrics>) -> f64 {
    drop((mlpipeline_ui_metadata, mlpipeline_metrics));
    0.5
}

#[component(image = "steps:1", annotations = [("author", "Ann")])]
fn annotated(text: String) {
    drop(text);
}

#[pipeline]
pub(super) fn function_files_of_all_kinds(text: String) {
    let made = files_of_all_kinds(text, "bytes");
    files_of_all_kinds(made.out_text, made.out);
}

#[pipeline]
pub(super) fn function_packages(#[default(10)] rows: i64) {
    with_packages(with_packages(rows));
}

#[pipeline]
pub(super) fn function_defaults(count: i64) {
    everything(_, _, _, _, _, _);
    everything(count = count, names = ["b", "c"]);
}

#[pipeline]
pub(super) fn function_metrics() {
    let shown = show_metrics();
    note(format!("{}", shown.output), _);
}

#[pipeline]
pub(super) fn function_annotated() {
    annotated("x");
}

#[pipeline]
pub(super) fn function_conditions(#[default(2.0)] start: f64) {
    let total = add(start, _);
    if total >= 3.0 {
        let again = add(total, total);
        if again != 6.5 {
            note("not that", _);
        }
    }
}

pub(super) const ALL: &[Named] = named! {
    function_values function_arguments function_files function_loops function_options function_files_of_all_kinds
    function_packages function_defaults function_metrics function_annotated function_conditions
};

//! Parameters, arguments, files, order.

use super::steps::{draw, fit, flip, say, show, table, words};
use super::{Named, named};
use kfp::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(super) struct Options {
    depth: i64,
    rate: f64,
}

#[pipeline]
pub(super) fn parameters_of_all_types(
    text: String,
    number: i64,
    #[default(0.25)] share: f64,
    #[default(true)] flag: bool,
    #[default(["a", "b"])] names: Vec<String>,
    #[default(Options { depth: 3, rate: 0.5 })] options: Options,
    #[default("")] empty: String,
) {
    say(text);
    say(format!("{number}"));
    say(format!("{share}"));
    say(format!("{flag}"));
    say(format!("{names}"));
    say(format!("{options}"));
    say(empty);
}

#[pipeline]
pub(super) fn constants() {
    draw(1, 10);
    say("plain text");
    say("with 'quotes', \"double\", $HOME, a\\b and\nlines");
    table(100);
}

#[pipeline]
pub(super) fn chain(#[default(1)] low: i64) {
    let first = draw(low, 10);
    let second = draw(first.number, 20);
    let third = draw(second.number, low);
    say(format!("{}", third.number));
}

#[pipeline]
pub(super) fn diamond() {
    let top = flip();
    let left = say(top.side);
    let right = draw(0, 9).after(top);
    say("both").after(left).after(right);
}

#[pipeline]
pub(super) fn order_only() {
    let a = say("a");
    let b = say("b");
    let c = say("c").after(a);
    let d = say("d").after(b).after(c);
    say("e").after(d).after(a);
}

#[pipeline]
pub(super) fn texts_with_values(name: String) {
    let coin = flip();
    say(format!("{name} has thrown {}", coin.side));
    say(format!("{}, {} and {{braces}}", name, coin.side));
}

#[pipeline]
pub(super) fn files(#[default(10)] rows: i64) {
    let data = table(rows);
    let fitted = fit(data.table, 0.5);
    show(fitted.model);
    say(format!("{}", fitted.accuracy));
    show(data.table);
}

#[pipeline]
pub(super) fn values_as_files(text: String) {
    show(text);
    show("constant text");
    show(flip().side);
}

#[pipeline]
pub(super) fn fan_out() {
    let coin = flip();
    #[host]
    for index in 0..5 {
        draw(index, 9).after(coin);
    }
    say(coin.side);
}

#[pipeline]
fn inner(text: String, low: i64) -> i64 {
    let drawn = draw(low, 9);
    say(text);
    drawn.number
}

#[pipeline]
pub(super) fn pipeline_of_pipelines(text: String) {
    let first = inner(text, 1);
    let second = inner("constant", first);
    say(format!("{second}"));
}

/// The description of the attribute wins.
#[pipeline(name = "named-pipeline", description = "Says what it was told.")]
pub(super) fn described(#[default("hello")] text: String) {
    say(text);
}

#[pipeline]
pub(super) fn lists_as_text() {
    say(format!("{}", words().list));
}

#[component]
fn evaluate(mlpipeline_ui_metadata: Output<UiMetadata>, mlpipeline_metrics: Output<Metrics>) -> ContainerOp {
    drop((mlpipeline_ui_metadata, mlpipeline_metrics));
    ContainerOp::new("evaluate", "fit:1").command(["evaluate"])
}

#[pipeline]
pub(super) fn outputs_for_the_ui() {
    evaluate();
}

#[pipeline]
pub(super) fn a_value_as_file_and_as_text(text: String) {
    let coin = flip();
    show(coin.side);
    say(coin.side);
    show(text);
    say(text);
}

#[pipeline]
pub(super) fn order_by_many() {
    let mut last = draw(0, 1);
    #[host]
    let mut firsts = Vec::new();
    #[host]
    for index in 0..3 {
        let first = say(format!("first {index}"));
        last = last.after(first);
        firsts.push(first);
    }
    show(last.number).after(firsts[0]);
}

pub(super) const ALL: &[Named] = named! {
    parameters_of_all_types constants chain diamond order_only texts_with_values files values_as_files fan_out
    pipeline_of_pipelines described lists_as_text outputs_for_the_ui a_value_as_file_and_as_text order_by_many
};

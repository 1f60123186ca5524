//! Component files.

use super::steps::say;
use super::{Named, named};
use kfp::prelude::*;

kfp::import_component! {
    fn load = "components/load.yaml";
    fn train = "components/train.yaml";
    fn show = "components/show.yaml";
    fn shout = "
name: Shout
inputs: [{name: text, type: String}]
outputs: [{name: loud, type: String}]
implementation:
  container:
    image: busybox:1.36
    command: [shout, {inputValue: text}, {outputPath: loud}]
";
}

#[pipeline]
pub(super) fn component_files(since: String) {
    let table = load(rows = 10, start_date = since);
    let model = train(training_data = table.table, rate = 0.25);
    let again = train(training_data = table.table, starting_model = model.model, label = "y");
    say(format!("{}", again.score));
}

#[pipeline]
pub(super) fn component_defaults(since: String) {
    let table = load(start_date = since);
    train(training_data = table.table);
}

#[pipeline]
pub(super) fn component_from_text(text: String) {
    let loud = shout(text);
    shout(loud.loud);
    shout("constant");
}

#[pipeline]
pub(super) fn component_files_and_values(text: String) {
    let loud = shout(text);
    show(text, loud.loud);
    show(loud.loud, "constant text");
    show("constant", text);
}

#[pipeline]
pub(super) fn component_options(since: String) {
    let table = load(rows = 10, start_date = since).set_memory_limit("1Gi").set_display_name("The table");
    for rate in [0.1, 0.2] {
        train(training_data = table.table, rate = rate).set_retry(2);
    }
}

pub(super) const ALL: &[Named] = named! {
    component_files component_defaults component_from_text component_files_and_values component_options
};

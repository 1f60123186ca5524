//! Component files.

use super::steps::say;
use super::{Named, named};
use kfp::prelude::*;
use serde_json::json;

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
    fn choose = r#"
name: Choose
metadata:
  annotations: {author: Ann}
  labels: {team: blue}
inputs:
- {name: Loud, type: Boolean, default: 'False'}
- {name: Text, type: String}
- {name: Names, type: JsonArray, optional: true}
- {name: Options, type: JsonObject, default: '{"a": 1}'}
- {name: 1st, optional: true}
outputs:
- {name: Result list, type: JsonArray}
- {name: Rows, type: Integer}
implementation:
  container:
    image: busybox:1.36
    command: [choose]
    args:
    - if:
        cond: true
        then: [--loud, {inputValue: Loud}]
        else: [--quiet]
    - if:
        cond: {isPresent: Names}
        then: [--names, {inputValue: Names}]
    - if:
        cond: {isPresent: 1st}
        then: {inputValue: 1st}
        else: none
    - {concat: ["a=", {inputValue: Text}, ",", {inputValue: Options}]}
    - {outputPath: Result list}
    fileOutputs: {Rows: /tmp/rows}
    env: {A: b, C: "1"}
"#;
    fn both = "
name: Shout twice
inputs: [{name: text, type: String}]
outputs: [{name: result, type: String}]
implementation:
  graph:
    tasks:
      first:
        componentRef:
          spec:
            name: Shout
            inputs: [{name: text, type: String}]
            outputs: [{name: loud, type: String}]
            implementation:
              container:
                image: busybox:1.36
                command: [shout, {inputValue: text}, {outputPath: loud}]
        arguments: {text: {graphInput: {inputName: text}}}
      second:
        componentRef:
          spec:
            name: Shout
            inputs: [{name: text, type: String}]
            outputs: [{name: loud, type: String}]
            implementation:
              container:
                image: busybox:1.36
                command: [shout, {inputValue: text}, {outputPath: loud}]
        arguments: {text: {taskOutput: {taskId: first, outputName: loud}}}
    outputValues:
      result: {taskOutput: {taskId: second, outputName: loud}}
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

#[pipeline]
pub(super) fn component_placeholders(text: String) {
    let chosen = choose(text = text, loud = true, names = ["a", "b"], n1st = "x");
    let again = choose(text = format!("{text}!"), options = json!({"b": [1, 2]}));
    say(format!("{}", chosen.rows));
    for item in again.result_list.ignore_type::<Vec<String>>() {
        say(item);
    }
}

#[pipeline]
pub(super) fn component_graph(text: String) {
    let shouted = both(text);
    say(shouted.result);
}

#[pipeline]
pub(super) fn component_in_groups(since: String, names: Vec<String>) {
    let table = load(start_date = since);
    for name in names {
        let trained = train(training_data = table.table, label = name);
        if trained.score > 0.5 {
            show(trained.score, table.table);
        }
    }
}

pub(super) const ALL: &[Named] = named! {
    component_files component_defaults component_from_text component_files_and_values component_options
    component_placeholders component_graph component_in_groups
};

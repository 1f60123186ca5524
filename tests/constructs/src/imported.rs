//! Components of KFP's component files.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::print;
use kfp::prelude::*;
use serde_json::json;

kfp::import_component! {
    pub(crate) fn train = "components/train.yaml";
    pub(crate) fn predict = "components/predict.yaml";
    /// On a table.
    pub(crate) fn train_and_predict = "components/train_and_predict.yaml"
        with { "https://example.com/components/train.yaml" = "components/train.yaml" };
    fn table = r#"
        name: Make a table
        inputs: [{name: rows, type: Integer}]
        outputs: [{name: Table, type: CSV}, {name: Columns, type: 'typing.List[str]'}]
        implementation:
          container:
            image: busybox:1.36
            command: [make-table, {inputValue: rows}, {outputPath: Table}]
            fileOutputs: {Columns: /tmp/columns.json}
    "#;
    fn odd = r#"
        name: Odd names!
        inputs:
        - {name: Foo Bar}
        - {name: foo_bar, type: Integer}
        - {name: Foo-Bar, type: SomeFile}
        - {name: 1st}
        - {name: P, type: Float, default: 1}
        - {name: type, optional: true}
        - {name: self, optional: true}
        - {name: n, type: Boolean, default: true}
        outputs: [{name: MLPipeline UI metadata}, {name: out put, type: Integer}]
        implementation:
          container:
            image: busybox:1.36
            args:
            - {inputValue: Foo Bar}
            - {concat: [{inputValue: foo_bar}, '/', {inputValue: 1st}]}
            - {inputPath: Foo-Bar}
            - {inputValue: P}
            - {inputValue: n}
            - {isPresent: type}
            - {if: {cond: {isPresent: self}, then: {inputPath: self}}}
            - {inputValue: type}
            - {outputPath: MLPipeline UI metadata}
            - {outputPath: out put}
    "#;
    fn both = "\
name: Twice
inputs: [{name: text, type: String}]
outputs: [{name: copy}]
implementation:
  container:
    image: busybox:1.36
    command: [compare, {inputValue: text}, {inputPath: text}, {outputPath: copy}]
";
}

kfp::import_component! {
    fn show = r#"
        name: Show
        inputs:
        - {name: text, optional: true}
        - {name: always, default: "-"}
        implementation:
          container:
            image: busybox:1.36
            command: [echo, {if: {cond: '', then: never}}, {inputValue: text}, {inputValue: always}]
    "#;
}

#[component(image = "steps:1")]
fn jot(text: String, file: Output<Text>) -> std::io::Result<()> {
    file.write(text)
}

#[pipeline]
fn noted(text: String) -> Text {
    jot(text).file
}

#[pipeline]
fn shown(file: Input<Text>, #[default(String::new())] after: String) {
    if after == "" {
        show(text = file);
    }
}

#[pipeline]
fn texts_of_files(low: i64) {
    let file = if low > 3 { jot("many").file } else { jot("few").file };
    show(text = file);
    shown(file = file);
    let called = noted("called");
    show(text = called);
    let kept = #[parallel(2)]
    {
        jot("kept").file
    };
    show(kept, "too");
    let hooked = jot("hooked");
    show(text = hooked.on_success(|_| print("it is written")));
    show();
}

#[test]
fn the_text_of_a_file_follows_it() {
    check(
        "imported_texts",
        &[
            "jot many if LOW is above 3, few if it is not; show what it wrote, twice, the second time in the pipeline `shown`",
            "jot called, kept, hooked (and then print): show each; show nothing",
        ],
        texts_of_files::workflow(),
    );
}

/// The same type of file, for components of one's own.
#[derive(Artifact)]
#[artifact(name = "TreeModel")]
pub(crate) enum TreeModel {}

#[component(image = "acme/steps:1")]
fn inspect(model: Input<TreeModel>, columns: Vec<String>) -> f64 {
    let _ = (model, columns);
    0.5
}

#[component(image = "acme/steps:1")]
fn tree(score: f64, model: Output<TreeModel>) {
    let _ = (score, model);
}

#[pipeline]
fn trees(rows: i64) {
    let data = table(rows);
    let first = train(training_data = data.table);
    let own = tree(0.5);
    let second = train(data.table, own.model, 3, json!({"depth": 3}), "rank:pairwise", 0.5);
    let score = inspect(first.model, data.columns);
    predict(data.table, first.model, first.model_config, _);
    predict(data = data.table, model = own, settings = second.model_config, verbose = true);
    // Text where a file is wanted, and a file where text is wanted.
    predict(data = "a,b\n1,2\n", model = second.model, settings = first.model, verbose = false);
    print(format!("{score} {}", table(7).columns));
}

#[test]
fn by_position_and_keyword() {
    check(
        "imported",
        &[
            "make-a-table with ROWS; train-trees on its table, train-trees-2 on it with the model of `tree` and all options",
            "inspect the first model with the columns; predict three times, with the config of the first, quietly; of the second, loudly; with the text of the first model",
            "print the score and the columns of another table of 7 rows",
        ],
        trees::workflow(),
    );
}

#[pipeline]
fn graphs(score: f64) {
    let data = table(9);
    let plain = train_and_predict(data.table, _, _, _);
    let tuned = train_and_predict(table = data.table, rate = score, start_from = tree(score), loud = false);
    predict(plain.predictions, tree(score).model, tuned.config, _);
}

#[test]
fn a_graph_is_a_pipeline() {
    check(
        "imported_graph",
        &[
            "make-a-table, tree; train-and-predict: train with rate 0.1 and 2 retries, then predict -v with its config; beside it the same with SCORE, from tree's model, quietly",
            "predict from the first predictions and the config of the second",
        ],
        graphs::workflow(),
    );
}

#[pipeline]
fn odd_names() {
    let tool = table(1);
    let first = odd(tool.table, 1, "file", "x", _, _, _, _);
    let again = odd(
        foo_bar_2 = vec![1, 2],
        foo_bar = first.out_put,
        foo_bar_3 = tool.columns,
        n1st = true,
        p = 0.5,
        r#type = "t",
        self_ = tool.table,
        n = false,
    );
    if again.out_put > 3 {
        both(text = tool.table);
        both("text");
    }
    let all = for column in tool.columns {
        odd(column, 0, "file", "x", _, _, _, _).out_put
    };
    print(format!("{all}"));
}

#[test]
fn names_of_all_kinds() {
    check(
        "imported_names",
        &[
            "make-a-table; odd with its table as text; odd-2 with everything; twice with the table as text and as file, and with `text`, if odd-2 gave more than 3; odd for each column; print what these gave",
        ],
        odd_names::workflow(),
    );
}

kfp::import_component! {
    fn find = r#"
        name: Find the table
        inputs: [{name: project, type: GCPProjectID}]
        outputs:
        - {name: rows, type: {GCSPath: {data_type: CSV}}}
        - {name: folder, type: GCSPath}
        - {name: model, type: {XGBoostModel: {format: json, version: 2}}}
        implementation:
          container:
            image: busybox:1.36
            command:
            - sh
            - -c
            - 'printf %s "gs://$0/rows.csv" > /tmp/rows; printf %s "gs://$0" > /tmp/folder; mkdir -p "$(dirname "$1")"; echo model > "$1"'
            - {inputValue: project}
            - {outputPath: model}
            fileOutputs: {rows: /tmp/rows, folder: /tmp/folder}
    "#;
    fn load = r#"
        inputs:
        - {name: table, type: {GCSPath: {data_type: CSV, rows: many}}}
        - {name: target, type: GCSPath}
        - {name: model, type: {XGBoostModel: {version: 2, format: json, size: 1}}}
        - {name: same model, type: XGBoostModel, optional: true}
        implementation:
          container:
            image: busybox:1.36
            command:
            - sh
            - -c
            - 'echo "$0" "$1" "$(cat "$2")" "$3"'
            - {inputValue: table}
            - {inputValue: target}
            - {inputPath: model}
            - {inputValue: same model}
    "#;
}

/// The same type in Rust.
#[derive(Artifact)]
#[artifact(name = "XGBoostModel", properties = [("format", "json")])]
pub(crate) enum JsonModel {}

#[component(image = "steps:1")]
fn below(folder: kfp::types::GCSPath, model: Output<JsonModel>) -> std::io::Result<kfp::types::GCSPath> {
    model.write("a model")?;
    Ok(format!("{folder}/target").into())
}

#[pipeline]
fn named_types(#[default("acme")] project: kfp::types::GCPProjectID) {
    let found = find(project);
    let target = below(found.folder);
    load(found.rows, target.output, target.model, _);
    // Where no property is said, any will do; a constant may be any text.
    load(found.folder, "gs://x", "any", "model");
    load(table = found.folder, target = below("gs://acme").output, model = found.model);
    print(found.folder.ignore_type::<String>());
}

kfp::import_component! {
    fn study = r#"
        name: Study
        inputs: [{name: start, type: Integer, default: 4}, {name: label, optional: true}]
        outputs: [{name: loss}, {name: text, type: Float}]
        implementation:
          graph:
            tasks:
              last:
                componentRef: {spec: {inputs: [{name: a}, {name: b, type: Float}, {name: c, optional: true}], implementation: {container: {image: 'busybox:1.36', command: [echo, {inputValue: a}, {inputValue: b}, {inputValue: c}]}}}}
                arguments:
                  a: {taskOutput: {taskId: inner, outputName: loss}}
                  b: {taskOutput: {taskId: inner, outputName: loss}}
                  c: {graphInput: {inputName: label}}
              inner:
                executionOptions: {cachingStrategy: {maxCacheStaleness: P0D}}
                arguments: {start: {graphInput: {inputName: start}}}
                componentRef:
                  spec:
                    name: Inner
                    inputs: [{name: start, type: Integer}]
                    outputs: [{name: loss, type: Float}]
                    implementation:
                      graph:
                        tasks:
                          fit:
                            executionOptions: {retryStrategy: {maxRetries: 2}, cachingStrategy: {maxCacheStaleness: P0D}}
                            arguments: {n: {graphInput: {inputName: start}}}
                            componentRef:
                              spec:
                                name: Fit
                                inputs: [{name: n, type: Integer}]
                                outputs: [{name: loss, type: Float}]
                                implementation:
                                  container:
                                    image: busybox:1.36
                                    command: [sh, -c, 'mkdir -p "$(dirname "$1")" && echo "0.$0" > "$1"', {inputValue: n}, {outputPath: loss}]
                        outputValues: {loss: {taskOutput: {taskId: fit, outputName: loss}}}
            outputValues:
              loss: {taskOutput: {taskId: inner, outputName: loss}}
              text: {taskOutput: {taskId: inner, outputName: loss}}
    "#;
}

#[pipeline]
fn nested_graphs(low: i64) {
    let first = study();
    let chosen = if low > 3 { study(start = low, label = "second").loss } else { first.loss };
    if first.text < 0.5 {
        show(first.loss, "is the loss");
    }
    print(format!("{}", first.text));
    show(text = chosen);
}

#[test]
fn graphs_in_graphs() {
    check(
        "imported_nested",
        &[
            "study: inner: fit 4 with 2 retries, never from the cache; then echo its loss twice; if it is below 0.5, show the loss and print it",
            "if LOW is above 3, a second study with LOW and a label; show the loss of the one or the other",
        ],
        nested_graphs::workflow(),
    );
}

#[test]
fn types_with_names_and_properties() {
    check(
        "imported_types",
        &[
            "find-the-table in PROJECT; below its folder; load its rows below that, with the model of `below`; load the folder with constants;",
            "load the folder below gs://acme/target, with the model that was found; print the folder",
        ],
        named_types::workflow(),
    );
}

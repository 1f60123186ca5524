use super::*;

fn mistakes(text: &str) -> Vec<String> {
    let mistakes = parse(text).expect_err("something is wrong");
    mistakes
        .iter()
        .map(|mistake| {
            let (line, column) = position(text, mistake.at.start);
            format!("{line}:{column} {} {mistake}", mistake.code)
        })
        .collect()
}

const TRAIN: &str = r#"
name: Train a model
description: |
  Fits a model.
metadata:
  annotations: {author: Somebody, volatile_component: "true"}
  labels: {team: red}
inputs:
- {name: Training data, type: CSV, description: The rows}
- {name: depth, type: Integer, default: 3, optional: true}
- {name: Extra, type: {JsonObject: {data_type: x}}, optional: true}
- {name: tags, type: 'typing.List[str]', default: '[]'}
- {name: verbose, type: Boolean, default: false}
outputs:
- {name: Model, type: SomeModel}
- {name: Log}
implementation:
  container:
    image: acme/train:1
    command: [train]
    args:
    - {inputPath: Training data}
    - --depth
    - {inputValue: depth}
    - concat: ["--extra=", {inputValue: Extra}]
    - if:
        cond: {isPresent: Extra}
        then: [--with, {inputValue: Extra}]
        else: --without
    - {if: {cond: {inputValue: verbose}, then: -v}}
    - {inputValue: tags}
    - {outputPath: Model}
    env: {MODE: fast}
    fileOutputs: {Log: /tmp/log.txt}
"#;

#[test]
fn a_whole_file_is_read() {
    let component = parse(TRAIN).unwrap();
    assert_eq!(component.name.as_deref(), Some("Train a model"));
    assert!(component.is_volatile());
    assert_eq!(component.labels, [("team".to_owned(), "red".to_owned())]);
    let kinds: Vec<_> = component.inputs.iter().map(|input| input.kind.clone().unwrap()).collect();
    let list = Kind::List(Some(Box::new(Kind::Text)));
    assert_eq!(kinds, [Kind::Named(TypeName::plain("CSV")), Kind::Integer, Kind::Map(None), list, Kind::Boolean]);
    let defaults: Vec<_> = component.inputs.iter().map(|input| input.default.as_deref()).collect();
    assert_eq!(defaults, [None, Some("3"), None, Some("[]"), Some("False")]);
    let Implementation::Container(container) = &component.implementation else { panic!("a container") };
    assert_eq!(
        container.args[3],
        Argument::Concat(vec![Argument::Text("--extra=".to_owned()), Argument::InputValue("Extra".to_owned()),])
    );
    assert_eq!(container.env, [("MODE".to_owned(), "fast".to_owned())]);
    let usage = |input| component.usage(input, &|_| None);
    assert_eq!(usage("Training data"), Usage { by_path: true, ..Usage::default() });
    assert_eq!(usage("Extra"), Usage { by_value: true, ..Usage::default() });
    assert_eq!(usage("verbose"), Usage { decides: true, ..Usage::default() });
}

#[test]
fn all_that_is_wrong_is_said_at_its_place() {
    let text = "\
name: 5
inputs:
- {name: a, typ: Integer}
- {name: a, type: Integer, default: many}
implementation:
  container:
    image: Bad Image
    command: [run, 3, {inputUri: a}, {inputvalue: a}]
    args: {inputValue: a}
";
    let found = mistakes(text);
    let starts = [
        "1:7 KFP362 `name` is a number, and has to be a text; put it in quotes: `\"5\"`",
        "3:13 KFP361 an input has no `typ`; it can have `name`, ",
        "4:3 KFP364 two inputs are called `a`",
        "4:37 KFP369 the default of `a` is `many`, which is not a whole number",
        "7:12 KFP320 ",
        "8:20 KFP362 an argument is a number, and has to be a text",
        "8:24 KFP365 `inputUri` is a placeholder of KFP v2",
        "8:39 KFP365 there is no placeholder `inputvalue`",
        "9:11 KFP362 `args` is a mapping; write a list",
    ];
    assert_eq!(found.len(), starts.len(), "{found:#?}");
    for (found, start) in found.iter().zip(starts) {
        assert!(found.starts_with(start), "{found}\n{start}");
    }
}

#[test]
fn names_that_are_not_declared_are_found() {
    let text = "\
inputs: [{name: rows}]
outputs: [{name: out}, {name: log}]
implementation:
  container:
    image: a
    command: [a, {inputPath: row}]
    args: [{outputPath: out}]
    fileOutputs: {out: /x, more: /y}
";
    let found = mistakes(text);
    assert_eq!(
        found,
        [
            "4:3 KFP371 nothing writes the output `log`; pass the program `{outputPath: log}`, or leave the output out",
            "6:30 KFP366 there is no input `row`; declare it below `inputs`, or write one of `rows`",
            "8:19 KFP367 the output `out` has a path in `fileOutputs` and another by `outputPath`; leave one of them out",
            "8:28 KFP366 there is no output `more`; declare it below `outputs`, or write one of `out`, `log`",
        ]
    );
}

#[test]
fn what_is_no_yaml_says_where() {
    let found = mistakes("name: [a\nimplementation: {}\n");
    assert!(found[0].contains("KFP360 this is no YAML: "), "{found:?}");
    assert!(mistakes("")[0].contains("KFP362"), "{:?}", mistakes(""));
    assert!(mistakes("name: a\nname: b\nimplementation: {}\n")[0].contains("KFP360"));
}

const GRAPH_TEXT: &str = r"
inputs: [{name: rows, type: CSV}, {name: depth, type: Integer, default: '4'}]
outputs: [{name: model}]
implementation:
  graph:
    tasks:
      report:
        componentRef: {url: report.yaml}
        arguments: {text: {taskOutput: {taskId: fit, outputName: model}}}
      fit:
        componentRef:
          spec:
            inputs: [{name: table}, {name: n, type: Integer}]
            outputs: [{name: model}]
            implementation:
              container:
                image: fit:1
                command: [fit, {inputPath: table}, {inputValue: n}, {outputPath: model}]
        arguments:
          table: {graphInput: {inputName: rows}}
          n: {graphInput: depth}
        executionOptions: {retryStrategy: {maxRetries: 2}, cachingStrategy: {maxCacheStaleness: P1D}}
    outputValues:
      model: {taskOutput: {taskId: fit, outputName: model}}
";

#[test]
fn a_graph_is_put_in_order() {
    let component = parse(GRAPH_TEXT).unwrap();
    let Implementation::Graph(graph) = &component.implementation else { panic!("a graph") };
    let ids: Vec<_> = graph.tasks.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["fit", "report"]);
    assert_eq!(graph.tasks[0].1.retries, Some(2));
    assert_eq!(graph.urls()[0].0, "report.yaml");
    assert_eq!(component.usage("rows", &|_| None), Usage { by_path: true, ..Usage::default() });
    assert_eq!(component.usage("depth", &|_| None), Usage { by_value: true, ..Usage::default() });
}

#[test]
fn a_graph_that_does_not_hang_together_is_refused() {
    let circle = GRAPH_TEXT
        .replace("table: {graphInput: {inputName: rows}}", "table: {taskOutput: {taskId: report, outputName: x}}");
    assert!(mistakes(&circle)[0].contains("KFP368 the task `report` waits for itself"), "{:?}", mistakes(&circle));
    let lost = GRAPH_TEXT.replace("taskId: fit, outputName: model}}}", "taskId: fitt, outputName: model}}}");
    assert!(mistakes(&lost)[0].contains("KFP368 there is no task `fitt`"), "{:?}", mistakes(&lost));
    let unknown = GRAPH_TEXT.replace("          n: {graphInput: depth}", "          m: {graphInput: depths}");
    let found = mistakes(&unknown);
    assert!(found[0].contains("KFP368 the component of the task `fit` has no input `m`"), "{found:?}");
    assert!(found[1].contains("KFP368 the task `fit` passes nothing for the input `n`"), "{found:?}");
    assert!(found[2].contains("KFP366 there is no input `depths`"), "{found:?}");
}

#[test]
fn names_are_those_of_kfp() {
    assert_eq!(
        snake_names(&["Foo Bar", "foo_bar", "1st", "P", "--", "é b"], "input"),
        ["foo_bar_2", "foo_bar", "n1st", "p", "input", "é_b"]
    );
    assert_eq!(snake_names(&["a b", "A-b", "A_B"], "input"), ["a_b", "a_b_2", "a_b_3"]);
    assert_eq!(
        graph_names(&["Foo Bar", "Foo-Bar", "é", "e", "日本", "a b", "a_b", "--"], "input"),
        ["Foo Bar", "Foo-Bar-2", "é", "e-2", "日本", "a b", "a_b-2", "input"]
    );
}

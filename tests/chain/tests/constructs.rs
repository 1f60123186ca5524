//! Manifests written by hand, with the commands of any Unix machine.
#![cfg(unix)]

use kfp_chain::{Phase, Run, Setup, run};
use kfp_core::argo::Workflow;

fn start(manifest: &str, arguments: &[(&str, &str)]) -> (Run, tempfile::TempDir) {
    let workflow = Workflow::from_yaml(manifest).expect("a manifest");
    let folder = tempfile::tempdir().expect("a folder");
    let setup = Setup {
        folder: folder.path().to_owned(),
        arguments: arguments.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        ..Setup::default()
    };
    (run(&workflow, &setup).expect("a manifest that can be followed"), folder)
}

/// The steps that ran, in order, each with its first output.
fn ran(run: &Run) -> Vec<(&str, &str)> {
    let first =
        |step: &'_ kfp_chain::Values| step.parameters.values().next().map_or("", |text| text.as_str()).to_owned();
    run.steps.iter().map(|(path, _, values)| (path.as_str(), first(values).leak() as &str)).collect()
}

const WRITE: &str = r#"
  - name: write
    inputs: {parameters: [{name: text, value: none}]}
    outputs: {parameters: [{name: output, valueFrom: {path: /tmp/outputs/output/data}}]}
    container: {image: alpine, command: [sh, -c, 'printf %s "$1" > /tmp/outputs/output/data', sh, '{{inputs.parameters.text}}']}
  - name: fail
    container: {image: alpine, command: ['false']}
"#;

fn manifest(templates: &str) -> String {
    format!(
        "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {{generateName: m-}}\nspec:\n  entrypoint: main\n{templates}{WRITE}"
    )
}

#[test]
fn values_files_conditions_and_loops() {
    let manifest = manifest(
        r#"
  arguments: {parameters: [{name: count, value: '3'}]}
  onExit: bye
  templates:
  - name: main
    inputs: {parameters: [{name: count}]}
    dag:
      tasks:
      - {name: small, template: write, when: '{{=int(inputs.parameters.count) < 3}}', dependencies: [first]}
      - {name: each, template: round, withParam: '[1, "two"]', dependencies: [first], arguments: {parameters: [{name: x, value: '{{item}}'}]}}
      - {name: first, template: write, arguments: {parameters: [{name: text, value: 'count is {{inputs.parameters.count}}'}]}}
      - {name: all, template: write, dependencies: [each], arguments: {parameters: [{name: text, value: '{{tasks.each.outputs.parameters.given}}'}]}}
      - {name: copy, template: copy, dependencies: [all], arguments: {artifacts: [{name: source, raw: {data: 'x {{inputs.parameters.count}}'}}]}}
      - {name: again, template: copy, dependencies: [copy], arguments: {artifacts: [{name: source, from: '{{tasks.copy.outputs.artifacts.target}}'}]}}
  - name: round
    inputs: {parameters: [{name: x}]}
    outputs: {parameters: [{name: given, valueFrom: {expression: "tasks.w.outputs.parameters.output + '!'"}}]}
    dag:
      tasks:
      - {name: w, template: write, arguments: {parameters: [{name: text, value: '{{inputs.parameters.x}}'}]}}
  - name: bye
    dag:
      tasks:
      - {name: said, template: write, arguments: {parameters: [{name: text, value: 'it {{workflow.status}}'}]}}
  - name: copy
    inputs: {artifacts: [{name: source, path: /tmp/inputs/source/data}]}
    outputs: {artifacts: [{name: target, path: /tmp/outputs/target/data}]}
    container: {image: alpine, command: [cp, /tmp/inputs/source/data, /tmp/outputs/target/data]}
"#,
    );
    let (run, _folder) = start(&manifest, &[]);
    assert_eq!(run.phase, Phase::Succeeded);
    assert_eq!(
        ran(&run),
        [
            ("first", "count is 3"),
            ("each(0)/w", "1"),
            ("each(1)/w", "two"),
            ("all", r#"["1!","two!"]"#),
            ("copy", ""),
            ("again", ""),
            ("onExit/said", "it Succeeded"),
        ]
    );
    let copied = &run.step("again").unwrap().artifacts["target"];
    assert_eq!(std::fs::read_to_string(copied).unwrap(), "x 3");
    let (run, _folder) = start(&manifest, &[("count", "2")]);
    assert_eq!(run.step("small").unwrap().parameters["output"], "none");
}

#[test]
fn a_failure_ends_the_run_and_reaches_the_handler() {
    let manifest = manifest(
        r"
  onExit: bye
  templates:
  - name: main
    dag:
      tasks:
      - {name: bad, template: fail}
      - {name: after, template: write, dependencies: [bad]}
  - name: bye
    dag:
      tasks:
      - {name: said, template: write, arguments: {parameters: [{name: text, value: '{{workflow.status}}'}]}}
",
    );
    let (run, _folder) = start(&manifest, &[]);
    assert_eq!(run.phase, Phase::Failed);
    assert_eq!(ran(&run), [("bad", ""), ("onExit/said", "Failed")]);
}

#[test]
fn what_it_cannot_follow_it_names() {
    let said = |templates: &str| {
        let workflow = Workflow::from_yaml(&manifest(templates)).expect("a manifest");
        let folder = tempfile::tempdir().expect("a folder");
        run(&workflow, &Setup { folder: folder.path().to_owned(), ..Setup::default() }).unwrap_err().to_string()
    };
    let one = |task: &str| format!("  templates:\n  - name: main\n    dag: {{tasks: [{task}]}}");
    assert_eq!(said(&one("{name: a, template: x}")), "a: there is no template `x`");
    assert!(said(&one("{name: a, template: main}")).ends_with("/a/a: more than 100 templates call each other"));
    assert_eq!(said(&one("{name: a, template: write, depends: b}")), "the task `a` has `depends`");
    assert_eq!(
        said(&one("{name: a, template: write, when: maybe}")),
        "a: its `when` is `maybe`, neither true nor false"
    );
    let unset =
        said(&one("{name: a, template: write, arguments: {parameters: [{name: text, value: '{{tasks.b.x}}'}]}}"));
    assert_eq!(unset, "a: `{{tasks.b.x}}` names nothing");
    assert!(said("  templates:\n  - {name: main, suspend: {}}").contains("neither a DAG nor a container"));
}

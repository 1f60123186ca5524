//! `kfp::main!()`: the verbs of a user's program.

use kfp::argo::Workflow;
use kfp_build_tests::Project;
use kfp_grammar::component::{self, Argument, Implementation, Kind, TypeName};
use std::fs;
use std::path::Path;
use std::process::Output;
use std::sync::LazyLock;

const STEPS: &str = r#"use kfp::prelude::*;

#[component(image = "acme/sums:1")]
fn add(a: i64, #[default(2)] b: i64) -> i64 {
    a + b
}

#[component(image = "acme/sums:1")]
fn store(sum: i64, table: Output<Dataset>) -> Result<(), Box<dyn std::error::Error>> {
    println!("storing");
    table.write(format!("{sum}"))?;
    if sum < 0 {
        return Err("nothing below zero".into());
    }
    assert!(sum != 7, "seven is right out");
    Ok(())
}

#[pipeline]
fn sums(#[default(1)] start: i64) {
    store(add(start, _));
}

#[pipeline]
fn more(start: i64) {
    add(start, 1);
}
"#;

static PROJECT: LazyLock<Project> = LazyLock::new(|| {
    let project = Project::new(Path::new(env!("CARGO_TARGET_TMPDIR")), "verbs");
    project.write("build.rs", "fn main() {\n    kfp::build::emit!(\"src/pipelines.rs\");\n}\n");
    project.write("src/main.rs", "mod pipelines;\n\nkfp::main!();\n");
    project.write("src/pipelines.rs", STEPS);
    project.builds();
    project
});

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// That a command line is refused with this text.
#[track_caller]
fn refused(args: &[&str], exit: i32, stderr: &str) {
    let output = PROJECT.run(args);
    assert_eq!(String::from_utf8_lossy(&output.stderr), stderr);
    assert_eq!(output.status.code(), Some(exit));
    assert_eq!(stdout(&output), "");
}

#[test]
fn list() {
    let listed = stdout(&PROJECT.run(&["list"]));
    assert_eq!(
        listed,
        "pipelines\n  more  src/pipelines.rs:25:4\n  sums  src/pipelines.rs:20:4\n\
         components\n  add    src/pipelines.rs:4:4\n  store  src/pipelines.rs:9:4\n"
    );
}

#[test]
fn compile_writes_what_cargo_build_writes() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(stdout(&PROJECT.run(&["compile", "sums"])), PROJECT.manifest("sums"));
    let file = folder.path().join("x.yaml");
    assert!(PROJECT.run(&["compile", "-o", file.to_str().unwrap(), "more"]).status.success());
    assert_eq!(fs::read_to_string(file).unwrap(), PROJECT.manifest("more"));
    let all = folder.path().join("a/b");
    assert!(PROJECT.run(&["compile", "-o", all.to_str().unwrap()]).status.success());
    for name in ["sums", "more"] {
        assert_eq!(fs::read_to_string(all.join(format!("{name}.yaml"))).unwrap(), PROJECT.manifest(name));
    }
    assert_eq!(fs::read_dir(all).unwrap().count(), 2);
}

#[test]
fn archives_need_a_feature() {
    refused(
        &["compile", "sums", "-o", "sums.tar.gz"],
        2,
        "error[KFP408]: `sums.tar.gz` needs the feature `archive` of kfp\n  help: add it where the crate depends on kfp, \
         `kfp = { .., features = [\"archive\"] }`, or write `-o FILE.yaml`\n",
    );
}

#[test]
fn components_as_files() {
    let text = stdout(&PROJECT.run(&["component", "store"]));
    let store = component::parse(&text).unwrap_or_else(|mistakes| panic!("{mistakes:?}\n{text}"));
    let Implementation::Container(container) = &store.implementation else { panic!("{text}") };
    let of = |text: &str| Argument::Text(text.to_owned());
    assert_eq!(container.image, "acme/sums:1");
    assert_eq!(container.command[1], of("kfp-exec"));
    assert_eq!(
        container.args,
        [
            of("--sum"),
            Argument::InputValue("sum".to_owned()),
            of("--"),
            of("--table"),
            Argument::OutputPath("table".to_owned())
        ]
    );
    assert_eq!(store.outputs[0].kind, Some(Kind::Named(TypeName::plain("Dataset"))));
    let folder = tempfile::tempdir().unwrap();
    assert!(PROJECT.run(&["component", "-o", folder.path().to_str().unwrap()]).status.success());
    let add = component::parse(&fs::read_to_string(folder.path().join("add.yaml")).unwrap()).unwrap();
    assert_eq!(add.inputs[1].kind, Some(Kind::Integer));
    assert_eq!(add.inputs[1].default.as_deref(), Some("2"));
    assert_eq!(fs::read_to_string(folder.path().join("store.yaml")).unwrap(), text);
    refused(&["component", "ad"], 2, "error[KFP406]: there is no component `ad`\n  help: did you mean `add`?\n");
}

#[test]
fn compile_writes_other_kinds() {
    let template = stdout(&PROJECT.run(&["compile", "sums", "--kind", "WorkflowTemplate"]));
    assert!(
        template.starts_with("apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata:\n  name: sums\n"),
        "{template}"
    );
    let refused = PROJECT.run(&["compile", "sums", "--kind", "CronWorkflow"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("error[KFP261]: `sums` has no schedule"), "{refused:?}");
    let unknown = PROJECT.run(&["compile", "sums", "--kind", "Workflowtemplate"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("did you mean `WorkflowTemplate`?"), "{unknown:?}");
}

#[test]
fn compile_writes_json_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let json = Workflow::from_yaml(&PROJECT.manifest("sums")).unwrap().to_json() + "\n";
    assert_eq!(stdout(&PROJECT.run(&["compile", "sums", "--json"])), json);
    let file = folder.path().join("x.json");
    assert!(PROJECT.run(&["compile", "sums", "-o", file.to_str().unwrap()]).status.success());
    assert_eq!(fs::read_to_string(file).unwrap(), json);
    let all = folder.path().join("all");
    assert!(PROJECT.run(&["compile", "-o", all.to_str().unwrap(), "--json"]).status.success());
    assert_eq!(fs::read_to_string(all.join("sums.json")).unwrap(), json);
}

#[test]
fn words_that_it_does_not_know() {
    refused(&["complie"], 2, "error[KFP406]: there is no `complie`\n  help: did you mean `compile`?\n");
    refused(&["deploy"], 2, "error[KFP406]: there is no `deploy`\n  help: `verbs --help` shows what there is\n");
    refused(&["compile", "sum"], 2, "error[KFP406]: there is no pipeline `sum`\n  help: did you mean `sums`?\n");
    refused(&["compile", "iris"], 2, "error[KFP406]: there is no pipeline `iris`\n  help: there is `more`, `sums`\n");
    refused(
        &["compile"],
        2,
        "error[KFP406]: there are 2 pipelines, and one manifest to print\n  \
         help: name one of them, or write all of them with `-o FOLDER`\n",
    );
    refused(
        &["compile", "--out", "x"],
        2,
        "error[KFP406]: `compile`: invalid option '--out'\n  \
         help: compile NAME, compile NAME -o FILE.yaml, or compile -o FOLDER\n",
    );
    refused(&["list", "all"], 2, "error[KFP406]: `list` takes no arguments\n  help: verbs list\n");
    assert_eq!(stdout(&PROJECT.run(&["--version"])), "verbs 0.1.0\n");
    assert!(stdout(&PROJECT.run(&["--help"])).contains("verbs compile NAME"));
}

#[test]
fn a_file_that_cannot_be_written() {
    let output = PROJECT.run(&["compile", "sums", "-o", "/no/such/folder/x.yaml"]);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(stderr.starts_with("error[KFP407]: cannot write `/no/such/folder/x.yaml`: "), "{stderr}");
    assert_eq!(output.status.code(), Some(1));
}

/// The command line of a component as it stands in the manifest, with files in a folder of the test.
fn command(component: &str, value: &str, folder: &Path) -> Vec<String> {
    let workflow = Workflow::from_yaml(&PROJECT.manifest("sums")).unwrap();
    let template = workflow.spec.templates.iter().find(|template| template.name == component).unwrap();
    let container = template.container.as_ref().unwrap();
    assert_eq!(container.command[0], "verbs");
    let args = container.command[1..].iter().chain(&container.args);
    args.map(|arg| match arg.strip_prefix("/tmp/outputs") {
        Some(rest) => format!("{}{rest}", folder.display()),
        None if arg.starts_with("{{inputs") => value.to_owned(),
        None => arg.clone(),
    })
    .collect()
}

fn exec(component: &str, value: &str, folder: &Path) -> Output {
    let command = command(component, value, folder);
    PROJECT.run(&command.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn components_run_as_the_manifest_says() {
    let folder = tempfile::tempdir().unwrap();
    let output = exec("add", "20", folder.path());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(fs::read_to_string(folder.path().join("output/data")).unwrap(), "40");
    let output = exec("store", "40", folder.path());
    assert_eq!(stdout(&output), "storing\n", "what the function prints passes through");
    assert_eq!(fs::read_to_string(folder.path().join("table/data")).unwrap(), "40");
}

#[test]
fn components_that_fail_leave_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for (value, exit, text) in [
        ("-1", 1, "error[KFP505]: component `store` failed: nothing below zero\n"),
        ("7", 101, "error[KFP506]: component `store` panicked at src/pipelines.rs:15:5: seven is right out\n"),
        ("x", 2, "error[KFP503]: component `store`: input `sum`: expected a whole number, found \"x\"\n"),
    ] {
        let output = exec("store", value, folder.path());
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(stderr.ends_with(text), "{stderr}");
        assert_eq!(output.status.code(), Some(exit));
        let table = folder.path().join("table");
        assert!(!table.exists() || fs::read_dir(table).unwrap().count() == 0);
    }
}

//! The command lines of script components, run as they stand in the manifest: how they fail, and what they say.

use kfp::argo::Workflow;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// The words of a template's command line, with these texts for its inputs and a folder for `/tmp/`.
fn words(snapshot: &str, template: &str, inputs: &[(&str, &str)], place: &Path) -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("snapshots/{snapshot}.yaml"));
    let workflow = Workflow::from_yaml(&fs::read_to_string(file).expect("a snapshot")).expect("a workflow");
    let template = workflow.spec.templates.iter().find(|known| known.name == template).expect("a template");
    let container = serde_json::to_value(template).expect("JSON")["container"].clone();
    let words = ["command", "args"].into_iter().flat_map(|list| container[list].as_array().expect("a list").clone());
    let fill = |word: serde_json::Value| {
        let word = word.as_str().expect("a text").to_owned();
        let word = inputs
            .iter()
            .fold(word, |word, (name, text)| word.replace(&format!("{{{{inputs.parameters.{name}}}}}"), text));
        match word.strip_prefix("/tmp/") {
            Some(path) => place.join(path).to_string_lossy().into_owned(),
            None => word,
        }
    };
    words.map(fill).collect()
}

fn run(words: &[String]) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = Command::new(&words[0]).args(&words[1..]).output().expect("a shell");
    (status.code(), String::from_utf8_lossy(&stderr).into_owned())
}

#[track_caller]
fn ends(words: &[String], code: i32, says: &str) {
    let (found, stderr) = run(words);
    assert_eq!(found, Some(code), "{stderr}");
    assert!(stderr.contains(says), "{stderr}");
}

#[test]
fn an_error_of_the_function_is_1() {
    let place = tempfile::tempdir().expect("a folder");
    let words = words("scripts_fail", "grosse", &[("text", ""), ("type", "x")], place.path());
    ends(&words, 1, "error: component `größe` failed: `` is empty: {} ~~ $$");
    assert!(!place.path().join("outputs/output/data").exists(), "what failed gives nothing");
}

#[test]
fn a_panic_is_101() {
    let place = tempfile::tempdir().expect("a folder");
    let words = words("scripts_panic", "halve", &[("numbers", "[]")], place.path());
    ends(&words, 101, "index out of bounds");
}

#[test]
fn what_is_no_value_of_its_type_is_2() {
    let place = tempfile::tempdir().expect("a folder");
    let words = words("scripts_panic", "halve", &[("numbers", "[1, 2")], place.path());
    ends(&words, 2, "error: component `halve`: input `numbers`: expected");
}

#[test]
fn an_input_that_is_missing_is_2() {
    let place = tempfile::tempdir().expect("a folder");
    let mut words = words("scripts_panic", "halve", &[("numbers", "[8]")], place.path());
    ends(&words, 0, "");
    assert_eq!(fs::read_to_string(place.path().join("outputs/output/data")).expect("an output"), "4");
    let flag = words.iter().position(|word| word == "--numbers").expect("the input");
    words.drain(flag..flag + 2);
    ends(&words, 2, "error: component `halve`: `numbers` is not among the arguments");
}

#[test]
fn a_file_that_is_missing_fails_where_it_is_read() {
    let place = tempfile::tempdir().expect("a folder");
    let words = words("scripts_files", "sum", &[], place.path());
    ends(&words, 1, "error: component `sum` failed: ");
}

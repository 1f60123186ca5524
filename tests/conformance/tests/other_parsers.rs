//! Odd strings come back equal from Go's and Python's YAML parsers: what Argo, kubectl and KFP read with.

use kfp_conformance::{data, odd, tool};
use kfp_core::argo;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const PYTHON: &str = "import json, sys, yaml\nprint(json.dumps(list(yaml.safe_load_all(open(sys.argv[1], encoding='utf-8', newline='')))))";

/// A parser: the file of a YAML text to the JSON of the list of its documents.
type Parser<'a> = dyn Fn(&Path) -> String + 'a;

fn reads_the_same(parser: &Parser<'_>, name: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut strings: Vec<String> = odd::STRINGS.iter().map(|&text| text.to_owned()).collect();
    strings.extend(odd::random(1500));
    let odd = odd::workflow(&strings);
    check(parser, name, folder.path(), &argo::to_yaml(&odd));
    for examples in ["argo-examples", "kfp-v1"] {
        for file in data::folder(examples).map(|folder| data::yaml_files(&folder)).unwrap_or_default() {
            let text = fs::read_to_string(&file).expect("a readable file");
            let manifests = argo::from_yaml(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let written: Vec<String> = manifests.iter().map(argo::to_yaml).collect();
            check(parser, name, folder.path(), &written.join("---\n"));
        }
    }
}

fn check(parser: &Parser<'_>, name: &str, folder: &Path, yaml: &str) {
    let expected: Vec<Value> = argo::documents(yaml).expect("what was written is readable");
    let file = folder.join("written.yaml");
    fs::write(&file, yaml).expect("a writable file");
    let found: Vec<Value> = serde_json::from_str(&parser(&file)).expect("the parser's JSON");
    assert_eq!(found.len(), expected.len(), "{name}: documents");
    for (found, expected) in found.iter().zip(&expected) {
        let differences = differences("", expected, found);
        assert!(differences.is_empty(), "{name} reads something else:\n{}", differences.join("\n"));
    }
}

/// Where two values differ; numbers are compared as numbers, since JSON of Python has `1.0` where Go has `1`.
fn differences(path: &str, expected: &Value, found: &Value) -> Vec<String> {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) if expected.len() == found.len() => expected
            .iter()
            .flat_map(|(key, value)| {
                differences(&format!("{path}.{key:?}"), value, found.get(key).unwrap_or(&Value::Null))
            })
            .collect(),
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => expected
            .iter()
            .zip(found)
            .enumerate()
            .flat_map(|(index, (expected, found))| differences(&format!("{path}[{index}]"), expected, found))
            .collect(),
        (Value::Number(expected), Value::Number(found)) if expected.as_f64() == found.as_f64() => Vec::new(),
        (expected, found) if expected == found => Vec::new(),
        (expected, found) => vec![format!("{path}: {expected} became {found}")],
    }
}

#[test]
fn python() {
    if tool::found("python3", &["-c", "import yaml"]) {
        let parser = |file: &Path| stdout(Command::new("python3").args(["-c", PYTHON]).arg(file));
        reads_the_same(&parser, "PyYAML");
    }
}

#[test]
fn go() {
    let Some(program) = go_program() else { return };
    for reader in ["sigs", "v3"] {
        let parser = |file: &Path| stdout(Command::new(program).arg(reader).arg(file));
        reads_the_same(&parser, reader);
    }
}

/// Scalars without quotes, which other people write: read as what Argo reads.
#[test]
fn plain_scalars_are_read_as_argo_reads_them() {
    const PLAIN: &str = "[on, Off, YES, no, y, N, true, False, ~, null, '', 0, -1, +1, 010, 08, 0o7, 0x1F, 0b11, 1_000, 1:30, \
        2001-01-01, 1e3, 1., .5, 0.1e-7, =, a b, 12345678, a:b, -a, 'it''s', \"\\u0041\\x42\\N\"]\n";
    let Some(program) = go_program() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    check(&|file| stdout(Command::new(program).arg("sigs").arg(file)), "sigs", folder.path(), PLAIN);
}

/// The Go program, built once; none where there is no Go or its modules cannot be had.
fn go_program() -> Option<&'static Path> {
    static PROGRAM: OnceLock<Option<PathBuf>> = OnceLock::new();
    PROGRAM.get_or_init(build_go_program).as_deref()
}

fn build_go_program() -> Option<PathBuf> {
    if !tool::found("go", &["version"]) {
        return None;
    }
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("go");
    let modules = Command::new("go").args(["mod", "download"]).current_dir(&sources).output().ok()?;
    if !modules.status.success() {
        tool::skipped(&format!("the Go modules cannot be had: {}", String::from_utf8_lossy(&modules.stderr)));
        return None;
    }
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("yaml-to-json");
    tool::run(Command::new("go").args(["build", "-o"]).arg(&program).arg(".").current_dir(&sources));
    Some(program)
}

fn stdout(command: &mut Command) -> String {
    String::from_utf8(tool::run(command).stdout).expect("UTF-8")
}

//! Odd strings come back equal from Go's, Python's and JavaScript's YAML parsers, with which Argo, kubectl, KFP and the
//! pages of both read; and as JSON.

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
    let seed = std::env::var("KFP_ODD_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| u64::from(std::process::id()) << 20 | 1);
    tool::note(&format!("KFP_ODD_SEED={seed}"));
    check(parser, name, folder.path(), &argo::to_yaml(&odd::workflow(&odd::of_characters(seed, 300))));
    for examples in ["argo-examples", "kfp-v1"] {
        let mut written: Vec<String> = Vec::new();
        for file in data::folder(examples).map(|folder| data::yaml_files(&folder)).unwrap_or_default() {
            let text = fs::read_to_string(&file).expect("a readable file");
            let manifests = argo::from_yaml(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            written.extend(manifests.iter().map(argo::to_yaml));
        }
        if !written.is_empty() {
            check(parser, name, folder.path(), &written.join("---\n"));
        }
    }
}

/// JSON, which `kfp compile` writes as well, is read as JSON, and as the YAML that it is, too.
fn reads_json(parser: &Parser<'_>, name: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut strings: Vec<String> = odd::STRINGS.iter().map(|&text| text.to_owned()).collect();
    strings.extend(odd::random(1500));
    strings.extend(odd::of_characters(7, 300));
    check(parser, name, folder.path(), &odd::workflow(&strings).to_json());
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
        let parser = |file: &Path| {
            let script = "import json, sys\nprint(json.dumps([json.load(open(sys.argv[1], encoding='utf-8'))]))";
            stdout(Command::new("python3").args(["-c", script]).arg(file))
        };
        reads_json(&parser, "Python");
    }
}

#[test]
fn javascript() {
    let Some(program) = node_program() else { return };
    for reader in ["yaml", "js-yaml", "js-yaml-4"] {
        let parser = |file: &Path| stdout(Command::new("node").arg(&program).arg(reader).arg(file));
        reads_the_same(&parser, reader);
    }
    reads_json(&|file| stdout(Command::new("node").arg(&program).arg("json").arg(file)), "JavaScript");
}

#[test]
fn go() {
    let Some(program) = go_program() else { return };
    for reader in ["sigs", "v3"] {
        let parser = |file: &Path| stdout(Command::new(program).arg(reader).arg(file));
        reads_the_same(&parser, reader);
    }
    reads_json(&|file| stdout(Command::new(program).arg("json").arg(file)), "Go");
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

/// The JavaScript program, beside its packages; none where there is no Node or they cannot be had.
fn node_program() -> Option<PathBuf> {
    if !tool::found("node", &["--version"]) || !tool::found("npm", &["--version"]) {
        return None;
    }
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("node");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("node");
    fs::create_dir_all(&folder).expect("a folder");
    let files = ["main.cjs", "package.json", "package-lock.json"];
    let is_there = folder.join("node_modules").is_dir()
        && files.iter().all(|file| fs::read(sources.join(file)).ok() == fs::read(folder.join(file)).ok());
    if !is_there {
        for file in files {
            fs::copy(sources.join(file), folder.join(file)).expect("a copy");
        }
        let install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
        let installed = Command::new("npm").args(install).current_dir(&folder).output().ok()?;
        if !installed.status.success() {
            fs::remove_file(folder.join("main.cjs")).expect("a file");
            tool::skipped(&format!("the npm packages cannot be had: {}", String::from_utf8_lossy(&installed.stderr)));
            return None;
        }
    }
    Some(folder.join("main.cjs"))
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

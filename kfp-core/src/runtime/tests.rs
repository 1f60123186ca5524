use super::{Failure, IntoCause, Invocation, exec};
use crate::artifact::{Dataset, Model};
use crate::diagnostic::Place;
use crate::dsl::{ComponentOp, Nothing};
use crate::graph::Op;
use crate::registry::{ComponentRecord, fingerprint};
use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

const HERE: Place = Place { file: "src/steps.rs", line: 1, column: 1 };

fn op() -> Op {
    ComponentOp::new("fit", None, HERE).program::<Nothing>(("steps:1", "steps"), "")
}

const fn record(name: &'static str, run: fn(&mut Invocation) -> Result<(), Failure>) -> ComponentRecord {
    ComponentRecord { name, place: HERE, signature: "(table, depth) -> model, output", op, run }
}

static FIT: ComponentRecord = record("fit", |invocation| {
    let table = invocation.input::<Dataset>("table")?;
    let depth = invocation.parameter::<i64>("depth")?;
    let model = invocation.output::<Model>("model")?;
    let ended: Result<f64, Box<dyn Error + Send + Sync>> = (|| {
        if depth == 0 {
            return Err("too shallow".into());
        }
        assert!(depth > 0, "depth {depth} makes no tree");
        if depth != 13 {
            model.write(format!("{} at {depth}", table.read_to_string()?))?;
        }
        Ok(if depth == 99 { f64::NAN } else { 0.5 })
    })();
    let accuracy = ended.map_err(|error| invocation.failed(&*IntoCause::into_cause(error)))?;
    invocation.returns("output", &if depth == 99 { vec![accuracy] } else { vec![] })
});

static CHAIN: ComponentRecord = record("chain", |invocation| {
    let parsed: Result<i64, _> = "abc".parse::<i64>();
    let error = parsed.map_err(|error| std::io::Error::other(Outer(error)));
    error.map(drop).map_err(|error| invocation.failed(&*IntoCause::into_cause(error)))
});

#[derive(Debug)]
struct Outer(std::num::ParseIntError);

impl std::fmt::Display for Outer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the table is broken")
    }
}

impl Error for Outer {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

static FOLDER: ComponentRecord = record("folder", |invocation| {
    let model = invocation.output::<Model>("model")?;
    let written = fs::create_dir(model.path()).and_then(|()| fs::write(model.path().join("part"), "1"));
    written.map_err(|error| invocation.failed(&*IntoCause::into_cause(error)))
});

static TWIN: ComponentRecord = ComponentRecord { place: Place { line: 9, ..HERE }, ..record("folder", |_| Ok(())) };

/// A folder with a table, and the command line that fits a model from it.
struct Case {
    folder: PathBuf,
    args: Vec<String>,
}

impl Case {
    fn new(name: &str, depth: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("kfp-runtime-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("table"), "a,b").unwrap();
        let at = |name: &str| folder.join(name).display().to_string();
        let args = ["fit", "--table", &at("table"), "--depth", depth, "--"].map(str::to_owned);
        let outputs = ["--model", &at("out/model/data"), "--output", &at("out/output/data")].map(str::to_owned);
        Self { args: args.into_iter().chain(outputs).collect(), folder }
    }

    fn run(&self) -> Result<(), Failure> {
        exec(&[&CHAIN, &FIT], self.args.iter().map(OsString::from))
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap()
    }

    /// That a run fails with this text and leaves nothing behind.
    #[track_caller]
    fn fails(&self, exit: u8, text: &str) {
        let failure = self.run().unwrap_err();
        assert_eq!(failure.to_string().replace(&self.folder.display().to_string(), "FOLDER"), text);
        assert_eq!(failure.exit, exit);
        assert_eq!(files(&self.folder.join("out")), Vec::<PathBuf>::new());
    }
}

impl Drop for Case {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn outputs_are_where_they_belong() {
    let case = Case::new("well", "3");
    case.run().unwrap();
    assert_eq!(case.read("out/model/data"), "a,b at 3");
    assert_eq!(case.read("out/output/data"), "[]");
    assert_eq!(files(&case.folder.join("out")).len(), 2);
    case.run().unwrap();
}

#[test]
fn folders_are_outputs_too() {
    let case = Case::new("folder", "3");
    let args = ["folder".to_owned(), "--".to_owned(), "--model".to_owned(), format!("{}/out/x", case.folder.display())];
    for _ in 0..2 {
        exec(&[&FOLDER], args.iter().map(OsString::from)).unwrap();
        assert_eq!(case.read("out/x/part"), "1");
    }
}

#[test]
fn a_bad_parameter() {
    let text = "error[KFP503]: component `fit`: input `depth`: expected a whole number, found \"abc\"";
    Case::new("parameter", "abc").fails(2, text);
    let text = "error[KFP503]: component `fit`: input `depth`: expected a whole number, found \"--\"";
    Case::new("dashes", "--").fails(2, text);
}

#[test]
fn a_missing_artifact() {
    let case = Case::new("artifact", "3");
    fs::remove_file(case.folder.join("table")).unwrap();
    case.fails(
        2,
        "error[KFP504]: component `fit`: input `table`: cannot read `FOLDER/table`: No such file or directory (os error 2)",
    );
}

#[test]
fn an_error() {
    Case::new("error", "0").fails(1, "error[KFP505]: component `fit` failed: too shallow");
    let failure = exec(&[&CHAIN], ["chain".into()]).unwrap_err();
    assert_eq!(
        failure.to_string(),
        "error[KFP505]: component `chain` failed: the table is broken\n  caused by: invalid digit found in string"
    );
}

#[test]
fn a_panic() {
    let failure = Case::new("panic", "-1").run().unwrap_err();
    assert_eq!((failure.code.to_string().as_str(), failure.exit), ("KFP506", 101));
    assert!(failure.message.starts_with("component `fit` panicked at kfp-core/src/runtime/tests.rs:"), "{failure}");
    assert!(failure.message.ends_with(": depth -1 makes no tree"), "{failure}");
}

#[test]
fn an_unwritten_output() {
    Case::new("unwritten", "13").fails(
        1,
        "error[KFP507]: component `fit`: output `model`: the function ended without writing it\n  \
         help: write to the `Output` with `model.write(..)`, or to `model.path()`",
    );
}

#[test]
fn a_value_without_text() {
    Case::new("nan", "99").fails(
        1,
        "error[KFP508]: component `fit`: output `output`: JSON has no `NaN`, so it cannot stand inside a list or a struct",
    );
}

#[test]
fn an_output_in_the_way() {
    let case = Case::new("files", "3");
    fs::write(case.folder.join("out"), "a file").unwrap();
    let failure = case.run().unwrap_err();
    assert_eq!((failure.code.to_string().as_str(), failure.exit), ("KFP509", 1));
    assert_eq!(case.read("out"), "a file");
}

#[test]
fn command_lines() {
    let refused = |change: fn(&mut Vec<String>), text: &str| {
        let mut case = Case::new("line", "3");
        change(&mut case.args);
        case.fails(2, text);
    };
    let usage = "\n  help: kfp-exec NAME --INPUT VALUE .. -- --OUTPUT PATH ..";
    refused(Vec::clear, &format!("error[KFP502]: kfp-exec: the name of a component is missing{usage}"));
    refused(|args| args.truncate(4), &format!("error[KFP502]: kfp-exec: `--depth` has no value{usage}"));
    refused(
        |args| args[3] = "--table".to_owned(),
        &format!("error[KFP502]: kfp-exec: `--table` is given twice{usage}"),
    );
    refused(
        |args| args[3] = "depth".to_owned(),
        &format!("error[KFP502]: kfp-exec: expected a flag such as `--depth`, found \"depth\"{usage}"),
    );
    refused(
        |args| args.truncate(3),
        "error[KFP502]: component `fit`: input `depth` is missing: it is passed as `--depth VALUE`",
    );
    refused(
        |args| args.truncate(8),
        "error[KFP502]: component `fit`: output `output` has no place: it is passed behind `--` as `--output PATH`",
    );
    refused(
        |args| args.extend(["--x".to_owned(), "/x".to_owned()]),
        "error[KFP502]: component `fit` has no output `x`",
    );
    refused(
        |args| args[0] = "fat".to_owned(),
        "error[KFP500]: the program has no component `fat`\n  help: it has `chain`, `fit`",
    );
    refused(
        |args| args[0] = "fit@00000000".to_owned(),
        "error[KFP501]: component `fit` has other inputs or outputs in this image than in the manifest\n  \
         help: they come from different sources: build the image again, or compile the manifest again",
    );
}

#[test]
fn the_right_fingerprint() {
    let mut case = Case::new("fingerprint", "3");
    case.args[0] = format!("fit@{}", fingerprint(FIT.signature));
    case.run().unwrap();
}

#[test]
fn two_of_one_name() {
    assert_eq!(
        exec(&[&FOLDER, &TWIN], ["folder".into()]).unwrap_err().to_string(),
        "error[KFP402]: component `folder` is declared twice: at src/steps.rs:1:1 and at src/steps.rs:9:1\n  \
         help: rename one with `#[component(name = \"..\")]`"
    );
    assert_eq!(
        crate::registry::clashes(&[&FIT, &FOLDER, &TWIN])[0].to_string(),
        "src/steps.rs:9:1: [KFP402] component `folder` is declared twice\n  src/steps.rs:1:1: the other one\n  \
         help: rename one with `#[component(name = \"..\")]`"
    );
}

//! `kfp-chain PACKAGE [PIPELINE] [NAME=VALUE ..]`: builds a package of this workspace and runs one of its pipelines here.

use kfp_chain::{Phase, Setup};
use kfp_core::argo::Workflow;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

const USAGE: &str = "\
kfp-chain PACKAGE [PIPELINE] [NAME=VALUE ..] [--out FOLDER]

Builds PACKAGE, asks its program for the manifest of PIPELINE (needed if there are several), and runs the steps
of that manifest one after the other on this machine, with NAME=VALUE as arguments of the pipeline. The files of
the steps are put below FOLDER (target/kfp-chain/PACKAGE if not given).";

struct Arguments {
    package: String,
    pipeline: Option<String>,
    values: Vec<(String, String)>,
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    match arguments().and_then(|arguments| arguments.map_or(Ok(true), |arguments| chain(&arguments))) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say_error(&format!("error: {error}"));
            ExitCode::from(2)
        }
    }
}

#[expect(clippy::print_stdout, reason = "it is a command")]
fn say(line: &str) {
    println!("{line}");
}

#[expect(clippy::print_stderr, reason = "it is a command")]
fn say_error(line: &str) {
    eprintln!("{line}");
}

fn arguments() -> Result<Option<Arguments>, Box<dyn Error>> {
    use lexopt::prelude::{Long, Value};
    let mut parser = lexopt::Parser::from_env();
    let (mut names, mut values, mut out) = (Vec::new(), Vec::new(), None);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("out") => out = Some(parser.value()?.into()),
            Long("help") => {
                say(USAGE);
                return Ok(None);
            }
            Value(text) => match text.to_string_lossy().split_once('=') {
                Some((name, value)) => values.push((name.to_owned(), value.to_owned())),
                None => names.push(text.to_string_lossy().into_owned()),
            },
            other => return Err(other.unexpected().into()),
        }
    }
    let mut names = names.into_iter();
    let package = names.next().ok_or_else(|| format!("no package is named\n\n{USAGE}"))?;
    Ok(Some(Arguments { package, pipeline: names.next(), values, out }))
}

/// Whether the workflow succeeded.
fn chain(arguments: &Arguments) -> Result<bool, Box<dyn Error>> {
    let program = build(&arguments.package)?;
    let workflow = compile(&program, arguments.pipeline.as_deref())?;
    let folder = match &arguments.out {
        Some(folder) => std::path::absolute(folder)?,
        None => target_folder(&program).join("kfp-chain").join(&arguments.package),
    };
    if folder.exists() && arguments.out.is_none() {
        std::fs::remove_dir_all(&folder)?;
    }
    let setup = Setup {
        folder: folder.clone(),
        programs: program.parent().map(Path::to_path_buf).into_iter().collect(),
        arguments: arguments.values.iter().cloned().collect(),
        verbose: true,
    };
    let run = kfp_chain::run(&workflow, &setup)?;
    say(&format!("{}: {} steps; their files are in {}", run.phase, run.steps.len(), folder.display()));
    Ok(run.phase == Phase::Succeeded)
}

/// Builds a package, and says where its program is.
fn build(package: &str) -> Result<PathBuf, Box<dyn Error>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["build", "--package", package, "--message-format", "json-render-diagnostics"])
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("`{package}` does not build").into());
    }
    let messages = String::from_utf8(output.stdout)?;
    let mut programs = messages.lines().filter_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        let named = message["target"]["name"] == *package && message["reason"] == "compiler-artifact";
        message["executable"].as_str().filter(|_| named).map(PathBuf::from)
    });
    programs.next_back().ok_or_else(|| format!("`{package}` has no program").into())
}

fn compile(program: &Path, pipeline: Option<&str>) -> Result<Workflow, Box<dyn Error>> {
    let output = Command::new(program).arg("compile").args(pipeline).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err("the program gives no manifest".into());
    }
    Ok(Workflow::from_yaml(&String::from_utf8(output.stdout)?)?)
}

/// The folder that cargo builds into: the one above `debug` or `release`.
fn target_folder(program: &Path) -> PathBuf {
    program.ancestors().nth(2).unwrap_or(Path::new("target")).to_path_buf()
}

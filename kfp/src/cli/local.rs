//! `run PIPELINE`, `resume FOLDER`, `approve FOLDER`, `runs`, `logs` and `report`: the pipelines of this program, on this machine.

use super::{Outcome, USAGE, compile};
use crate::compiled;
use crate::levels::Levels;
use kfp_console::RunOptions;
use kfp_core::argo::{Parameter, Workflow};
use kfp_core::graph::ManifestKind;
use kfp_core::registry::{ComponentRecord, PipelineRecord};
use kfp_engine::{Options, Runner};
use kfp_grammar::nearest;
use lexopt::prelude::{Long, Short, Value};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USE: &str = "run PIPELINE [--PARAMETER VALUE].. [OPTIONS]; `--help` shows the options";

/// What is said about a run; the parameters are checked against the pipeline's.
#[derive(Default)]
struct Arguments {
    names: Vec<String>,
    /// The options that were given, by name.
    given: BTreeSet<String>,
    options: RunOptions,
}

/// Does one of these verbs, if it is one.
pub(super) fn verb(
    verb: &str,
    args: impl IntoIterator<Item = OsString>,
    pipelines: &[&PipelineRecord],
    components: &[&ComponentRecord],
) -> Option<Result<ExitCode, Outcome>> {
    let mut args = args.into_iter();
    let mut name = || args.next().map(PathBuf::from);
    Some(match verb {
        "runs" => Ok(kfp_console::runs(&name().unwrap_or_else(|| "kfp-runs".into()))),
        "logs" => match (name(), name()) {
            (Some(folder), task) => Ok(kfp_console::logs(&folder, task.as_deref().and_then(Path::to_str))),
            (None, _) => Err(Outcome::refused(USAGE, "`logs` needs the folder of a run", "logs FOLDER [TASK]")),
        },
        "report" => match name() {
            Some(folder) => Ok(kfp_console::report(&folder)),
            None => Err(Outcome::refused(USAGE, "`report` needs the folder of a run", "report FOLDER")),
        },
        "run" => run(args, pipelines, components),
        "resume" => resume(args),
        "approve" => approve(args),
        _ => return None,
    })
}

fn run(
    args: impl Iterator<Item = OsString>,
    pipelines: &[&PipelineRecord],
    components: &[&ComponentRecord],
) -> Result<ExitCode, Outcome> {
    let arguments = parse(args, "run", 1, USE)?;
    enter(arguments.options.runner.unwrap_or_default());
    let chosen = compile::choose(pipelines, arguments.names.first().map(String::as_str))?;
    if chosen.len() > 1 {
        let names: Vec<_> = chosen.iter().map(|record| format!("`{}`", record.name)).collect();
        let help = format!("name one: {}", names.join(", "));
        return Err(Outcome::refused(USAGE, "there are several pipelines, and one is run", &help));
    }
    let levels = Levels::read("", "").map_err(failed)?;
    let (compiled, found) = compiled::compile(&chosen, components, &levels, Some(ManifestKind::Workflow));
    let Some(one) = compiled.first().filter(|_| !found.has_errors()) else {
        return Err(Outcome::default().diagnostics(&found));
    };
    // What runs is what would go to a cluster: the manifest as it is written.
    let workflow = Workflow::from_yaml(&kfp_core::argo::to_yaml(&one.manifest)).map_err(failed)?;
    known(&arguments, &workflow.spec.arguments.parameters)?;
    let folder = arguments.options.out.clone().unwrap_or_else(|| kfp_console::free_folder(chosen[0].name));
    Ok(kfp_console::run(&workflow, &options(&arguments, folder)?, arguments.options.show()))
}

/// Before there are threads; containers have namespaces of their own.
fn enter(runner: Runner) {
    if runner == Runner::Host {
        kfp_engine::enter_user_namespace();
    }
}

fn failed(error: impl std::fmt::Display) -> Outcome {
    Outcome { stderr: format!("error: {error}\n"), exit: 2, ..Outcome::default() }
}

fn resume(args: impl Iterator<Item = OsString>) -> Result<ExitCode, Outcome> {
    let help = "resume FOLDER [OPTIONS]; `--help` shows the options";
    let arguments = parse(args, "resume", 1, help)?;
    let folder = folder(&arguments, "resume", help)?;
    enter(arguments.options.runner.unwrap_or_else(|| Runner::of(&folder)));
    Ok(kfp_console::resume(&options(&arguments, folder)?, arguments.options.show()))
}

fn approve(args: impl Iterator<Item = OsString>) -> Result<ExitCode, Outcome> {
    let help = "approve FOLDER [NODE] [-p NAME=VALUE]..";
    let arguments = parse(args, "approve", 2, help)?;
    let node = arguments.names.get(1).map(String::as_str);
    let folder = folder(&arguments, "approve", help)?;
    kfp_console::approve(&folder, node, &arguments.options.parameters).map_err(failed)?;
    Ok(ExitCode::SUCCESS)
}

fn folder(arguments: &Arguments, verb: &str, help: &str) -> Result<PathBuf, Outcome> {
    let missing = || Outcome::refused(USAGE, &format!("`{verb}` needs the folder of a run"), help);
    arguments.names.first().map(|name| kfp_console::folder_of(name.as_ref())).ok_or_else(missing)
}

fn options(arguments: &Arguments, folder: PathBuf) -> Result<Options, Outcome> {
    let options = arguments.options.to_engine(folder, Vec::new()).map_err(failed)?;
    Ok(Options { program: options.program.clone().or_else(|| std::env::current_exe().ok()), ..options })
}

fn parse(args: impl Iterator<Item = OsString>, verb: &str, most: usize, help: &str) -> Result<Arguments, Outcome> {
    let mut arguments = Arguments::default();
    let mut parser = lexopt::Parser::from_args(args);
    match read(&mut parser, &mut arguments, verb, most) {
        Ok(()) => Ok(arguments),
        Err(error) => Err(Outcome::refused(USAGE, &error.to_string(), help)),
    }
}

fn read(parser: &mut lexopt::Parser, arguments: &mut Arguments, verb: &str, most: usize) -> Result<(), lexopt::Error> {
    while let Some(argument) = parser.next()? {
        let name = match argument {
            Value(name) if arguments.names.len() < most => {
                arguments.names.push(name.into_string()?);
                continue;
            }
            Short('p') => "parameter".to_owned(),
            Long(name) => name.to_owned(),
            other => return Err(other.unexpected()),
        };
        if arguments.options.read(&name, parser)? {
            arguments.given.insert(name);
        } else if verb == "run" {
            arguments.options.parameters.insert(name, parser.value()?.into_string()?);
        } else {
            return Err(Long(&name).unexpected());
        }
    }
    Ok(())
}

/// Whether the pipeline has these parameters, and none that was taken for an option.
fn known(arguments: &Arguments, declared: &[Parameter]) -> Result<(), Outcome> {
    let given = &arguments.options.parameters;
    let names = || declared.iter().map(|parameter| parameter.name.as_str());
    if let Some(name) = names().find(|name| arguments.given.contains(*name)) {
        let message = format!("`--{name}` is an option of `run` and a parameter of the pipeline");
        return Err(Outcome::refused(USAGE, &message, &format!("give the parameter with `-p {name}=VALUE`")));
    }
    let Some(unknown) = given.keys().find(|name| names().all(|known| known != name.as_str())) else { return Ok(()) };
    let help = match nearest(unknown, names()) {
        Some(near) => format!("did you mean `--{near}`?"),
        None if declared.is_empty() => "it has none at all".to_owned(),
        None => format!("it has {}", names().map(|name| format!("`--{name}`")).collect::<Vec<_>>().join(", ")),
    };
    Err(Outcome::refused(USAGE, &format!("the pipeline has no parameter `{unknown}`"), &help))
}

//! `run PIPELINE`, `resume FOLDER`, `runs` and `logs`: the pipelines of this program, on this machine.

use super::{Outcome, USAGE, compile};
use crate::compiled;
use crate::levels::Levels;
use kfp_console::Show;
use kfp_core::argo::{Parameter, Workflow};
use kfp_core::graph::ManifestKind;
use kfp_core::registry::{ComponentRecord, PipelineRecord};
use kfp_engine::Options;
use kfp_grammar::nearest;
use lexopt::prelude::{Long, Short, Value};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USE: &str = "run PIPELINE [--PARAMETER VALUE].. [--out FOLDER] [--slots NUMBER] [--no-isolation] [--json]";

/// What is said about a run; the parameters are checked against the pipeline's.
#[derive(Default)]
struct Arguments {
    name: Option<String>,
    parameters: BTreeMap<String, String>,
    out: Option<PathBuf>,
    slots: Option<usize>,
    is_shared: bool,
    json: bool,
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
        "run" => run(args, pipelines, components),
        "resume" => resume(args),
        _ => return None,
    })
}

fn run(
    args: impl Iterator<Item = OsString>,
    pipelines: &[&PipelineRecord],
    components: &[&ComponentRecord],
) -> Result<ExitCode, Outcome> {
    let arguments = parse(args, "run").map_err(|message| Outcome::refused(USAGE, &message, USE))?;
    let chosen = compile::choose(pipelines, arguments.name.as_deref())?;
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
    known(&arguments.parameters, &workflow.spec.arguments.parameters)?;
    let folder = arguments.out.clone().unwrap_or_else(|| kfp_console::free_folder(chosen[0].name));
    let options = Options { parameters: arguments.parameters.clone(), ..options(&arguments, folder) };
    Ok(kfp_console::run(&workflow, &options, show(&arguments)))
}

fn failed(error: impl std::fmt::Display) -> Outcome {
    Outcome { stderr: format!("error: {error}\n"), exit: 2, ..Outcome::default() }
}

fn resume(args: impl Iterator<Item = OsString>) -> Result<ExitCode, Outcome> {
    let help = "resume FOLDER [--slots NUMBER] [--no-isolation] [--json]";
    let arguments = parse(args, "resume").map_err(|message| Outcome::refused(USAGE, &message, help))?;
    let Some(folder) = &arguments.name else {
        return Err(Outcome::refused(USAGE, "`resume` needs the folder of a run", help));
    };
    Ok(kfp_console::resume(&options(&arguments, folder.into()), show(&arguments)))
}

fn options(arguments: &Arguments, folder: PathBuf) -> Options {
    Options {
        program: std::env::current_exe().ok(),
        slots: arguments.slots,
        isolate: !arguments.is_shared,
        ..Options::new(folder)
    }
}

fn show(arguments: &Arguments) -> Show {
    if arguments.json { Show::Json } else { Show::Progress }
}

fn parse(args: impl Iterator<Item = OsString>, verb: &str) -> Result<Arguments, String> {
    let mut arguments = Arguments::default();
    let mut parser = lexopt::Parser::from_args(args);
    read(&mut parser, &mut arguments, verb).map_err(|error| error.to_string())?;
    Ok(arguments)
}

fn read(parser: &mut lexopt::Parser, arguments: &mut Arguments, verb: &str) -> Result<(), lexopt::Error> {
    while let Some(argument) = parser.next()? {
        match argument {
            Long("out") => arguments.out = Some(parser.value()?.into()),
            Long("slots") => arguments.slots = Some(lexopt::ValueExt::parse(&parser.value()?)?),
            Long("no-isolation") => arguments.is_shared = true,
            Long("json") => arguments.json = true,
            Short('p') | Long("parameter") => {
                let text = parser.value()?.into_string()?;
                let (name, value) =
                    text.split_once('=').ok_or_else(|| format!("`{text}` is no parameter; write `-p NAME=VALUE`"))?;
                arguments.parameters.insert(name.to_owned(), value.to_owned());
            }
            Long(name) if verb == "run" => {
                let name = name.to_owned();
                arguments.parameters.insert(name, parser.value()?.into_string()?);
            }
            Value(name) if arguments.name.is_none() => arguments.name = Some(name.into_string()?),
            other => return Err(other.unexpected()),
        }
    }
    Ok(())
}

/// Whether the pipeline has these parameters.
fn known(given: &BTreeMap<String, String>, declared: &[Parameter]) -> Result<(), Outcome> {
    let names = || declared.iter().map(|parameter| parameter.name.as_str());
    let Some(unknown) = given.keys().find(|name| names().all(|known| known != name.as_str())) else { return Ok(()) };
    let help = match nearest(unknown, names()) {
        Some(near) => format!("did you mean `--{near}`?"),
        None if declared.is_empty() => "it has none at all".to_owned(),
        None => format!("it has {}", names().map(|name| format!("`--{name}`")).collect::<Vec<_>>().join(", ")),
    };
    Err(Outcome::refused(USAGE, &format!("the pipeline has no parameter `{unknown}`"), &help))
}

//! The command line.

use kfp_console::{Form, RunOptions};
use kfp_engine::Runner;
use lexopt::prelude::{Long, Short, Value};
use std::path::PathBuf;

const HELP: &str = "\
Runs Argo Workflow manifests on this machine, and finds what is wrong in them.

kfp run FILE [-p NAME=VALUE].. [--with FILE].. [OPTIONS]
    Runs the workflow of FILE to its end.
kfp resume FOLDER [OPTIONS]
    Goes on with a run that was cut short; what has ended is not run again.
kfp runs [FOLDER]
    Lists the runs in a folder, kfp-runs if not given.
kfp logs RUN [TASK]
    Prints what the tasks of a run printed, or those of this name.
kfp report RUN
    Writes RUN/report.html anew: the picture, times, parameters, logs, metrics and artifacts. Every run writes it at its end.
kfp graph FILE|RUN [--svg|--mermaid|--html] [-o FILE]
    Draws a workflow before it runs, or a run; as SVG if not said otherwise.
kfp explain CODE
    Says what a code such as KFP104 means, with a wrong and a right example.
kfp size FILE
    Says how large a manifest is and where the bytes go: annotations, arguments, templates.
kfp lint FILE|FOLDER|-.. [--json] [--deny-warnings]
    Finds what Argo's own validation does not look at, in Workflows, their templates and CronWorkflows.
kfp approve FOLDER [NODE] [-p NAME=VALUE]..
    Lets nodes of a run go on that wait for somebody (`suspend`); the values are those of their `supplied` outputs.

@OPTIONS
A run exits with 0 if the workflow succeeded, 1 if it failed, 2 if it was refused, and 3 if it was interrupted; `lint` with 0
if there is no error (nor a warning with --deny-warnings), 1 if there is, and 2 if a file cannot be read.";

/// What `--help` says.
pub(crate) fn help() -> String {
    HELP.replace("@OPTIONS", RunOptions::HELP)
}

/// What is wanted.
pub(crate) enum Verb {
    Run(Job),
    Resume(Job),
    Lint(Lint),
    Runs(PathBuf),
    Logs(PathBuf, Option<String>),
    Report(PathBuf),
    Size(PathBuf),
    Graph(Graph),
    Approve(Job),
    Explain(String),
    Help,
    Version,
}

impl Verb {
    /// What runs containers.
    pub(crate) fn runner(&self) -> Runner {
        match self {
            Self::Run(job) => job.options.runner.unwrap_or_default(),
            Self::Resume(job) => job.options.runner.unwrap_or_else(|| Runner::of(&job.file)),
            _ => Runner::Host,
        }
    }
}

/// A run.
pub(crate) struct Job {
    /// The manifest, or the folder of the run to resume.
    pub(crate) file: PathBuf,
    pub(crate) options: RunOptions,
    /// The node to let go on.
    pub(crate) node: Option<String>,
}

/// A look at manifests.
#[derive(Default)]
pub(crate) struct Lint {
    /// Files and folders; `-` is the standard input.
    pub(crate) files: Vec<PathBuf>,
    pub(crate) json: bool,
    pub(crate) deny_warnings: bool,
}

/// A picture.
pub(crate) struct Graph {
    /// A manifest, or the folder of a run.
    pub(crate) of: PathBuf,
    pub(crate) form: Form,
    pub(crate) to: Option<PathBuf>,
}

const VERBS: [&str; 10] = ["run", "resume", "approve", "runs", "logs", "report", "graph", "lint", "explain", "size"];

pub(crate) fn read() -> Result<Verb, String> {
    parse(lexopt::Parser::from_env()).map_err(|error| error.to_string())
}

fn parse(mut parser: lexopt::Parser) -> Result<Verb, lexopt::Error> {
    let mut is_first = true;
    let verb = loop {
        match parser.next()? {
            None | Some(Short('h') | Long("help")) => return Ok(Verb::Help),
            Some(Short('V') | Long("version")) => return Ok(Verb::Version),
            // `cargo kfp run` calls `cargo-kfp kfp run`.
            Some(Value(name)) if is_first && name == "kfp" => {}
            Some(Value(name)) => break name.to_string_lossy().into_owned(),
            Some(other) => return Err(other.unexpected()),
        }
        is_first = false;
    };
    match verb.as_str() {
        "run" => job(parser, &verb).map(|job| job.map_or(Verb::Help, Verb::Run)),
        "resume" => job(parser, &verb).map(|job| job.map_or(Verb::Help, Verb::Resume)),
        "approve" => job(parser, &verb).map(|job| job.map_or(Verb::Help, Verb::Approve)),
        "lint" => lint(parser),
        "explain" => {
            let Some(mut names) = names(parser)? else { return Ok(Verb::Help) };
            Ok(Verb::Explain(names.next().ok_or("`explain` needs a code, as `KFP104`")?))
        }
        "runs" => Ok(names(parser)?
            .map_or(Verb::Help, |mut names| Verb::Runs(names.next().map_or_else(|| "kfp-runs".into(), PathBuf::from)))),
        "logs" => {
            let Some(mut names) = names(parser)? else { return Ok(Verb::Help) };
            let run = names.next().ok_or("`logs` needs the folder of a run")?;
            Ok(Verb::Logs(run.into(), names.next()))
        }
        "report" => {
            let Some(mut names) = names(parser)? else { return Ok(Verb::Help) };
            Ok(Verb::Report(names.next().ok_or("`report` needs the folder of a run")?.into()))
        }
        "size" => {
            let Some(mut names) = names(parser)? else { return Ok(Verb::Help) };
            Ok(Verb::Size(names.next().ok_or("`size` needs a manifest")?.into()))
        }
        "graph" => graph(parser),
        _ => {
            let meant = kfp_grammar::nearest(&verb, VERBS).map(|near| format!("; did you mean `{near}`?"));
            Err(format!("there is no verb `{verb}`{}", meant.unwrap_or_default()).into())
        }
    }
}

/// What is to be run; none where help is asked for.
fn job(mut parser: lexopt::Parser, verb: &str) -> Result<Option<Job>, lexopt::Error> {
    let (mut options, mut names) = (RunOptions::default(), Vec::new());
    while let Some(argument) = parser.next()? {
        let name = match argument {
            Short('h') | Long("help") => return Ok(None),
            Value(name) => {
                names.push(name);
                continue;
            }
            Short('p') => "parameter".to_owned(),
            Long(name) => name.to_owned(),
            other @ Short(_) => return Err(other.unexpected()),
        };
        if !options.read(&name, &mut parser)? {
            return Err(Long(&name).unexpected());
        }
    }
    let mut names = names.into_iter().peekable();
    let file = PathBuf::from(names.next().ok_or_else(|| format!("`{verb}` needs a file or folder"))?);
    let file = if verb == "run" { file } else { kfp_console::folder_of(&file) };
    let node = names.next_if(|_| verb == "approve").map(|name| name.to_string_lossy().into_owned());
    match names.next() {
        Some(more) => Err(format!("`{}` is one name too many", more.to_string_lossy()).into()),
        None => Ok(Some(Job { file, options, node })),
    }
}

fn lint(mut parser: lexopt::Parser) -> Result<Verb, lexopt::Error> {
    let mut lint = Lint::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Verb::Help),
            Long("json") => lint.json = true,
            Long("deny-warnings") => lint.deny_warnings = true,
            Value(name) => lint.files.push(name.into()),
            other => return Err(other.unexpected()),
        }
    }
    if lint.files.is_empty() {
        return Err("`lint` needs a file or folder; `-` is the standard input".into());
    }
    Ok(Verb::Lint(lint))
}

/// Names alone; none where help is asked for.
fn names(mut parser: lexopt::Parser) -> Result<Option<std::vec::IntoIter<String>>, lexopt::Error> {
    let mut names = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(None),
            Value(name) => names.push(name.into_string()?),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(names.into_iter()))
}

fn graph(mut parser: lexopt::Parser) -> Result<Verb, lexopt::Error> {
    let (mut of, mut form, mut to) = (None, None, None::<PathBuf>);
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Verb::Help),
            Long("svg") => form = Some(Form::Svg),
            Long("mermaid") => form = Some(Form::Mermaid),
            Long("html") => form = Some(Form::Html),
            Short('o') | Long("output") => to = Some(parser.value()?.into()),
            Value(name) if of.is_none() => of = Some(name.into()),
            other => return Err(other.unexpected()),
        }
    }
    // What is not said, the name of the file says.
    let by_name = to.as_ref().and_then(|file| file.extension()).map(|ending| match ending.to_string_lossy().as_ref() {
        "html" | "htm" => Form::Html,
        "mmd" | "mermaid" | "md" => Form::Mermaid,
        _ => Form::Svg,
    });
    let of = of.ok_or("`graph` needs a manifest or the folder of a run")?;
    Ok(Verb::Graph(Graph { of, form: form.or(by_name).unwrap_or(Form::Svg), to }))
}

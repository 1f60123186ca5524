//! The command line.

use lexopt::prelude::{Long, Short, Value};
use std::collections::BTreeMap;
use std::path::PathBuf;

pub(crate) const HELP: &str = "\
Runs Argo Workflow manifests on this machine.

kfp run FILE [-p NAME=VALUE].. [--with FILE].. [OPTIONS]
    Runs the workflow of FILE to its end.
kfp resume FOLDER [OPTIONS]
    Goes on with a run that was cut short; what has ended is not run again.

-p, --parameter NAME=VALUE  a parameter of the workflow
    --with FILE             manifests with templates that the workflow refers to
    --out FOLDER            the folder of the run; kfp-runs/NAME-NUMBER if not given
    --shared FOLDER         what runs share: volumes, what is memoized; kfp-runs/shared if not given
    --program FILE          the program of the components, for manifests of the crate `kfp`
    --slots NUMBER          programs at the same time; twice the number of cores if not given
    --no-isolation          no root folder of its own for each task
    --json                  a line of JSON for each event

It exits with 0 if the workflow succeeded, 1 if it failed, 2 if it was refused, and 3 if it was interrupted.";

/// What is wanted.
pub(crate) enum Verb {
    Run(Job),
    Resume(Job),
    Help,
    Version,
}

/// A run.
#[derive(Default)]
pub(crate) struct Job {
    /// The manifest, or the folder of the run to resume.
    pub(crate) file: PathBuf,
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) along: Vec<PathBuf>,
    pub(crate) out: Option<PathBuf>,
    pub(crate) shared: Option<PathBuf>,
    pub(crate) program: Option<PathBuf>,
    pub(crate) slots: Option<usize>,
    pub(crate) is_alone: bool,
    pub(crate) json: bool,
}

pub(crate) fn read() -> Result<Verb, String> {
    parse(lexopt::Parser::from_env()).map_err(|error| error.to_string())
}

fn parse(mut parser: lexopt::Parser) -> Result<Verb, lexopt::Error> {
    let (mut job, mut names, mut is_first) = (Job { is_alone: true, ..Job::default() }, Vec::new(), true);
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Verb::Help),
            Short('V') | Long("version") => return Ok(Verb::Version),
            Short('p') | Long("parameter") => {
                let text = parser.value()?.into_string()?;
                let (name, value) =
                    text.split_once('=').ok_or_else(|| format!("`{text}` is no parameter; write `-p NAME=VALUE`"))?;
                job.parameters.insert(name.to_owned(), value.to_owned());
            }
            Long("with") => job.along.push(parser.value()?.into()),
            Long("out") => job.out = Some(parser.value()?.into()),
            Long("shared") => job.shared = Some(parser.value()?.into()),
            Long("program") => job.program = Some(parser.value()?.into()),
            Long("slots") => job.slots = Some(lexopt::ValueExt::parse(&parser.value()?)?),
            Long("no-isolation") => job.is_alone = false,
            Long("json") => job.json = true,
            // `cargo kfp run` calls `cargo-kfp kfp run`.
            Value(name) if is_first && name == "kfp" => {}
            Value(name) => names.push(name),
            other => return Err(other.unexpected()),
        }
        is_first = false;
    }
    let mut names = names.into_iter();
    let Some(verb) = names.next() else { return Ok(Verb::Help) };
    let verb = verb.to_string_lossy().into_owned();
    if !matches!(verb.as_str(), "run" | "resume") {
        return Err(format!("there is no verb `{verb}`; write `run` or `resume`").into());
    }
    job.file = names.next().ok_or_else(|| format!("`{verb}` needs a file or folder"))?.into();
    match names.next() {
        Some(more) => Err(format!("`{}` is one name too many", more.to_string_lossy()).into()),
        None if verb == "run" => Ok(Verb::Run(job)),
        None => Ok(Verb::Resume(job)),
    }
}

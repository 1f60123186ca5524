//! The command line.

use kfp_console::Form;
use kfp_engine::{Again, Images, Runner, Sources};
use lexopt::ValueExt;
use lexopt::prelude::{Long, Short, Value};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub(crate) const HELP: &str = "\
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

-p, --parameter NAME=VALUE  a parameter of the workflow
    --with FILE             manifests with templates that the workflow refers to
    --config-map NAME=PATH  a config map: a file is a key, a folder a key for each file, FILE.env one for each line
    --secret NAME=PATH      a secret, in the same way
    --images FILE           what stands for images here: `NAME: {command: [..], path: [FOLDER, ..], env: {..}}`
    --no-cache              run components again that have run before with the same code and inputs
    --from TASK             with `resume`: run this task of a finished run again, and what comes after it
    --failed                with `resume`: run again what has failed
    --resume                nothing waits for somebody
    --supply NAME=VALUE     a `supplied` output; implies --resume
    --out FOLDER            the folder of the run; kfp-runs/NAME-NUMBER if not given
    --shared FOLDER         what runs share: volumes, what is memoized; kfp-runs/shared if not given
    --program FILE          the program of the components, for manifests of the crate `kfp`
    --slots NUMBER          programs at the same time; twice the number of cores if not given
    --runner NAME           what runs containers: `podman` or `docker`; programs of this machine if not given
    --no-isolation          no root folder of its own for each task
    --json                  a line of JSON for each event

A run exits with 0 if the workflow succeeded, 1 if it failed, 2 if it was refused, and 3 if it was interrupted; `lint` with 0
if there is no error (nor a warning with --deny-warnings), 1 if there is, and 2 if a file cannot be read.";

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
            Self::Run(job) => job.runner.unwrap_or_default(),
            Self::Resume(job) => job.runner.unwrap_or_else(|| Runner::of(&job.file)),
            _ => Runner::Host,
        }
    }
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
    pub(crate) sources: Sources,
    pub(crate) images: Images,
    pub(crate) is_uncached: bool,
    pub(crate) runner: Option<Runner>,
    pub(crate) again: Option<Again>,
    /// Where nothing waits for somebody: the `supplied` outputs.
    pub(crate) supplied: Option<BTreeMap<String, String>>,
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
    let (mut job, mut names) = (Job { is_alone: true, ..Job::default() }, Vec::new());
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(None),
            Short('p') | Long("parameter") => {
                let (name, value) = pair(&mut parser, "-p NAME=VALUE")?;
                job.parameters.insert(name, value);
            }
            Long("config-map") => {
                let (name, path) = pair(&mut parser, "--config-map NAME=PATH")?;
                job.sources.add_config_map(&name, Path::new(&path)).map_err(|refusal| refusal.to_string())?;
            }
            Long("secret") => {
                let (name, path) = pair(&mut parser, "--secret NAME=PATH")?;
                job.sources.add_secret(&name, Path::new(&path)).map_err(|refusal| refusal.to_string())?;
            }
            Long("images") => {
                let path = PathBuf::from(parser.value()?);
                let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
                let folder = path.parent().unwrap_or(Path::new(""));
                job.images = Images::read(&text, folder).map_err(|refusal| refusal.to_string())?;
            }
            Long("runner") => job.runner = Some(parser.value()?.parse()?),
            Long("no-cache") => job.is_uncached = true,
            Long("from") => job.again = Some(Again::From(parser.value()?.string()?)),
            Long("failed") => job.again = Some(Again::Failed),
            Long("resume") => drop(job.supplied.get_or_insert_default()),
            Long("supply") => {
                let (name, value) = pair(&mut parser, "--supply NAME=VALUE")?;
                job.supplied.get_or_insert_default().insert(name, value);
            }
            Long("with") => job.along.push(parser.value()?.into()),
            Long("out") => job.out = Some(parser.value()?.into()),
            Long("shared") => job.shared = Some(parser.value()?.into()),
            Long("program") => job.program = Some(parser.value()?.into()),
            Long("slots") => job.slots = Some(parser.value()?.parse()?),
            Long("no-isolation") => job.is_alone = false,
            Long("json") => job.json = true,
            Value(name) => names.push(name),
            other => return Err(other.unexpected()),
        }
    }
    let mut names = names.into_iter();
    job.file = names.next().ok_or_else(|| format!("`{verb}` needs a file or folder"))?.into();
    if verb == "approve" {
        job.node = names.next().map(|name| name.to_string_lossy().into_owned());
    }
    match names.next() {
        Some(more) => Err(format!("`{}` is one name too many", more.to_string_lossy()).into()),
        None => Ok(Some(job)),
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

fn pair(parser: &mut lexopt::Parser, form: &str) -> Result<(String, String), lexopt::Error> {
    let text = parser.value()?.into_string()?;
    let (name, value) = text.split_once('=').ok_or_else(|| format!("`{text}` has no `=`; write `{form}`"))?;
    Ok((name.to_owned(), value.to_owned()))
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

//! A run: how it is started, and gone on with.

use crate::again::{self, Again};
use crate::approvals::Approvals;
use crate::decisions::Decisions;
use crate::engine::{Engine, Stop};
use crate::error::{JOURNAL, PROGRAM, Refusal, SOURCE};
use crate::event::{self, Event};
use crate::expr::entropy;
use crate::globals::{globals, parameters};
use crate::history::History;
use crate::images::{self, Images};
use crate::journal::{self, Before, Header, Journal};
use crate::load::Library;
use crate::locks::Locks;
use crate::orphan::Orphans;
use crate::outcome::Phase;
use crate::places::View;
use crate::pool::Pool;
use crate::process::Running;
use crate::refers;
use crate::room::{self, House};
use crate::runner::Runner;
use crate::sources::Sources;
use crate::workflow;
use jiff::Timestamp;
use kfp_core::argo::{Manifest, Workflow, from_yaml};
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::future::Future;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// How a workflow is to be run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the run: journal, logs, artifacts. Must not have a run in it.
    pub folder: PathBuf,
    /// The folder that runs share: volumes that outlive a run, and what is remembered.
    pub shared: PathBuf,
    /// Parameters of the workflow, over the values in the manifest.
    pub parameters: BTreeMap<String, String>,
    /// Manifests with the templates that the workflow refers to.
    pub along: Vec<Manifest>,
    /// The program of the components: what `kfp-exec` is an argument of.
    pub program: Option<PathBuf>,
    /// How many programs run at the same time; twice the number of cores if not given.
    pub slots: Option<usize>,
    /// Whether tasks get a mount namespace of their own where the kernel allows it.
    pub isolate: bool,
    /// Config maps and secrets, over those among the manifests given along.
    pub sources: Sources,
    /// Where it is given, nothing waits for a person: a `suspend` without a duration goes on at once, and its `supplied`
    /// outputs have these values.
    pub supplied: Option<BTreeMap<String, String>>,
    /// What stands for images on this machine.
    pub images: Images,
    /// Whether components with outputs that have run before, with the same code and the same inputs, give what they gave.
    pub cache: bool,
    /// What runs containers; if not given, that with which a run was started, and else the programs of this machine.
    pub runner: Option<Runner>,
    /// What a run that is resumed does again.
    pub again: Option<Again>,
}

impl Options {
    /// In this folder, with what runs share beside it, isolated, and with nothing else given.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        let folder = folder.into();
        Self {
            shared: folder.with_file_name("shared"),
            folder,
            parameters: BTreeMap::new(),
            along: Vec::new(),
            program: None,
            slots: None,
            isolate: true,
            sources: Sources::default(),
            supplied: None,
            images: Images::default(),
            cache: true,
            runner: None,
            again: None,
        }
    }
}

/// How a run ended.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// The name of the workflow.
    pub name: String,
    /// How it ended; nothing where it was interrupted, and can be resumed.
    pub phase: Option<Phase>,
    /// Why, where it did not go well.
    pub message: String,
    /// The folder of the run.
    pub folder: PathBuf,
}

/// Runs a workflow to its end, or until `interrupted` is ready.
///
/// A task that fails is no error: it is in the [`Report`]. An error is a manifest that this engine refuses before the
/// first task, or a machine that does not let it go on.
pub fn run(
    workflow: &Workflow,
    options: &Options,
    listener: impl Fn(&Event) + 'static,
    interrupted: impl Future<Output = ()>,
) -> Result<Report, Refusal> {
    let mut workflow = workflow.clone();
    // What is refused is refused before anything is written.
    let runner = options.runner.unwrap_or_default();
    let (library, sources) = checked(&workflow, options)?;
    let program = options.program.as_deref().map(program).transpose()?;
    let now = Timestamp::now();
    let seed = format!("{:05x}", now.as_nanosecond().unsigned_abs() % 0x0010_0000);
    let name = match (&workflow.metadata.name, &workflow.metadata.generate_name) {
        (Some(name), _) => name.clone(),
        (None, Some(start)) => format!("{start}{seed}"),
        (None, None) => format!("workflow-{seed}"),
    };
    workflow.metadata.name = Some(name.clone());
    fs::create_dir_all(&options.folder).map_err(|error| Refusal::file(&options.folder, &error))?;
    let along = options.along.iter().map(kfp_core::argo::to_json);
    let header = Header {
        uid: format!("{name}-{}", now.as_nanosecond()),
        seed: entropy(),
        name,
        created: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        parameters: options.parameters.clone(),
        manifests: std::iter::once(workflow.to_json()).chain(along).collect(),
        sources: options.sources.paths(),
        program,
        images: options.images.clone(),
        runner,
    };
    let journal = Journal::create(&options.folder.join(journal::FILE), &header)?;
    start(
        Begun { header, workflow, library, sources, journal },
        Before::default(),
        options,
        Box::new(listener),
        interrupted,
    )
}

/// Whether [`run`] would start it: the refusal if not. Nothing is run, and nothing is written.
pub fn check(workflow: &Workflow, options: &Options) -> Result<(), Refusal> {
    checked(workflow, options).map(drop)
}

fn checked(workflow: &Workflow, options: &Options) -> Result<(Library, Sources), Refusal> {
    let sources = all_sources(options)?;
    let library = Library::new(workflow, &options.along)?;
    let reached = refers::check(&library)?;
    let runner = options.runner.unwrap_or_default();
    crate::check::check(&library, &reached, &sources, &options.images, runner)?;
    parameters(&library, &sources, &options.parameters)?;
    Ok((library, sources))
}

/// Goes on with a run: what has ended is not run again. Manifest and parameters are those that it was started with.
pub fn resume(
    options: &Options,
    listener: impl Fn(&Event) + 'static,
    interrupted: impl Future<Output = ()>,
) -> Result<Report, Refusal> {
    let again = match &options.again {
        Some(again) => again::nodes(&History::read(&options.folder)?, again)?,
        None => BTreeSet::new(),
    };
    let (journal, mut header, mut before) = Journal::open(&options.folder.join(journal::FILE))?;
    let (workflow, along) = manifests(&header)?;
    let library = Library::new(&workflow, &along)?;
    let mut options = Options { along, ..options.clone() };
    options.sources = Sources::again(&header.sources, &options.sources)?;
    let sources = all_sources(&options)?;
    if let Some(given) = &options.program {
        header.program = Some(given.clone());
    }
    header.program = header.program.as_deref().map(program).transpose()?;
    if options.images != Images::default() {
        header.images = options.images.clone();
    }
    if let Some(client) = header.runner.client(&absolute(&options.folder)?) {
        // Of an engine that was killed, also if another runner goes on.
        client.sweep();
    }
    if let Some(runner) = options.runner {
        header.runner = runner;
    }
    header.runner.check()?;
    if !again.is_empty() {
        before.forget(|node| again.contains(node));
        let nodes = again.into_iter().collect();
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let runtime = runtime.map_err(|error| Refusal::file(&options.folder, &error))?;
        runtime.block_on(journal.ended(&Event::Again { nodes }))?;
    }
    start(Begun { header, workflow, library, sources, journal }, before, &options, Box::new(listener), interrupted)
}

/// Those given along as manifests, and those given by path over them.
fn all_sources(options: &Options) -> Result<Sources, Refusal> {
    let mut sources = Sources::default();
    sources.read(&options.along).map_err(|message| Refusal::new(SOURCE, "the manifests given along", message))?;
    sources.extend(&options.sources);
    Ok(sources)
}

/// The file of the program of the components, which has to be there.
fn program(path: &Path) -> Result<PathBuf, Refusal> {
    let refuse = |message: String| {
        let help = "build it, and give it with `--program FILE`";
        Refusal::new(PROGRAM, path.display().to_string(), message).help(help)
    };
    let found = fs::canonicalize(path).map_err(|error| refuse(error.to_string()))?;
    let metadata = fs::metadata(&found).map_err(|error| refuse(error.to_string()))?;
    if !metadata.is_file() || metadata.permissions().mode() & 0o111 == 0 {
        return Err(refuse("it is no program".to_owned()));
    }
    Ok(found)
}

/// The manifests that a journal begins with.
fn manifests(header: &Header) -> Result<(Workflow, Vec<Manifest>), Refusal> {
    let refuse = |message: String| Refusal::new(JOURNAL, "the manifest in the journal", message);
    let mut manifests = Vec::new();
    for text in &header.manifests {
        manifests.extend(from_yaml(text).map_err(|error| refuse(error.to_string()))?);
    }
    let along = manifests.split_off(manifests.len().min(1));
    match manifests.pop() {
        Some(Manifest::Workflow(workflow)) => Ok((*workflow, along)),
        _ => Err(refuse("it is no workflow".to_owned())),
    }
}

/// A run whose journal is open.
struct Begun {
    header: Header,
    workflow: Workflow,
    library: Library,
    sources: Sources,
    journal: Journal,
}

fn start(
    begun: Begun,
    before: Before,
    options: &Options,
    listener: Box<dyn Fn(&Event)>,
    interrupted: impl Future<Output = ()>,
) -> Result<Report, Refusal> {
    let name = begun.header.name.clone();
    let engine = Rc::new(engine(begun, before, options, listener)?);
    if engine.pool.house().view == View::Shared {
        let message = "tasks share the machine's files: paths of their inputs and outputs are replaced in their texts";
        engine.tell(&Event::Note { message: message.to_owned() });
    }
    for (_, template) in engine.library.homes() {
        if template.resource.as_ref().is_some_and(|resource| resource.set_owner_reference) {
            let what = "`setOwnerReference`: no workflow on the cluster owns the resource, which stays after the run";
            engine.tell(&Event::Note { message: format!("template `{}`, {what}", template.name) });
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Refusal::file(&options.folder, &error))?;
    let local = tokio::task::LocalSet::new();
    let outcome = runtime.block_on(local.run_until(workflow::until_end(Rc::clone(&engine), interrupted)));
    engine.pool.end();
    if let Some(refusal) = engine.broken.borrow_mut().take() {
        return Err(refusal);
    }
    let is_over = engine.stop.get() != Some(Stop::Interrupted);
    if is_over {
        let event = Event::Over { phase: outcome.phase, message: outcome.message.clone(), at: event::now() };
        runtime.block_on(engine.journal.ended(&event))?;
        engine.tell(&event);
    }
    Ok(Report {
        name,
        phase: is_over.then_some(outcome.phase),
        message: if is_over { outcome.message } else { String::new() },
        folder: options.folder.clone(),
    })
}

fn engine(begun: Begun, before: Before, options: &Options, listener: Box<dyn Fn(&Event)>) -> Result<Engine, Refusal> {
    let Begun { header, workflow, library, sources, journal } = begun;
    let run = absolute(&options.folder)?;
    // Before the rooms in which they may be at work.
    let orphans = Orphans::kill(&run).map_err(|error| Refusal::file(&run, &error))?;
    let tools = run.join("bin");
    images::write_tools(&tools).map_err(|error| Refusal::file(&tools, &error))?;
    for (folder, is_old) in [("tasks", false), ("rooms", true)] {
        let folder = run.join(folder);
        if is_old {
            // Of an engine that was killed.
            let _ = fs::remove_dir_all(&folder);
        }
        fs::create_dir_all(&folder).map_err(|error| Refusal::file(&folder, &error))?;
    }
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let of_workflow = library.spec.parallelism.and_then(|limit| usize::try_from(limit).ok()).filter(|limit| *limit > 0);
    let limits = of_workflow.into_iter().chain([options.slots.unwrap_or(cores * 2).clamp(1, 4000)]);
    let client = header.runner.client(&run);
    let view = match &client {
        Some(_) => View::Image,
        None if options.isolate && room::can_isolate() => View::Isolated,
        None => View::Shared,
    };
    let mut house = House::new(run.clone(), view, header.program.clone(), header.images.clone());
    house.orphans = (view == View::Shared).then_some(orphans);
    house.client = client;
    let journal = Rc::new(journal);
    let known = RefCell::new(before.decided);
    let decisions = Rc::new(Decisions { journal: Rc::clone(&journal), seed: header.seed.clone(), known });
    Ok(Engine {
        name: header.name.clone(),
        namespace: workflow.metadata.namespace.clone().unwrap_or_else(|| "default".to_owned()),
        run,
        shared: absolute(&options.shared)?,
        globals: RefCell::new(Rc::new(globals(&header, &workflow, &library, &sources, decisions)?)),
        sources: Arc::new(sources),
        caches: options.cache,
        program_hash: OnceCell::new(),
        approvals: Approvals { all: options.supplied.clone() },
        journal,
        before: before.ended,
        slots: limits.map(|limit| Arc::new(Semaphore::new(limit))).collect(),
        locks: Locks::default(),
        running: Arc::new(Running::default()),
        pool: Pool::new(house),
        stop: Cell::new(None),
        broken: RefCell::new(None),
        next: Cell::new(0),
        listener,
        failures: RefCell::new(Vec::new()),
        library,
    })
}

fn absolute(path: &Path) -> Result<PathBuf, Refusal> {
    std::path::absolute(path).map_err(|error| Refusal::file(path, &error))
}

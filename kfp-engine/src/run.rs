//! A workflow from its parameters to its exit handler.

use crate::call::{Call, Passed, call};
use crate::check;
use crate::engine::{Engine, Event, Stop};
use crate::error::{NO_TEMPLATE, PARAMETER, Refusal};
use crate::images;
use crate::journal::{Header, Journal};
use crate::leaf;
use crate::load::Library;
use crate::outcome::{Outcome, Phase};
use crate::process::{self, Running};
use crate::refers;
use crate::scope::{Names, Unresolved, evaluate, substitute};
use crate::store;
use jiff::Timestamp;
use kfp_core::argo::{Hook, Manifest, Task, Workflow, from_yaml};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::future::Future;
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

const JOURNAL: &str = "journal.jsonl";

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
    let library = Library::new(&workflow, &options.along)?;
    // What is refused is refused before anything is written.
    check::check(&library)?;
    refers::check(&library)?;
    parameters(&library, &options.parameters)?;
    let now = Timestamp::now();
    let seed = format!("{:05x}", now.as_nanosecond().unsigned_abs() % 0x0010_0000);
    let name = match (&workflow.metadata.name, &workflow.metadata.generate_name) {
        (Some(name), _) => name.clone(),
        (None, Some(start)) => format!("{start}{seed}"),
        (None, None) => format!("workflow-{seed}"),
    };
    workflow.metadata.name = Some(name.clone());
    fs::create_dir_all(&options.folder).map_err(|error| Refusal::file(&options.folder, &error))?;
    let along = options.along.iter().map(|manifest| serde_json::to_string(manifest).unwrap_or_default());
    let header = Header {
        uid: format!("{name}-{}", now.as_nanosecond()),
        name,
        created: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        parameters: options.parameters.clone(),
        manifests: std::iter::once(workflow.to_json()).chain(along).collect(),
    };
    let journal = Journal::create(&options.folder.join(JOURNAL), &header)?;
    start(&header, journal, BTreeMap::new(), options, Box::new(listener), interrupted)
}

/// Goes on with a run: what has ended is not run again. Manifest and parameters are those that it was started with.
pub fn resume(
    options: &Options,
    listener: impl Fn(&Event) + 'static,
    interrupted: impl Future<Output = ()>,
) -> Result<Report, Refusal> {
    let (journal, header, before) = Journal::open(&options.folder.join(JOURNAL))?;
    start(&header, journal, before, options, Box::new(listener), interrupted)
}

fn start(
    header: &Header,
    journal: Journal,
    before: BTreeMap<String, Outcome>,
    options: &Options,
    listener: Box<dyn Fn(&Event)>,
    interrupted: impl Future<Output = ()>,
) -> Result<Report, Refusal> {
    let mut manifests = header.manifests.iter().map(|text| from_yaml(text)).flat_map(|read| match read {
        Ok(manifests) => manifests.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(Refusal::new(NO_TEMPLATE, "the manifest in the journal", error.to_string()))],
    });
    let Some(Ok(Manifest::Workflow(workflow))) = manifests.next() else {
        return Err(Refusal::new(NO_TEMPLATE, "the manifest in the journal", "it is no workflow"));
    };
    let library = Library::new(&workflow, &manifests.collect::<Result<Vec<_>, _>>()?)?;
    let engine = Rc::new(engine(header, &workflow, library, journal, before, options, listener)?);
    if !engine.is_isolated {
        let message = "tasks share the machine's files: paths of their inputs and outputs are replaced in their texts";
        engine.tell(Event::Note { message: message.to_owned() });
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(4096).build();
    let runtime = runtime.map_err(|error| Refusal::file(&options.folder, &error))?;
    let local = tokio::task::LocalSet::new();
    let outcome = runtime.block_on(local.run_until(until_end(Rc::clone(&engine), interrupted)));
    if let Some(refusal) = engine.broken.borrow_mut().take() {
        return Err(refusal);
    }
    let is_over = engine.stop.get() != Some(Stop::Interrupted);
    Ok(Report {
        name: header.name.clone(),
        phase: is_over.then_some(outcome.phase),
        message: outcome.message,
        folder: options.folder.clone(),
    })
}

fn engine(
    header: &Header,
    workflow: &Workflow,
    library: Library,
    journal: Journal,
    before: BTreeMap<String, Outcome>,
    options: &Options,
    listener: Box<dyn Fn(&Event)>,
) -> Result<Engine, Refusal> {
    let folder = std::path::absolute(&options.folder).map_err(|error| Refusal::file(&options.folder, &error))?;
    let tools = folder.join("bin");
    images::write_tools(&tools).map_err(|error| Refusal::file(&tools, &error))?;
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let of_workflow = library.spec.parallelism.and_then(|limit| usize::try_from(limit).ok()).filter(|limit| *limit > 0);
    let limits = of_workflow.into_iter().chain([options.slots.unwrap_or(cores * 2).clamp(1, 4000)]);
    Ok(Engine {
        name: header.name.clone(),
        run: folder,
        shared: absolute(&options.shared)?,
        program: options.program.as_deref().map(absolute).transpose()?,
        is_isolated: options.isolate && process::can_isolate(),
        globals: RefCell::new(Rc::new(globals(header, workflow, &library)?)),
        journal,
        before,
        slots: limits.map(|limit| Arc::new(Semaphore::new(limit))).collect(),
        locks: RefCell::new(HashMap::new()),
        running: Arc::new(Running::default()),
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

/// The parameters of the workflow, with those that were given.
fn parameters(library: &Library, given: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, Refusal> {
    let mut values = BTreeMap::new();
    for parameter in &library.spec.arguments.parameters {
        let own = || parameter.value.clone().or_else(|| parameter.default.clone()).map(|text| text.0);
        let from = || parameter.value_from.as_ref().and_then(|from| from.default.clone()).map(|text| text.0);
        let Some(value) = given.get(&parameter.name).cloned().or_else(own).or_else(from) else {
            return Err(Refusal::new(PARAMETER, format!("parameter `{}`", parameter.name), "it has no value")
                .help(format!("give one with `-p {}=VALUE`", parameter.name)));
        };
        if !parameter.choices.is_empty() && !parameter.choices.iter().any(|choice| **choice == *value) {
            let choices: Vec<_> = parameter.choices.iter().map(|choice| format!("`{choice}`")).collect();
            let message = format!("`{value}` is none of {}", choices.join(", "));
            return Err(Refusal::new(PARAMETER, format!("parameter `{}`", parameter.name), message));
        }
        values.insert(parameter.name.clone(), value);
    }
    match given.keys().find(|name| !values.contains_key(*name)) {
        Some(unknown) => {
            let known: Vec<_> = values.keys().map(|name| format!("`{name}`")).collect();
            Err(Refusal::new(PARAMETER, format!("parameter `{unknown}`"), "the workflow has no such parameter")
                .help(if known.is_empty() { "it has none".to_owned() } else { format!("it has {}", known.join(", ")) }))
        }
        None => Ok(values),
    }
}

/// `workflow.*`.
fn globals(header: &Header, workflow: &Workflow, library: &Library) -> Result<Names, Refusal> {
    let mut names = Names::new();
    let mut set = |name: &str, value: String| names.insert(format!("workflow.{name}"), value);
    set("name", header.name.clone());
    set("namespace", workflow.metadata.namespace.clone().unwrap_or_else(|| "default".to_owned()));
    set("uid", header.uid.clone());
    set("mainEntrypoint", library.spec.entrypoint.clone().unwrap_or_default());
    let account = library.spec.service_account_name.clone();
    set("serviceAccountName", account.unwrap_or_else(|| "default".to_owned()));
    set("creationTimestamp", header.created.clone());
    set("creationTimestamp.RFC3339", header.created.clone());
    if let Ok(time) = header.created.parse::<Timestamp>() {
        set("creationTimestamp.s", time.as_second().to_string());
        for letter in ["Y", "m", "d", "H", "M", "S", "y", "j", "B", "b", "A", "a", "F", "T"] {
            let text = time.strftime(&format!("%{letter}")).to_string();
            set(&format!("creationTimestamp.{letter}"), text);
        }
    }
    let mut list = Vec::new();
    for (name, value) in parameters(library, &header.parameters)? {
        list.push(json!({"name": name, "value": value}));
        set(&format!("parameters.{name}"), value);
    }
    // In the order of the manifest, as in Argo.
    let order = |item: &Value| library.spec.arguments.parameters.iter().position(|known| item["name"] == known.name);
    list.sort_by_key(order);
    for name in ["parameters", "parameters.json"] {
        set(name, json!(list).to_string());
    }
    let mut labels = workflow.metadata.labels.clone();
    let metadata = library.spec.workflow_metadata.clone().unwrap_or_default();
    labels.extend(metadata.labels.clone());
    for (kind, pairs) in [("labels", &labels), ("annotations", &workflow.metadata.annotations)] {
        set(&format!("{kind}.json"), json!(pairs).to_string());
        for (name, value) in pairs {
            set(&format!("{kind}.{name}"), value.clone());
        }
    }
    for (label, from) in &metadata.labels_from {
        let source = from["expression"].as_str().unwrap_or_default();
        let place = format!("spec.workflowMetadata.labelsFrom.{label}");
        match evaluate(source, &names) {
            Ok(Value::String(value)) => drop(names.insert(format!("workflow.labels.{label}"), value)),
            Ok(_) => return Err(Refusal::new(PARAMETER, place, format!("`{source}` gives no string"))),
            Err(error) => return Err(Refusal::new(PARAMETER, place, format!("`{source}`: {error}"))),
        }
    }
    Ok(names)
}

async fn until_end(engine: Rc<Engine>, interrupted: impl Future<Output = ()>) -> Outcome {
    let workflow = whole(Rc::clone(&engine));
    tokio::pin!(workflow, interrupted);
    tokio::select! {
        outcome = &mut workflow => outcome,
        () = &mut interrupted => {
            engine.stop(Stop::Interrupted);
            // Everything has been killed, and ends by itself.
            workflow.await
        }
    }
}

async fn whole(engine: Rc<Engine>) -> Outcome {
    let deadline = engine.library.spec.active_deadline_seconds.as_ref().map(ToString::to_string);
    let main = async {
        let task = Task { template: engine.library.spec.entrypoint.clone(), ..Task::default() };
        template(&engine, &task, &engine.name.clone()).await
    };
    tokio::pin!(main);
    let outcome = match deadline.as_deref().map(leaf::duration) {
        Some(Err(message)) => Outcome::error(format!("spec.activeDeadlineSeconds: {message}")),
        Some(Ok(time)) => tokio::select! {
            outcome = &mut main => outcome,
            () = tokio::time::sleep(time) => {
                engine.stop(Stop::Deadline);
                main.await
            }
        },
        None => main.await,
    };
    exit(&engine, outcome).await
}

/// Runs the exit handler, which no deadline of the workflow keeps from running.
async fn exit(engine: &Rc<Engine>, outcome: Outcome) -> Outcome {
    let spec = &engine.library.spec;
    let handler = match (spec.hooks.get("exit"), &spec.on_exit) {
        (Some(hook), _) => hook.clone(),
        (None, Some(template)) => Hook { template: Some(template.clone()), ..Hook::default() },
        (None, None) => return outcome,
    };
    match engine.stop.get() {
        Some(Stop::Interrupted | Stop::Broken) => return outcome,
        Some(Stop::Deadline) => {
            engine.stop.set(None);
            engine.running.go_on();
        }
        None => {}
    }
    let failures = engine.failures.borrow().clone();
    let failures = if failures.is_empty() { "null".to_owned() } else { json!(failures).to_string() };
    engine.set_global("workflow.status".to_owned(), outcome.phase.to_string());
    engine.set_global("workflow.failures".to_owned(), json!(failures).to_string());
    engine.set_global("workflow.duration".to_owned(), format!("{:.6}", outcome.seconds));
    let task = Task {
        template: handler.template,
        template_ref: handler.template_ref,
        arguments: handler.arguments,
        ..Task::default()
    };
    let ended = template(engine, &task, &format!("{}.onExit", engine.name)).await;
    if ended.phase.is_bad() && outcome.phase == Phase::Succeeded { ended } else { outcome }
}

/// Calls a template with the arguments of the workflow, and its own over them.
async fn template(engine: &Rc<Engine>, task: &Task, node: &str) -> Outcome {
    let passed = passed(engine, task);
    let found = engine.library.called(&engine.library.main, task);
    match (found, passed) {
        (Ok(found), Ok(passed)) => {
            let it = Call { node: node.to_owned(), found, passed, locals: Names::new(), depth: 0, boundary: None };
            let mut held = Vec::new();
            let locks = engine.library.spec.synchronization.iter().flat_map(|it| it.mutex.iter().chain(&it.mutexes));
            for mutex in locks {
                held.push(engine.lock(&format!("workflow {}", mutex.name)).acquire_owned().await.ok());
            }
            let start = std::time::Instant::now();
            let outcome = call(Rc::clone(engine), it).await;
            Outcome { seconds: start.elapsed().as_secs_f64(), ..outcome }
        }
        (Err(message), _) | (_, Err(message)) => Outcome::error(message),
    }
}

fn passed(engine: &Engine, task: &Task) -> Result<Passed, String> {
    let names = engine.globals();
    let mut passed = Passed::default();
    for parameter in &engine.library.spec.arguments.parameters {
        let value = names.get(&format!("workflow.parameters.{}", parameter.name)).cloned();
        passed.parameters.extend(value.map(|value| (parameter.name.clone(), value)));
    }
    for artifact in &engine.library.spec.arguments.artifacts {
        let artifact = substitute(artifact, &names, Unresolved::Stays)?;
        passed.artifacts.extend(store::location(&artifact).map(|stored| (artifact.name.clone(), stored)));
    }
    let arguments = substitute(&task.arguments, &names, Unresolved::Stays)?;
    let own = crate::task::passed(&arguments, &kfp_core::argo::Template::default(), &names)?;
    passed.parameters.extend(own.parameters);
    passed.artifacts.extend(own.artifacts);
    Ok(passed)
}

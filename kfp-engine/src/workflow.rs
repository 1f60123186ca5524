//! A workflow from its entrypoint to its exit handler.

use crate::around::Around;
use crate::call::{self, Call, Passed, call};
use crate::engine::{Engine, Stop};
use crate::leaf;
use crate::locks;
use crate::outcome::{Outcome, Phase};
use crate::scope::{Names, Unresolved, evaluate, substitute};
use crate::store;
use kfp_core::argo::{Hook, Task};
use serde_json::json;
use std::future::Future;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// How long the start of a node may stand in memory only.
const TICK: Duration = Duration::from_millis(200);

/// Runs it to its end, or until it is interrupted.
pub(crate) async fn until_end(engine: Rc<Engine>, interrupted: impl Future<Output = ()>) -> Outcome {
    let flushing = Rc::clone(&engine);
    // Who watches the journal sees what runs before the next thing has ended.
    let ticks = tokio::task::spawn_local(async move {
        loop {
            tokio::time::sleep(TICK).await;
            flushing.journal.flush();
        }
    });
    let workflow = whole(Rc::clone(&engine));
    tokio::pin!(workflow, interrupted);
    let outcome = tokio::select! {
        outcome = &mut workflow => outcome,
        () = &mut interrupted => {
            engine.stop(Stop::Interrupted);
            // Everything has been killed, and ends by itself.
            workflow.await
        }
    };
    ticks.abort();
    outcome
}

async fn whole(engine: Rc<Engine>) -> Outcome {
    let start = Instant::now();
    if engine.library.spec.suspend == Some(true) {
        engine.approvals.wait(&engine.run, &engine.name).await;
    }
    let deadline = engine.library.spec.active_deadline_seconds.as_ref().map(ToString::to_string);
    let mut hooks = Hooks::new(&engine);
    hooks.see("Running");
    let daemons = Rc::default();
    let main = async {
        let task = Task { template: engine.library.spec.entrypoint.clone(), ..Task::default() };
        let around = Around { daemons: Rc::clone(&daemons), ..Around::nothing(&engine.name) };
        template(&engine, &task, &engine.name, around).await
    };
    tokio::pin!(main);
    let mut outcome = match deadline.as_deref().map(leaf::duration) {
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
    daemons.end(&engine).await;
    outcome.seconds = start.elapsed().as_secs_f64();
    match engine.stop.get() {
        Some(Stop::Interrupted | Stop::Broken) => {
            hooks.wait().await;
            return outcome;
        }
        Some(Stop::Deadline) => {
            // No deadline of the workflow keeps its handlers from running.
            engine.stop.set(None);
            engine.running.go_on();
        }
        None => {}
    }
    tell_handlers(&engine, &outcome);
    hooks.see(&outcome.phase.to_string());
    let outcome = exit(&engine, outcome).await;
    hooks.wait().await;
    outcome
}

fn tell_handlers(engine: &Engine, outcome: &Outcome) {
    let failures = engine.failures.borrow().clone();
    let failures = if failures.is_empty() { "null".to_owned() } else { json!(failures).to_string() };
    engine.set_global("workflow.status".to_owned(), outcome.phase.to_string());
    engine.set_global("workflow.failures".to_owned(), json!(failures).to_string());
    engine.set_global("workflow.duration".to_owned(), format!("{:.6}", outcome.seconds));
}

/// The hooks of the workflow that an expression starts.
struct Hooks<'a> {
    engine: &'a Rc<Engine>,
    waiting: Vec<(&'a String, &'a Hook)>,
    running: JoinSet<()>,
}

impl<'a> Hooks<'a> {
    fn new(engine: &'a Rc<Engine>) -> Self {
        let waiting = engine.library.spec.hooks.iter().filter(|(name, _)| *name != "exit").collect();
        Self { engine, waiting, running: JoinSet::new() }
    }

    /// Starts those whose expression holds with this status of the workflow.
    fn see(&mut self, status: &str) {
        let mut names = self.engine.globals().at(&format!("{} {status}", self.engine.name));
        names.insert("workflow.status".to_owned(), status.to_owned());
        let holds = |hook: &Hook| {
            let source = hook.expression.as_deref().unwrap_or_default();
            evaluate(source, &names).is_ok_and(|value| value == serde_json::Value::Bool(true))
        };
        let (now, later) = std::mem::take(&mut self.waiting).into_iter().partition(|(_, hook)| holds(hook));
        self.waiting = later;
        let now: Vec<(&String, &Hook)> = now;
        for (name, hook) in now {
            let (engine, task, name) = (Rc::clone(self.engine), called(hook), format!("hooks.{name}"));
            self.running.spawn_local(async move {
                let around = Around::nothing(&name);
                template(&engine, &task, &format!("{}.{name}", engine.name), around).await;
            });
        }
    }

    async fn wait(&mut self) {
        while self.running.join_next().await.is_some() {}
    }
}

fn called(hook: &Hook) -> Task {
    Task {
        template: hook.template.clone(),
        template_ref: hook.template_ref.clone(),
        arguments: hook.arguments.clone(),
        ..Task::default()
    }
}

/// Runs the exit handler.
async fn exit(engine: &Rc<Engine>, outcome: Outcome) -> Outcome {
    let spec = &engine.library.spec;
    let handler = match (spec.hooks.get("exit"), &spec.on_exit) {
        (Some(hook), _) => hook.clone(),
        (None, Some(template)) => Hook { template: Some(template.clone()), ..Hook::default() },
        (None, None) => return outcome,
    };
    let around = Around::nothing("onExit");
    let daemons = Rc::clone(&around.daemons);
    let ended = template(engine, &called(&handler), &format!("{}.onExit", engine.name), around).await;
    daemons.end(engine).await;
    if ended.phase.is_bad() && outcome.phase == Phase::Succeeded { ended } else { outcome }
}

/// Calls a template with the arguments of the workflow, and its own over them.
async fn template(engine: &Rc<Engine>, task: &Task, node: &str, around: Around) -> Outcome {
    let passed = passed(engine, task);
    let found = engine.library.called(&engine.library.main, task);
    let locks = locks::of(engine.library.spec.synchronization.as_ref(), &engine.sources);
    match (found, passed, locks) {
        (Ok(found), Ok(passed), Ok(locks)) => {
            // A handler of the workflow runs while that holds its locks.
            let is_main = node == engine.name;
            let _held = engine.locks.hold("workflow ", if is_main { locks } else { Vec::new() }).await;
            let it = Call { node: node.to_owned(), found, passed, locals: Names::new(), around };
            call(Rc::clone(engine), it).await
        }
        (Err(message), ..) | (_, Err(message), _) | (.., Err(message)) => {
            call::unstarted(engine, node, &around, Outcome::error(message))
        }
    }
}

fn passed(engine: &Engine, task: &Task) -> Result<Passed, String> {
    let names = engine.globals().at(&engine.name);
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
    let own = crate::task::passed(&arguments, &kfp_core::argo::Template::default(), &names, &engine.sources)?;
    passed.parameters.extend(own.parameters);
    passed.artifacts.extend(own.artifacts);
    Ok(passed)
}

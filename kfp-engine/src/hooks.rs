//! Hooks of tasks and steps: what runs beside a node when something holds, and after it.

use crate::around::Around;
use crate::call::{self, Call};
use crate::engine::Engine;
use crate::outcome::Outcome;
use crate::scope::{Names, Unresolved, evaluate, substitute};
use crate::sibling::{self, Sibling, Siblings};
use crate::task::{self, Place};
use kfp_core::argo::{Hook, Task};
use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;
use tokio::task::JoinSet;

/// The hooks of one node. How they end changes nothing for anybody, as in Argo.
pub(crate) struct Hooks<'a> {
    engine: &'a Rc<Engine>,
    place: &'a Place,
    task: &'a Task,
    /// Those with an expression that has not held yet.
    waiting: BTreeMap<&'a str, &'a Hook>,
    running: JoinSet<()>,
}

impl<'a> Hooks<'a> {
    pub(crate) fn new(engine: &'a Rc<Engine>, place: &'a Place, task: &'a Task) -> Self {
        let hooks = task.hooks.iter().filter(|(name, _)| *name != "exit");
        let waiting = hooks.map(|(name, hook)| (name.as_str(), hook)).collect();
        Self { engine, place, task, waiting, running: JoinSet::new() }
    }

    /// Starts those whose expression holds now.
    pub(crate) fn see(&mut self, status: &str) {
        if self.waiting.is_empty() {
            return;
        }
        let mut names = self.place.names.at(&format!("{} {status}", self.place.node));
        names.insert(format!("{}.{}.status", self.place.kind, self.task.name), status.to_owned());
        let holds = |hook: &Hook| {
            let source = hook.expression.as_deref().unwrap_or_default();
            // What is not there yet may come: it is asked again.
            evaluate(source, &names).is_ok_and(|value| value == Value::Bool(true))
        };
        let now: Vec<_> = self.waiting.iter().filter(|(_, hook)| holds(hook)).map(|(name, _)| *name).collect();
        for name in now {
            let Some(hook) = self.waiting.remove(name) else { continue };
            let node = format!("{}.hooks.{name}", self.place.node);
            let running = call(self.engine, self.place, &self.task.name, hook, node, &names);
            self.running.spawn_local(async move { drop(running.await) });
        }
    }

    /// The node has ended: starts those that wait for that, and waits for all.
    pub(crate) async fn end(mut self, outcome: &Outcome) {
        self.see(&outcome.phase.to_string());
        while self.running.join_next().await.is_some() {}
        let exit = match (self.task.hooks.get("exit"), &self.task.on_exit) {
            (Some(hook), _) => hook.clone(),
            (None, Some(template)) => Hook { template: Some(template.clone()), ..Hook::default() },
            (None, None) => return,
        };
        let mut names = self.place.names.at(&format!("{}.onExit", self.place.node));
        for own in ["self", self.task.name.as_str()] {
            let siblings = Siblings::from([(own.to_owned(), Sibling::one(outcome, None))]);
            names.extend(sibling::variables(self.place.kind, &siblings, &format!("{}.{own} ", self.place.kind)));
        }
        if let Some(expression) = &exit.expression
            && !evaluate(expression, &names).is_ok_and(|value| value == Value::Bool(true))
        {
            return;
        }
        let node = format!("{}.onExit", self.place.node);
        call(self.engine, self.place, &self.task.name, &exit, node, &names).await;
    }
}

/// Calls the template of a hook.
fn call(engine: &Rc<Engine>, place: &Place, task: &str, hook: &Hook, node: String, names: &Names) -> call::Running {
    let name = node.rsplit_once(&place.around.name).map_or("hook", |(_, end)| end.trim_start_matches('.')).to_owned();
    let around = Around { boundary: None, is_result_wanted: false, ..place.around.inner(&place.node, name) };
    let around = Around { depth: around.depth + 1, parent: place.around.parent.clone(), ..around };
    let handler = Task {
        template: hook.template.clone(),
        template_ref: hook.template_ref.clone(),
        arguments: hook.arguments.clone(),
        ..Task::default()
    };
    let needed = place.found.clone().and_then(|(_, own)| {
        // A hook is written where the task is, and that may be another manifest than the one that it calls.
        let library = &engine.library;
        let found = library.called(&own, &handler);
        let found = found.or_else(|message| library.called(&library.main, &handler).map_err(|_| message))?;
        let arguments = substitute(&handler.arguments, names, Unresolved::SiblingsFail)?;
        Ok((task::passed(&arguments, &found.0.template, names, &engine.sources)?, found))
    });
    let engine = Rc::clone(engine);
    match needed {
        Ok((passed, found)) => {
            let locals = Names::from([(format!("{}.name", place.kind), task.to_owned())]);
            call::call(engine, Call { node, found, passed, locals, around })
        }
        Err(message) => Box::pin(async move { call::unstarted(&engine, &node, &around, Outcome::error(message)) }),
    }
}

//! DAGs.

use crate::around::Around;
use crate::call::Ready;
use crate::daemons::Daemons;
use crate::depends::Depends;
use crate::engine::Engine;
use crate::outcome::{Outcome, Phase};
use crate::outputs;
use crate::sibling::{Sibling, Siblings};
use crate::task::{self, Place};
use kfp_core::argo::{Dag, Task};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// As many tasks of a DAG are begun at the same time; the others wait where they take no memory. More slots than that are
/// not used within one DAG.
const WINDOW: usize = 512;

/// A DAG that is running.
struct Run<'a> {
    engine: &'a Rc<Engine>,
    ready: &'a Ready,
    node: &'a str,
    tasks: BTreeMap<&'a str, &'a Task>,
    targets: BTreeSet<String>,
    /// Whether a target has failed.
    has_failed: bool,
    depends: BTreeMap<&'a str, Depends>,
    dependents: BTreeMap<String, Vec<&'a str>>,
    /// How many a task still waits for.
    missing: BTreeMap<&'a str, usize>,
    ended: Siblings,
    running: JoinSet<(String, Sibling)>,
    boundary: Option<Arc<Semaphore>>,
    daemons: &'a Rc<Daemons>,
}

pub(crate) async fn run(engine: &Rc<Engine>, ready: &Ready, dag: &Dag, node: &str, daemons: &Rc<Daemons>) -> Outcome {
    match Run::new(engine, ready, dag, node, daemons) {
        Ok(run) => run.finish(dag).await,
        Err(message) => Outcome::error(message),
    }
}

impl<'a> Run<'a> {
    fn new(
        engine: &'a Rc<Engine>,
        ready: &'a Ready,
        dag: &'a Dag,
        node: &'a str,
        daemons: &'a Rc<Daemons>,
    ) -> Result<Self, String> {
        let tasks: BTreeMap<&str, &Task> = dag.tasks.iter().map(|task| (task.name.as_str(), task)).collect();
        let depends = dag.tasks.iter().map(|task| Ok((task.name.as_str(), Depends::of(task, &tasks)?)));
        let depends: BTreeMap<&str, Depends> = depends.collect::<Result<_, String>>()?;
        let targets = targets(dag, &depends)?;
        let wanted = wanted(&targets, &depends);
        let mut dependents: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        let mut missing = BTreeMap::new();
        for task in dag.tasks.iter().filter(|task| wanted.contains(&task.name)) {
            let before: BTreeSet<&String> = depends[task.name.as_str()].names.iter().collect();
            missing.insert(task.name.as_str(), before.len());
            for name in before {
                dependents.entry(name.clone()).or_default().push(&task.name);
            }
        }
        let boundary =
            ready.template.parallelism.and_then(|limit| usize::try_from(limit).ok()).filter(|limit| *limit > 0);
        Ok(Self {
            engine,
            ready,
            node,
            tasks,
            targets,
            has_failed: false,
            depends,
            dependents,
            missing,
            ended: Siblings::new(),
            running: JoinSet::new(),
            boundary: boundary.map(|limit| Arc::new(Semaphore::new(limit))),
            daemons,
        })
    }

    async fn finish(mut self, dag: &Dag) -> Outcome {
        let mut startable: VecDeque<&str> =
            dag.tasks.iter().map(|task| task.name.as_str()).filter(|name| self.missing.get(name) == Some(&0)).collect();
        let is_fast = dag.fail_fast.unwrap_or(true);
        loop {
            while self.running.len() < WINDOW
                && let Some(name) = startable.pop_front()
            {
                if let Some(sibling) = self.start(name) {
                    startable.extend(self.end(name.to_owned(), sibling));
                }
            }
            let Some(ended) = self.running.join_next().await else { break };
            let Ok((name, sibling)) = ended else { return Outcome::error("a task of the engine has died") };
            startable.extend(self.end(name, sibling));
            // What still runs runs to its end; nothing new starts.
            if is_fast && self.has_failed {
                startable.clear();
            }
        }
        if let Some((name, phase)) = self.failure(is_fast) {
            let is_own = self.ended.get(&name).is_some_and(|it| it.phase == phase);
            let what = if is_own { format!("`{name}`") } else { format!("what `{name}` comes after") };
            return Outcome::new(phase, format!("{what} ended as {phase}"));
        }
        if let Some(outcome) = self.engine.stopped() {
            return outcome;
        }
        if self.ended.len() < self.missing.len() {
            return Outcome::error("the tasks wait for each other");
        }
        let json = serde_json::to_string(&self.ready.template.outputs).unwrap_or_default();
        let names = task::names(self.engine, self.ready, "tasks", &self.ended, &json);
        match outputs::of(&self.ready.template, &names) {
            Ok(outputs) => {
                let tail = Phase::worst(self.targets.iter().filter_map(|name| self.ended.get(name)).map(|it| it.tail));
                Outcome { outputs, tail: Some(tail), ..Outcome::new(Phase::Succeeded, "") }
            }
            Err(message) => Outcome::error(message),
        }
    }

    /// Starts a task; what it is where it does not start.
    fn start(&mut self, name: &str) -> Option<Sibling> {
        let task = *self.tasks.get(name)?;
        let json = serde_json::to_string(task).unwrap_or_default();
        let depends = self.depends.get(name)?;
        let around = Around {
            parent: Some(self.node.to_owned()),
            name: name.to_owned(),
            after: depends.names.iter().map(|name| format!("{}.{name}", self.node)).collect(),
            depth: self.ready.around.depth,
            boundary: self.boundary.clone(),
            daemons: Rc::clone(self.daemons),
            is_result_wanted: self.ready.wants_results,
        };
        let place = Place {
            kind: "tasks",
            node: format!("{}.{name}", self.node),
            found: self.engine.library.called(&self.ready.home, task),
            names: Rc::new(task::names(self.engine, self.ready, "tasks", &self.ended, &json)),
            around,
        };
        match depends.holds(|name| self.ended.get(name).map(|it| it.facts)) {
            Ok(true) => {}
            Ok(false) => return Some(task::omitted(self.engine, &place)),
            Err(message) => return Some(Sibling::one(&Outcome::error(message), None)),
        }
        let (engine, task, name) = (Rc::clone(self.engine), Rc::new(task.clone()), name.to_owned());
        self.running.spawn_local(async move { (name, task::run(engine, place, task).await) });
        None
    }

    /// Notes the end of a task; those that can start now.
    fn end(&mut self, name: String, mut sibling: Sibling) -> Vec<&'a str> {
        if sibling.is_skipped() {
            sibling.tail = self.inherited(&name);
        }
        self.has_failed |= self.targets.contains(&name) && self.fails(&name, sibling.branch());
        let mut next = Vec::new();
        for dependent in self.dependents.get(&name).into_iter().flatten() {
            if let Some(missing) = self.missing.get_mut(dependent) {
                *missing -= 1;
                next.extend((*missing == 0).then_some(*dependent));
            }
        }
        self.ended.insert(name, sibling);
        next
    }

    /// The phase of what a task comes after; the worst of them.
    fn inherited(&self, name: &str) -> Phase {
        let before = self.depends.get(name).map(|depends| depends.names.as_slice()).unwrap_or_default();
        Phase::worst(before.iter().rev().filter_map(|name| self.ended.get(name)).map(|it| it.tail))
    }

    /// The target that fails the DAG: in the order of their names the first that does, or the last where all of them are
    /// waited for.
    fn failure(&self, is_fast: bool) -> Option<(String, Phase)> {
        let ended = self.targets.iter().filter_map(|name| Some((name, self.ended.get(name)?.branch())));
        let mut failed = ended.filter(|(name, phase)| self.fails(name, *phase));
        let failed = if is_fast { failed.next() } else { failed.next_back() };
        failed.map(|(name, phase)| (name.clone(), phase))
    }

    fn fails(&self, name: &str, phase: Phase) -> bool {
        let on = self.tasks.get(name).and_then(|task| task.continue_on.as_ref());
        let goes_on = on.is_some_and(|on| on.failed && phase == Phase::Failed || on.error && phase == Phase::Error);
        phase.is_bad() && !goes_on
    }
}

/// The tasks to reach: those that are named, else those that nothing comes after.
fn targets(dag: &Dag, depends: &BTreeMap<&str, Depends>) -> Result<BTreeSet<String>, String> {
    if let Some(named) = &dag.target {
        let named: BTreeSet<String> = named.split_whitespace().map(str::to_owned).collect();
        return match named.iter().find(|name| !depends.contains_key(name.as_str())) {
            Some(unknown) => Err(format!("`target`: there is no task `{unknown}`")),
            None => Ok(named),
        };
    }
    let inner: BTreeSet<&String> = depends.values().flat_map(|depends| &depends.names).collect();
    Ok(dag.tasks.iter().map(|task| &task.name).filter(|name| !inner.contains(name)).cloned().collect())
}

/// The targets and everything before them.
fn wanted(targets: &BTreeSet<String>, depends: &BTreeMap<&str, Depends>) -> BTreeSet<String> {
    let mut wanted = BTreeSet::new();
    let mut next: Vec<String> = targets.iter().cloned().collect();
    while let Some(name) = next.pop() {
        let before = depends.get(name.as_str()).map(|depends| depends.names.clone()).unwrap_or_default();
        if wanted.insert(name) {
            next.extend(before);
        }
    }
    wanted
}

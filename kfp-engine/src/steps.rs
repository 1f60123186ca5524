//! Lists of steps: one group after the other, the steps of a group at the same time.

use crate::around::Around;
use crate::call::Ready;
use crate::daemons::Daemons;
use crate::engine::Engine;
use crate::outcome::{Outcome, Phase};
use crate::outputs;
use crate::sibling::{Sibling, Siblings};
use crate::task::{self, Place};
use kfp_core::argo::Task;
use std::rc::Rc;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

pub(crate) async fn run(engine: &Rc<Engine>, ready: &Ready, node: &str, daemons: &Rc<Daemons>) -> Outcome {
    let limit = ready.template.parallelism.and_then(|limit| usize::try_from(limit).ok()).filter(|limit| *limit > 0);
    let mut around = Around {
        parent: Some(node.to_owned()),
        name: String::new(),
        after: Rc::from([]),
        depth: ready.around.depth,
        boundary: limit.map(|limit| Arc::new(Semaphore::new(limit))),
        daemons: Rc::clone(daemons),
        is_result_wanted: ready.wants_results,
    };
    let mut ended = Siblings::new();
    for (index, group) in ready.template.steps.iter().enumerate() {
        let mut running: JoinSet<(String, Sibling)> = JoinSet::new();
        let group_node = format!("{node}[{index}]");
        for step in group {
            let json = serde_json::to_string(step).unwrap_or_default();
            let place = Place {
                kind: "steps",
                node: format!("{group_node}.{}", step.name),
                found: engine.library.called(&ready.home, step),
                names: Rc::new(task::names(engine, ready, "steps", &ended, &json)),
                around: Around { name: step.name.clone(), ..around.clone() },
            };
            let (engine, step) = (Rc::clone(engine), Rc::new(step.clone()));
            running.spawn_local(async move { (step.name.clone(), task::run(engine, place, step).await) });
        }
        while let Some(result) = running.join_next().await {
            let Ok((name, sibling)) = result else { return Outcome::error("a task of the engine has died") };
            ended.insert(name, sibling);
        }
        if let Some((name, phase)) = failure(group, &ended) {
            // Also if that one is an error, unlike in a DAG.
            return Outcome::new(Phase::Failed, format!("`{name}` ended as {phase}"));
        }
        if let Some(outcome) = engine.stopped() {
            return outcome;
        }
        around.after = group.iter().map(|step| format!("{group_node}.{}", step.name)).collect();
    }
    let json = serde_json::to_string(&ready.template.outputs).unwrap_or_default();
    match outputs::of(&ready.template, &task::names(engine, ready, "steps", &ended, &json)) {
        Ok(outputs) => {
            Outcome { outputs, tail: tail(&ready.template.steps, &ended), ..Outcome::new(Phase::Succeeded, "") }
        }
        Err(message) => Outcome::error(message),
    }
}

/// What the steps of the last group end in.
fn tail(groups: &[Vec<Task>], ended: &Siblings) -> Option<Phase> {
    let tails = groups.last()?.iter().filter_map(|step| Some(ended.get(&step.name)?.tail));
    Some(Phase::worst(tails))
}

/// The step that fails its group.
fn failure(group: &[Task], ended: &Siblings) -> Option<(String, Phase)> {
    group.iter().find_map(|step| {
        let phase = ended.get(&step.name)?.phase;
        let on = step.continue_on.as_ref();
        let goes_on = on.is_some_and(|on| on.failed && phase == Phase::Failed || on.error && phase == Phase::Error);
        (phase.is_bad() && !goes_on).then(|| (step.name.clone(), phase))
    })
}

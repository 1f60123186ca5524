//! Nodes that run programs, or wait.

use crate::Event;
use crate::call::Ready;
use crate::engine::{Engine, Stop};
use crate::outcome::{Outcome, Phase};
use crate::pod::{self, Pod};
use kfp_core::argo::Template;
use serde_json::json;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A duration as Argo reads it: `30s`, or a bare number of seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    kfp_grammar::duration::parse_or_seconds(text.trim()).map_err(|mistake| mistake.message)
}

/// The name of the pod of a node, as Argo makes it.
pub(crate) fn pod_name(engine: &Engine, template: &str, node: &str) -> String {
    if node == engine.name {
        return engine.name.clone();
    }
    let mut hash: u32 = 0x811c_9dc5;
    for byte in node.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    let base = if template.is_empty() { engine.name.clone() } else { format!("{}-{template}", engine.name) };
    let base: String = base.chars().take(242).collect();
    format!("{base}-{hash}")
}

/// Runs a leaf once, unless that has been done.
pub(crate) async fn run(engine: &Rc<Engine>, ready: &Ready, node: &str) -> Outcome {
    if let Some(outcome) = engine.before.get(node) {
        engine.tell(Event::Ended { node: node.to_owned(), outcome: outcome.clone(), before: true, log: Vec::new() });
        note_failure(engine, ready, node, outcome);
        return outcome.clone();
    }
    let mut permits = Vec::new();
    if ready.template.suspend.is_none() {
        for slots in &engine.slots {
            permits.push(Arc::clone(slots).acquire_owned().await.ok());
        }
    }
    if let Some(outcome) = engine.stopped() {
        return outcome;
    }
    engine.tell(Event::Started { node: node.to_owned() });
    let start = Instant::now();
    let (mut outcome, log) = match &ready.template.suspend {
        Some(suspend) => (pause(suspend.duration.as_deref().unwrap_or_default()).await, Vec::new()),
        None => program(engine, ready, node).await,
    };
    outcome.seconds = start.elapsed().as_secs_f64();
    if matches!(engine.stop.get(), Some(Stop::Interrupted | Stop::Broken)) {
        // It was killed, which is nothing that it did: a resumed run starts it again.
        return outcome;
    }
    if engine.stop.get() == Some(Stop::Deadline) && outcome.phase.is_bad() {
        outcome = engine.stopped().unwrap_or(outcome);
    }
    if let Err(refusal) = engine.journal.ended(node, &outcome).await {
        engine.break_off(refusal);
        return Outcome::error("the run is being stopped");
    }
    note_failure(engine, ready, node, &outcome);
    engine.tell(Event::Ended { node: node.to_owned(), outcome: outcome.clone(), before: false, log });
    outcome
}

fn note_failure(engine: &Engine, ready: &Ready, node: &str, outcome: &Outcome) {
    if outcome.phase.is_bad() {
        engine.failures.borrow_mut().push(json!({
            "displayName": node.rsplit('.').next(),
            "message": outcome.message,
            "templateName": ready.template.name,
            "phase": outcome.phase.to_string(),
            "podName": pod_name(engine, &ready.template.name, node),
        }));
    }
}

async fn pause(text: &str) -> Outcome {
    match duration(text) {
        Ok(time) => {
            tokio::time::sleep(time).await;
            Outcome::new(Phase::Succeeded, "")
        }
        Err(message) => Outcome::error(message),
    }
}

async fn program(engine: &Rc<Engine>, ready: &Ready, node: &str) -> (Outcome, Vec<String>) {
    let limit = match limit(&ready.template) {
        Ok(limit) => limit,
        Err(message) => return (Outcome::error(message), Vec::new()),
    };
    let id = engine.next.get();
    engine.next.set(id + 1);
    let pod = pod(engine, ready, node, id);
    let folder = pod.folder();
    let mut running = tokio::task::spawn_blocking(move || pod.run());
    let ended = tokio::select! {
        ended = &mut running => ended,
        () = tokio::time::sleep(limit.unwrap_or(Duration::MAX)), if limit.is_some() => {
            engine.running.kill(id);
            let ended = running.await;
            let outcome = ended.unwrap_or_else(|_| Outcome::error("a thread of the engine has died"));
            let late = Outcome { phase: Phase::Failed, message: "it ran longer than its deadline".to_owned(), ..outcome };
            return (late, pod::tail(&folder, 10));
        }
    };
    let outcome = ended.unwrap_or_else(|_| Outcome::error("a thread of the engine has died"));
    let log = if outcome.phase.is_bad() { pod::tail(&folder, 10) } else { Vec::new() };
    (outcome, log)
}

/// How long a program may take.
fn limit(template: &Template) -> Result<Option<Duration>, String> {
    let timeout = template.timeout.as_deref().map(duration).transpose()?;
    let deadline =
        template.active_deadline_seconds.as_ref().map(|seconds| duration(&seconds.to_string())).transpose()?;
    Ok([timeout, deadline].into_iter().flatten().min())
}

fn pod(engine: &Engine, ready: &Ready, node: &str, id: u64) -> Pod {
    let spec = &engine.library.spec;
    let claims = spec.volume_claim_templates.iter().filter_map(|claim| claim["metadata"]["name"].as_str());
    let claims = claims.map(|name| json!({"name": name, "claimOfRun": name}));
    Pod {
        id,
        name: pod_name(engine, &ready.template.name, node),
        workflow: engine.name.clone(),
        template: ready.template.clone(),
        artifacts: ready.artifacts.clone(),
        volumes: ready.template.volumes.iter().chain(&spec.volumes).cloned().chain(claims).collect(),
        run: engine.run.clone(),
        shared: engine.shared.clone(),
        is_isolated: engine.is_isolated,
        program: engine.program.clone(),
        running: Arc::clone(&engine.running),
    }
}

//! Nodes that run programs, or wait.

use crate::approvals;
use crate::call::Ready;
use crate::engine::{Engine, Stop};
use crate::error::Refusal;
use crate::event::{Ended, Event, Kind, Node, cut, now};
use crate::http;
use crate::outcome::{Outcome, Phase};
use crate::pod::{self, Pod};
use jiff::Timestamp;
use kfp_core::argo::{Suspend, Template};
use kfp_grammar::name::fingerprint;
use nix::sys::signal::Signal;
use serde_json::json;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, oneshot};

/// What a program gets to end by itself when its time is over.
const GRACE: Duration = Duration::from_secs(2);

/// How often what waits looks whether it still has to.
const TICK: Duration = Duration::from_millis(50);

/// A duration as Argo reads it: `30s`, or a bare number of seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    kfp_grammar::duration::parse_or_seconds(text.trim()).map_err(|mistake| mistake.message)
}

/// The name of the pod of a node, as Argo makes it.
pub(crate) fn pod_name(engine: &Engine, template: &str, node: &str) -> String {
    if node == engine.name {
        return engine.name.clone();
    }
    let hash = fingerprint(node);
    let base = if template.is_empty() { engine.name.clone() } else { format!("{}-{template}", engine.name) };
    let base: String = base.chars().take(242).collect();
    format!("{base}-{hash}")
}

/// Runs a leaf once, unless that has been done.
pub(crate) async fn run(engine: &Rc<Engine>, ready: &Ready, node: &str) -> Outcome {
    let kind = if ready.template.suspend.is_some() { Kind::Suspend } else { Kind::Pod };
    if let Some(outcome) = engine.before.get(node) {
        engine.begin(begun(engine, ready, node, kind));
        let outcome = outcome.clone();
        note_failure(engine, ready, node, &outcome);
        let (node, at) = (node.to_owned(), now());
        let ended = Ended { node, kind, outcome: outcome.clone(), at, before: true, log: Vec::new() };
        engine.tell(&Event::Ended(Box::new(ended)));
        return outcome;
    }
    let permits = permits(engine, ready).await;
    if let Some(outcome) = engine.stopped() {
        return outcome;
    }
    engine.begin(begun(engine, ready, node, kind));
    let start = Instant::now();
    let (mut outcome, log) = match &ready.template.suspend {
        Some(suspend) => (pause(engine, &ready.template, suspend, node).await, Vec::new()),
        None if ready.template.daemon => return daemon(engine, ready, node).await,
        None if ready.template.http.is_some() => (request(engine, ready, node).await, Vec::new()),
        None => program(engine, ready, node).await,
    };
    outcome.seconds = start.elapsed().as_secs_f64();
    drop(permits);
    ended(engine, ready, node, kind, outcome, log).await
}

fn begun(engine: &Engine, ready: &Ready, node: &str, kind: Kind) -> Node {
    let name = pod_name(engine, &ready.template.name, node);
    let folder = (kind == Kind::Pod).then(|| format!("tasks/{name}"));
    Node { folder, ..ready.node(node, kind) }
}

async fn permits(engine: &Engine, ready: &Ready) -> Vec<OwnedSemaphorePermit> {
    let mut permits = Vec::new();
    if ready.template.suspend.is_none() && !ready.template.daemon {
        for slots in &engine.slots {
            permits.extend(Arc::clone(slots).acquire_owned().await);
        }
    }
    permits
}

/// Notes how a leaf ended, before anybody else hears of it.
async fn ended(
    engine: &Engine,
    ready: &Ready,
    node: &str,
    kind: Kind,
    mut outcome: Outcome,
    log: Vec<String>,
) -> Outcome {
    if matches!(engine.stop.get(), Some(Stop::Interrupted | Stop::Broken)) {
        // It was killed, which is nothing that it did: a resumed run starts it again.
        return outcome;
    }
    if engine.stop.get() == Some(Stop::Deadline) && outcome.phase.is_bad() {
        outcome = engine.stopped().unwrap_or(outcome);
    }
    if !ready.around.is_result_wanted && ready.template.memoize.is_none() {
        outcome.outputs.result = outcome.outputs.result.as_deref().map(cut);
    }
    let (name, told) = (node.to_owned(), outcome.clone());
    let mut event = Ended { node: name, kind, outcome: told, at: now(), before: false, log: Vec::new() };
    let line = Event::Ended(Box::new(event.clone()));
    if let Err(refusal) = engine.journal.ended(&line).await {
        engine.break_off(refusal);
        return Outcome::error("the run is being stopped");
    }
    note_failure(engine, ready, node, &outcome);
    event.log = log;
    engine.tell(&Event::Ended(Box::new(event)));
    outcome
}

/// Adds a node to `workflow.failures`.
pub(crate) fn note_failure(engine: &Engine, ready: &Ready, node: &str, outcome: &Outcome) {
    if outcome.phase.is_bad() {
        engine.failures.borrow_mut().push(json!({
            "displayName": node.rsplit('.').next(),
            "message": outcome.message,
            "templateName": ready.template.name,
            "phase": outcome.phase.to_string(),
            "podName": pod_name(engine, &ready.template.name, node),
            "finishedAt": Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        }));
    }
}

async fn pause(engine: &Engine, template: &Template, suspend: &Suspend, node: &str) -> Outcome {
    let text = suspend.duration.as_deref().unwrap_or_default();
    let time = match text {
        "" => Duration::MAX,
        text => match duration(text) {
            Ok(time) => time,
            Err(message) => return Outcome::error(message),
        },
    };
    let start = Instant::now();
    let values = loop {
        tokio::select! {
            () = tokio::time::sleep(time.saturating_sub(start.elapsed())), if time != Duration::MAX => break None,
            values = engine.approvals.wait(&engine.run, node), if time == Duration::MAX => break Some(values),
            () = tokio::time::sleep(TICK), if engine.stop.get().is_none() => {}
        }
        if let Some(outcome) = engine.stopped() {
            return outcome;
        }
    };
    match approvals::outputs(template, &values.unwrap_or_default()) {
        Ok(parameters) => {
            let mut outcome = Outcome::new(Phase::Succeeded, "");
            outcome.outputs.parameters = parameters;
            outcome
        }
        Err(message) => Outcome::new(Phase::Failed, message),
    }
}

async fn program(engine: &Rc<Engine>, ready: &Ready, node: &str) -> (Outcome, Vec<String>) {
    let limit = match limit(&ready.template) {
        Ok(limit) => limit,
        Err(message) => return (Outcome::error(message), Vec::new()),
    };
    let pod = pod(engine, ready, node, None);
    let (id, folder) = (pod.id, pod.folder());
    let running = engine.pool.run(pod);
    let outcome = match limit {
        None => running.await,
        Some(limit) => {
            tokio::pin!(running);
            match tokio::time::timeout(limit, &mut running).await {
                Ok(outcome) => outcome,
                Err(_) => {
                    engine.running.signal(id, Signal::SIGTERM);
                    let outcome = match tokio::time::timeout(GRACE, &mut running).await {
                        Ok(outcome) => outcome,
                        Err(_) => {
                            engine.running.signal(id, Signal::SIGKILL);
                            running.await
                        }
                    };
                    let message = "it ran longer than its deadline".to_owned();
                    outcome.map(|outcome| Outcome { phase: Phase::Failed, message, ..outcome })
                }
            }
        }
    };
    let outcome = outcome.unwrap_or_else(|refusal| broken(engine, refusal));
    let log = if outcome.phase.is_bad() { pod::tail(&folder, 10) } else { Vec::new() };
    (outcome, log)
}

/// Sends a request on a thread of its own, which nobody waits for when its time is over.
async fn request(engine: &Rc<Engine>, ready: &Ready, node: &str) -> Outcome {
    let limit = match limit(&ready.template) {
        Ok(limit) => limit.unwrap_or(Duration::MAX),
        Err(message) => return Outcome::error(message),
    };
    let (reply, mut answered) = oneshot::channel();
    let (template, sources) = (Arc::clone(&ready.template), Arc::clone(&engine.sources));
    let folder = engine.run.join("tasks").join(pod_name(engine, &template.name, node));
    std::thread::spawn(move || {
        let request = template.http.clone().unwrap_or_default();
        // Who waited may be gone.
        let _ = reply.send(http::send(&request, &sources, &folder));
    });
    let start = Instant::now();
    loop {
        tokio::select! {
            answer = &mut answered => {
                return answer.unwrap_or_else(|_| Outcome::error("a thread of the engine has died"));
            }
            () = tokio::time::sleep(TICK) => {}
        }
        if start.elapsed() > limit {
            return Outcome::new(Phase::Failed, "it ran longer than its deadline");
        }
        if let Some(outcome) = engine.stopped() {
            return outcome;
        }
    }
}

/// The machine does not let the run go on.
fn broken(engine: &Engine, refusal: Refusal) -> Outcome {
    // What is killed because of that may have its own things to say.
    if engine.stop.get().is_none() {
        engine.break_off(refusal);
    }
    Outcome::error("the run is being stopped")
}

/// Starts a pod that goes on until what it belongs to ends; comes back when it is ready.
async fn daemon(engine: &Rc<Engine>, ready: &Ready, node: &str) -> Outcome {
    let (tell, mut is_ready) = oneshot::channel();
    let pod = pod(engine, ready, node, Some(tell));
    let (id, own) = (pod.id, Rc::clone(engine));
    let name = node.to_owned();
    let (over, mut is_over) = oneshot::channel();
    let task = tokio::task::spawn_local(async move {
        let mut outcome = own.pool.run(pod).await.unwrap_or_else(|refusal| broken(&own, refusal));
        if outcome.phase != Phase::Error {
            // Somebody ends it: that is how it has to end.
            outcome = Outcome { phase: Phase::Succeeded, message: String::new(), ..outcome };
        }
        own.end(&name, Kind::Pod, &outcome);
        let _ = over.send(outcome);
    });
    tokio::select! {
        started = &mut is_ready => match started {
            Ok(()) => {
                ready.around.daemons.add(id, task);
                Outcome { is_daemon: true, ..Outcome::new(Phase::Succeeded, "") }
            }
            // It has ended before it was ready.
            Err(_) => is_over.await.unwrap_or_else(|_| Outcome::error("a task of the engine has died")),
        },
        outcome = &mut is_over => outcome.unwrap_or_else(|_| Outcome::error("a task of the engine has died")),
    }
}

/// How long a program may take.
fn limit(template: &Template) -> Result<Option<Duration>, String> {
    let timeout = template.timeout.as_deref().map(duration).transpose()?;
    let deadline =
        template.active_deadline_seconds.as_ref().map(|seconds| duration(&seconds.to_string())).transpose()?;
    Ok([timeout, deadline].into_iter().flatten().min())
}

fn pod(engine: &Engine, ready: &Ready, node: &str, tell: Option<oneshot::Sender<()>>) -> Pod {
    let id = engine.next.get();
    engine.next.set(id + 1);
    let spec = &engine.library.spec;
    let hosts = ready.template.other.get("hostAliases").and_then(|hosts| hosts.as_array());
    let claims = spec.volume_claim_templates.iter().filter_map(|claim| claim["metadata"]["name"].as_str());
    let claims = claims.map(|name| json!({"name": name, "claimOfRun": name}));
    Pod {
        id,
        name: pod_name(engine, &ready.template.name, node),
        workflow: engine.name.clone(),
        namespace: engine.namespace.clone(),
        template: Arc::clone(&ready.template),
        artifacts: ready.artifacts.clone(),
        volumes: ready.template.volumes.iter().chain(&spec.volumes).cloned().chain(claims).collect(),
        hosts: spec.host_aliases.iter().chain(hosts.into_iter().flatten()).cloned().collect(),
        run: engine.run.clone(),
        shared: engine.shared.clone(),
        sources: Arc::clone(&engine.sources),
        running: Arc::clone(&engine.running),
        ready: tell,
    }
}

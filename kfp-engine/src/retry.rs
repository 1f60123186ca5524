//! Attempts, as a `retryStrategy` wants them.

use crate::call::{Ready, attempt};
use crate::engine::Engine;
use crate::event::Kind;
use crate::expr::go_text;
use crate::leaf;
use crate::outcome::{Outcome, Phase};
use crate::scope::{Names, Unresolved, evaluate, substitute, substitute_text};
use kfp_core::argo::{Backoff, IntOrString, RetryStrategy};
use serde_json::Value;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Runs a template as often as it takes.
pub(crate) async fn attempts(engine: &Rc<Engine>, ready: &Ready) -> Outcome {
    let Some(strategy) = ready.template.retry_strategy.clone() else {
        return attempt(engine, ready, &ready.node).await;
    };
    let limit = match strategy.limit.as_ref().map(whole).transpose() {
        Ok(limit) => limit,
        Err(message) => return Outcome::error(message),
    };
    engine.begin(ready.node(&ready.node, Kind::Retry));
    let start = Instant::now();
    let mut outcome = until_well(engine, ready, &strategy, limit).await;
    outcome.seconds = start.elapsed().as_secs_f64();
    engine.end(&ready.node, Kind::Retry, &outcome);
    leaf::note_failure(engine, ready, &ready.node, &outcome);
    outcome
}

async fn until_well(engine: &Rc<Engine>, ready: &Ready, strategy: &RetryStrategy, limit: Option<u64>) -> Outcome {
    let start = Instant::now();
    let mut last: Option<Outcome> = None;
    for number in 0u64.. {
        let node = format!("{}({number})", ready.node);
        let names = variables(engine, ready, &node, number, last.as_ref());
        let template = match substitute(&*ready.template, &names, Unresolved::Stays) {
            Ok(template) => Arc::new(template),
            Err(message) => return Outcome::error(message),
        };
        let around = ready.around.inner(&ready.node, format!("{}({number})", ready.around.name));
        let once = Ready { around, ..ready.with(template) };
        let outcome = attempt(engine, &once, &node).await;
        if !outcome.phase.is_bad() || engine.stop.get().is_some() {
            return outcome;
        }
        if limit.is_some_and(|limit| number >= limit) {
            return Outcome { message: format!("No more retries left: {}", outcome.message), ..outcome };
        }
        let names = variables(engine, ready, &node, number, Some(&outcome));
        match is_wanted(strategy, &outcome, &names) {
            Ok(true) => {}
            Ok(false) => return outcome,
            Err(message) => return Outcome::error(message),
        }
        match wait(strategy.backoff.as_ref().filter(|_| limit.is_some()), number, start) {
            Ok(Some(time)) if !engine.before.contains_key(&format!("{}({})", ready.node, number + 1)) => {
                tokio::time::sleep(time).await;
            }
            Ok(Some(_)) => {}
            Ok(None) => {
                return Outcome { message: format!("Max duration limit exceeded: {}", outcome.message), ..outcome };
            }
            Err(message) => return Outcome::error(message),
        }
        last = Some(outcome);
    }
    Outcome::error("more attempts than can be counted")
}

fn whole(number: &IntOrString) -> Result<u64, String> {
    number.to_string().trim().parse().map_err(|_| format!("`{number}` is no number of retries"))
}

fn variables(engine: &Engine, ready: &Ready, node: &str, number: u64, last: Option<&Outcome>) -> Names {
    let default = |text: &str, value: Option<String>| value.unwrap_or_else(|| text.to_owned());
    let code = last.map(|last| last.outputs.exit_code.map_or_else(|| "-1".to_owned(), |code| code.to_string()));
    let mut names = engine.globals().at(node);
    names.insert("pod.name".to_owned(), leaf::pod_name(engine, &ready.template.name, node));
    names.insert("retries".to_owned(), number.to_string());
    names.insert("lastRetry.exitCode".to_owned(), default("0", code));
    names.insert("lastRetry.status".to_owned(), default("", last.map(|last| last.phase.to_string())));
    names.insert("lastRetry.duration".to_owned(), default("0", last.map(|last| format!("{:.0}", last.seconds))));
    names.insert("lastRetry.message".to_owned(), default("", last.map(|last| last.message.clone())));
    names
}

fn is_wanted(strategy: &RetryStrategy, outcome: &Outcome, names: &Names) -> Result<bool, String> {
    let default = if strategy.expression.is_some() { "Always" } else { "OnFailure" };
    let is_in_policy = match strategy.retry_policy.as_deref().unwrap_or(default) {
        "Always" => true,
        "OnError" => outcome.phase == Phase::Error,
        "OnTransientError" => false,
        _ => outcome.phase == Phase::Failed,
    };
    let Some(expression) = strategy.expression.as_deref().filter(|_| is_in_policy) else { return Ok(is_in_policy) };
    let text = substitute_text(expression, names, Unresolved::Stays)?;
    let wrong = |what: String| format!("`retryStrategy.expression: {expression}`: {what}");
    match evaluate(&text, names).map_err(|error| wrong(error.to_string()))? {
        Value::Bool(holds) => Ok(holds),
        other => Err(wrong(format!("`{}` is neither true nor false", go_text(&other)))),
    }
}

/// How long to wait before the next attempt; nothing if it would come too late.
fn wait(backoff: Option<&Backoff>, number: u64, start: Instant) -> Result<Option<Duration>, String> {
    let Some(backoff) = backoff else { return Ok(Some(Duration::ZERO)) };
    let time = |text: &Option<kfp_core::argo::AnyString>| text.as_ref().map(|text| leaf::duration(text)).transpose();
    let first = time(&backoff.duration)?.unwrap_or_default();
    let factor = backoff.factor.as_ref().map(whole).transpose()?.unwrap_or(1);
    let times = factor.saturating_pow(u32::try_from(number).unwrap_or(u32::MAX));
    let wait = first.saturating_mul(u32::try_from(times).unwrap_or(u32::MAX));
    let wait = time(&backoff.cap)?.map_or(wait, |cap| wait.min(cap));
    let is_late = time(&backoff.max_duration)?.is_some_and(|longest| start.elapsed() + wait > longest);
    Ok((!is_late).then_some(wait))
}

//! A template that sends a request, and says whether the answer is a success.

use crate::expr::{self, Expression};
use crate::outcome::{Outcome, Phase};
use crate::sources::Sources;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;
use std::time::Duration;
use ureq::Agent;
use ureq::http;
use ureq::tls::TlsConfig;

/// The most that is read of an answer, in bytes.
const LONGEST: u64 = 64 * 1024 * 1024;

/// What stands below `http`.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Request {
    method: String,
    url: String,
    headers: Vec<Header>,
    timeout_seconds: Option<u64>,
    success_condition: String,
    body: String,
    body_from: Option<BodyFrom>,
    insecure_skip_verify: bool,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Header {
    name: String,
    #[serde(default)]
    value: String,
    value_from: Option<ValueFrom>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ValueFrom {
    secret_key_ref: Option<Value>,
}

#[derive(Clone, Deserialize)]
struct BodyFrom {
    /// In base64.
    bytes: Option<String>,
}

/// Why it cannot be done here, as far as can be seen before it is done.
pub(crate) fn check(request: &Value, sources: &Sources) -> Result<(), String> {
    let read: Request = match serde_json::from_value(request.clone()) {
        Ok(read) => read,
        Err(_) if request.to_string().contains("{{") => return Ok(()),
        Err(error) => return Err(error.to_string()),
    };
    if !read.success_condition.is_empty() && !read.success_condition.contains("{{") {
        let condition = &read.success_condition;
        Expression::parse(condition).map_err(|error| format!("`successCondition: {condition}`: {error}"))?;
    }
    let is_later = |header: &&Header| {
        !json!(header.value_from.as_ref().map(|from| &from.secret_key_ref)).to_string().contains("{{")
    };
    read.headers.iter().filter(is_later).try_for_each(|header| header.text(sources).map(drop))
}

impl Header {
    fn text(&self, sources: &Sources) -> Result<String, String> {
        match self.value_from.as_ref().and_then(|from| from.secret_key_ref.as_ref()) {
            Some(reference) => {
                let found = sources
                    .secret_key(reference)
                    .map_err(|message| format!("the header `{}`: {message}", self.name))?;
                Ok(found.unwrap_or_default())
            }
            None => Ok(self.value.clone()),
        }
    }
}

/// Sends it, and waits for the answer, whose body is the result and the log in the folder.
pub(crate) fn send(request: &Value, sources: &Sources, folder: &Path) -> Outcome {
    let outcome = sent(request, sources).unwrap_or_else(Outcome::error);
    let text = outcome.outputs.result.as_deref().unwrap_or_default();
    // The log is for people; the result is in the journal.
    let _ = fs::create_dir_all(folder).and_then(|()| fs::write(folder.join("main.out"), text));
    outcome
}

fn sent(request: &Value, sources: &Sources) -> Result<Outcome, String> {
    let request: Request = serde_json::from_value(request.clone()).map_err(|error| error.to_string())?;
    let body = match request.body_from.as_ref().and_then(|from| from.bytes.as_ref()) {
        Some(bytes) => STANDARD.decode(bytes).map_err(|error| format!("`bodyFrom.bytes` is no base64: {error}"))?,
        None => request.body.clone().into_bytes(),
    };
    let mut headers = Vec::new();
    for header in &request.headers {
        headers.push((header.name.clone(), header.text(sources)?));
    }
    let method = if request.method.is_empty() { "GET" } else { &request.method };
    let mut whole = http::Request::builder().method(method).uri(&request.url);
    for (name, value) in &headers {
        whole = whole.header(name, value);
    }
    let wrong = |error: String| format!("{method} {}: {error}", request.url);
    let whole = whole.body(body.clone()).map_err(|error| wrong(error.to_string()))?;
    let mut answer = agent(&request).run(whole).map_err(|error| wrong(error.to_string()))?;
    let status = answer.status().as_u16();
    let given = grouped(
        answer
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())),
    );
    let read =
        answer.body_mut().with_config().limit(LONGEST).read_to_vec().map_err(|error| wrong(error.to_string()))?;
    let text = String::from_utf8_lossy(&read).into_owned();
    let variables = || {
        json!({
            "request": {
                "method": request.method, "url": request.url, "body": request.body, "bodyBytes": body,
                "headers": grouped(headers.into_iter()),
            },
            "response": {"statusCode": status, "body": text, "headers": given},
        })
    };
    let mut outcome = judged(&request.success_condition, status, variables)?;
    outcome.outputs.result = Some(text);
    Ok(outcome)
}

fn agent(request: &Request) -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .allow_non_standard_methods(true)
        .timeout_global(request.timeout_seconds.map(Duration::from_secs))
        .tls_config(TlsConfig::builder().disable_verification(request.insecure_skip_verify).build())
        .build()
        .into()
}

/// Without a condition, 200 to 299 are a success.
fn judged(condition: &str, status: u16, variables: impl FnOnce() -> Value) -> Result<Outcome, String> {
    let (holds, message) = if condition.is_empty() {
        ((200..300).contains(&status), format!("received non-2xx response code: {status}"))
    } else {
        let variables: Map<String, Value> = variables().as_object().cloned().unwrap_or_default();
        let wrong = |what: String| format!("`successCondition: {condition}`: {what}");
        let value = expr::evaluate(condition, &variables).map_err(|error| wrong(error.to_string()))?;
        let Value::Bool(holds) = value else { return Err(wrong("it is neither true nor false".to_owned())) };
        (holds, format!("successCondition '{condition}' evaluated false"))
    };
    Ok(if holds { Outcome::new(Phase::Succeeded, "") } else { Outcome::new(Phase::Failed, message) })
}

/// Headers as Go has them: a list for each name, whose words begin with capitals.
fn grouped(headers: impl Iterator<Item = (String, String)>) -> Value {
    let mut all = Map::new();
    for (name, value) in headers {
        let list = all.entry(capitals(&name)).or_insert_with(|| json!([]));
        list.as_array_mut().into_iter().for_each(|list| list.push(value.clone().into()));
    }
    Value::Object(all)
}

fn capitals(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters.map(|letter| letter.to_ascii_lowercase())).collect::<String>()
    };
    name.split('-').map(word).collect::<Vec<_>>().join("-")
}

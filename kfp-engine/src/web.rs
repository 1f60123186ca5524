//! Files of servers: artifacts that say `http` or `artifactory`.

use crate::pod::Pod;
use crate::sources::Sources;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::Value;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::Duration;
use ureq::tls::{Certificate, ClientCert, PrivateKey, TlsConfig};
use ureq::{Agent, RequestBuilder};

/// A file on a server, and how the server knows who asks.
#[derive(Deserialize)]
pub(crate) struct Request {
    url: String,
    #[serde(default)]
    headers: Vec<Header>,
    #[serde(default)]
    auth: Auth,
}

#[derive(Deserialize)]
struct Header {
    name: String,
    value: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Auth {
    basic_auth: Login,
    client_cert: Pair,
    oauth2: Token,
}

/// References to secrets.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Login {
    pub(crate) username_secret: Option<Value>,
    pub(crate) password_secret: Option<Value>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Pair {
    client_cert_secret: Option<Value>,
    client_key_secret: Option<Value>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Token {
    #[serde(rename = "clientIDSecret")]
    id: Option<Value>,
    #[serde(rename = "clientSecretSecret")]
    secret: Option<Value>,
    #[serde(rename = "tokenURLSecret")]
    url: Option<Value>,
    scopes: Vec<String>,
    #[serde(rename = "endpointParams")]
    parameters: Vec<Parameter>,
}

#[derive(Deserialize)]
struct Parameter {
    key: String,
    #[serde(default)]
    value: String,
}

/// A file of Artifactory.
#[derive(Deserialize)]
pub(crate) struct Artifactory {
    url: String,
    #[serde(flatten)]
    login: Login,
}

impl From<Artifactory> for Request {
    fn from(it: Artifactory) -> Self {
        let auth = Auth { basic_auth: it.login, ..Auth::default() };
        Self { url: it.url, headers: Vec::new(), auth }
    }
}

/// What a reference to a secret means; nothing if there is none.
pub(crate) fn secret(sources: &Sources, reference: Option<&Value>) -> Result<Option<String>, String> {
    // A file of a secret mostly ends its line.
    let text = |text: Option<String>| text.map(|text| text.strip_suffix('\n').map(str::to_owned).unwrap_or(text));
    reference.map_or(Ok(None), |reference| sources.secret_key(reference).map(text))
}

/// Why secrets are not there.
pub(crate) fn check(request: &Request, sources: &Sources) -> Result<(), String> {
    let auth = &request.auth;
    let login = [&auth.basic_auth.username_secret, &auth.basic_auth.password_secret];
    let pair = [&auth.client_cert.client_cert_secret, &auth.client_cert.client_key_secret];
    let token = [&auth.oauth2.id, &auth.oauth2.secret, &auth.oauth2.url];
    for reference in login.into_iter().chain(pair).chain(token) {
        secret(sources, reference.as_ref())?;
    }
    Ok(())
}

fn failed(error: impl std::fmt::Display) -> io::Error {
    io::Error::other(error.to_string())
}

/// An agent, and the header that says who asks.
fn agent(request: &Request, sources: &Sources) -> io::Result<(Agent, Option<String>)> {
    let known = |reference: &Option<Value>| secret(sources, reference.as_ref()).map_err(failed);
    let auth = &request.auth;
    let mut tls = TlsConfig::builder();
    let pair = (known(&auth.client_cert.client_cert_secret)?, known(&auth.client_cert.client_key_secret)?);
    if let (Some(certificate), Some(key)) = pair {
        let certificate = Certificate::from_pem(certificate.as_bytes()).map_err(failed)?;
        let key = PrivateKey::from_pem(key.as_bytes()).map_err(failed)?;
        tls = tls.client_cert(Some(ClientCert::new_with_certs(&[certificate], key)));
    }
    let limits = Agent::config_builder()
        .timeout_connect(Some(Duration::from_secs(30)))
        .timeout_recv_response(Some(Duration::from_mins(1)))
        .tls_config(tls.build());
    let agent: Agent = limits.build().into();
    let header = match (known(&auth.basic_auth.username_secret)?, known(&auth.basic_auth.password_secret)?) {
        (Some(name), Some(password)) => Some(basic(&name, &password)),
        _ => match (known(&auth.oauth2.id)?, known(&auth.oauth2.secret)?, known(&auth.oauth2.url)?) {
            (Some(id), Some(secret), Some(url)) => Some(token(&agent, &auth.oauth2, &id, &secret, &url)?),
            _ => None,
        },
    };
    Ok((agent, header))
}

fn basic(name: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{name}:{password}")))
}

/// The token that a server gives to this client, as a header.
fn token(agent: &Agent, it: &Token, id: &str, secret: &str, url: &str) -> io::Result<String> {
    let mut form = vec![("grant_type", "client_credentials")];
    let scopes = it.scopes.join(" ");
    if !scopes.is_empty() {
        form.push(("scope", &scopes));
    }
    form.extend(it.parameters.iter().map(|parameter| (parameter.key.as_str(), parameter.value.as_str())));
    let asked = agent.post(url).header("Authorization", basic(id, secret)).send_form(form.clone());
    // A server that does not read the header may read the form.
    let mut answer = asked.or_else(|_| {
        form.extend([("client_id", id), ("client_secret", secret)]);
        agent.post(url).send_form(form)
    });
    let text = answer.as_mut().map_err(|error| failed(format!("{url}: {error}")))?.body_mut().read_to_string();
    let read: Value = serde_json::from_str(&text.map_err(failed)?).map_err(failed)?;
    match read["access_token"].as_str() {
        Some(token) => Ok(format!("Bearer {token}")),
        None => Err(failed(format!("{url} gives no `access_token`"))),
    }
}

fn with_headers<B>(call: RequestBuilder<B>, request: &Request, who: Option<String>) -> RequestBuilder<B> {
    let call = request.headers.iter().fold(call, |call, it| call.header(&it.name, &it.value));
    who.into_iter().fold(call, |call, who| call.header("Authorization", who))
}

/// Puts what a server sends into a file.
pub(crate) fn load(pod: &Pod, request: &Request, to: &Path) -> io::Result<()> {
    let wrong = |error: &dyn std::fmt::Display| io::Error::other(format!("{}: {error}", request.url));
    let (agent, who) = agent(request, &pod.sources)?;
    let mut answer = with_headers(agent.get(&request.url), request, who).call().map_err(|error| wrong(&error))?;
    let mut content = answer.body_mut().as_reader();
    let (mut file, mut bytes) = (File::create(to)?, vec![0; 64 * 1024]);
    loop {
        if pod.running.is_told(pod.id) {
            return Err(io::Error::new(io::ErrorKind::Interrupted, "the run is being stopped"));
        }
        match content.read(&mut bytes).map_err(|error| wrong(&error))? {
            0 => return Ok(()),
            read => file.write_all(&bytes[..read])?,
        }
    }
}

/// Sends a file to a server.
pub(crate) fn save(pod: &Pod, request: &Request, from: &Path) -> io::Result<()> {
    let (agent, who) = agent(request, &pod.sources)?;
    let sent = with_headers(agent.put(&request.url), request, who).send(File::open(from)?);
    sent.map(drop).map_err(|error| io::Error::other(format!("{}: {error}", request.url)))
}

//! Addresses taken apart and put together as Go does.

use super::{ExprError, Result};
use serde_json::{Map, Value, json};

fn wrong<T>(text: &str, what: &str) -> Result<T> {
    Err(ExprError::Run(format!("unable to parse url: parse {text:?}: {what}")))
}

/// What may stand unescaped, beside letters, digits and `-_.~`.
const PATH: &str = "$&+,/:;=@";
const USER: &str = "$&+,;=";
const HOST: &str = "!$&'()*+,;=:[]<>\"";
const FRAGMENT: &str = "$&+,/:;=?@!()*";

fn escaped(text: &str, plain: &str) -> String {
    let one = |byte: u8| match char::from(byte) {
        c if c.is_ascii_alphanumeric() || "-_.~".contains(c) || byte.is_ascii() && plain.contains(c) => c.to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

fn unescaped(text: &str) -> Result<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if *first == b'%' {
            let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
            let byte = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
            let Some(byte) = byte.and_then(|digits| u8::from_str_radix(digits, 16).ok()) else {
                return wrong(text, "invalid URL escape");
            };
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The scheme and what follows it.
fn scheme(text: &str) -> Result<(String, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c));
    match end.filter(|end| text[*end..].starts_with(':')) {
        Some(0) => wrong(text, "missing protocol scheme"),
        Some(end) if text.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            Ok((text[..end].to_lowercase(), &text[end + 1..]))
        }
        _ => Ok((String::new(), text)),
    }
}

/// A name, with a password behind a colon, escaped as it has to be.
fn user(text: &str) -> Result<String> {
    let is_good = |c: char| c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c);
    if !text.chars().all(is_good) {
        return wrong(text, "net/url: invalid userinfo");
    }
    let part = |text: &str| unescaped(text).map(|text| escaped(&text, USER));
    match text.split_once(':') {
        Some((name, password)) => Ok(format!("{}:{}", part(name)?, part(password)?)),
        None => part(text),
    }
}

fn host(text: &str) -> Result<String> {
    let port = match text.rfind(']') {
        Some(end) => &text[end + 1..],
        None => text.find(':').map_or("", |colon| &text[colon..]),
    };
    if !port.is_empty() && !port.strip_prefix(':').is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit())) {
        return wrong(text, "invalid port after host");
    }
    let bad =
        |c: char| c == ' ' || c.is_ascii() && !c.is_ascii_alphanumeric() && !"-_.~%".contains(c) && !HOST.contains(c);
    if text.contains(bad) || text.starts_with('[') != text.contains(']') {
        return wrong(text, "invalid character in host name");
    }
    unescaped(text)
}

/// The name without brackets and port.
fn host_name(host: &str) -> &str {
    match (host.strip_prefix('['), host.rfind(']')) {
        (Some(rest), Some(end)) => &rest[..end - 1],
        _ => host.rsplit_once(':').map_or(host, |(name, _)| name),
    }
}

pub(super) fn parse(text: &str) -> Result<Value> {
    if text.contains(|c: char| c.is_ascii_control()) {
        return wrong(text, "invalid control character in URL");
    }
    let (whole, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (scheme, rest) = scheme(whole)?;
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut parts = json!({
        "scheme": scheme, "query": query, "fragment": unescaped(fragment)?,
        "host": "", "hostname": "", "path": "", "opaque": "", "userinfo": "",
    });
    if !rest.starts_with('/') && !scheme.is_empty() {
        parts["opaque"] = rest.into();
        return Ok(parts);
    }
    if !rest.starts_with('/') && rest.split('/').next().is_some_and(|first| first.contains(':')) {
        return wrong(text, "first path segment in URL cannot contain colon");
    }
    let mut path = rest;
    if let Some(after) = rest.strip_prefix("//").filter(|_| !scheme.is_empty() || !rest.starts_with("///")) {
        let (authority, below) = after.split_at(after.find('/').unwrap_or(after.len()));
        let (name, at) = authority.rsplit_once('@').unwrap_or(("", authority));
        let found = host(at)?;
        parts["hostname"] = host_name(&found).into();
        parts["host"] = found.into();
        parts["userinfo"] = user(name)?.into();
        path = below;
    }
    parts["path"] = unescaped(path)?.into();
    Ok(parts)
}

pub(super) fn join(parts: &Map<String, Value>) -> Result<String> {
    let part = |name: &str| match parts.get(name) {
        None => Ok(""),
        Some(Value::String(text)) => Ok(text.as_str()),
        Some(_) => Err(ExprError::Run(format!("unable to parse {name} key, must be of type string"))),
    };
    let [scheme, host, path, query, opaque, fragment, name] =
        ["scheme", "host", "path", "query", "opaque", "fragment", "userinfo"].map(part);
    let (scheme, host, path, name) = (scheme?, host?, path?, user(name?)?);
    let mut text = if scheme.is_empty() { String::new() } else { format!("{scheme}:") };
    let opaque = opaque?;
    if opaque.is_empty() {
        if (!scheme.is_empty() || !host.is_empty() || !name.is_empty())
            && (!host.is_empty() || !path.is_empty() || !name.is_empty())
        {
            text += "//";
        }
        if !name.is_empty() {
            text.extend([&name, "@"]);
        }
        text += &escaped(host, HOST);
        if !path.is_empty() && !path.starts_with('/') && !host.is_empty() {
            text.push('/');
        }
        if text.is_empty() && path.split('/').next().is_some_and(|first| first.contains(':')) {
            text += "./";
        }
        text += &if path == "*" { path.to_owned() } else { escaped(path, PATH) };
    } else {
        text += opaque;
    }
    let query = query?;
    if !query.is_empty() {
        text.extend(["?", query]);
    }
    let fragment = fragment?;
    if !fragment.is_empty() {
        text.extend(["#", &escaped(fragment, FRAGMENT)]);
    }
    Ok(text)
}

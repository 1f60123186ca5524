//! The functions of the sprig library that expressions call as `sprig.NAME`, without those that Argo takes away (they read
//! the environment) and those that make keys and certificates.

use super::chance::Chance;
use super::json::{go_text, to_json};
use super::operators::{number, whole};
use super::special::Special;
use super::versions::{self, Version};
use super::{
    ExprError, Result, builtins, failed, sprig_cases, sprig_ciphers, sprig_lists, sprig_lots, sprig_texts, sprig_types,
    urls,
};
use crate::quote::go_quoted as quoted;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

const NAMES: [&str; 66] = [
    "trim",
    "trimAll",
    "trimSuffix",
    "trimPrefix",
    "upper",
    "lower",
    "title",
    "untitle",
    "repeat",
    "substr",
    "nospace",
    "trunc",
    "contains",
    "hasPrefix",
    "hasSuffix",
    "quote",
    "squote",
    "cat",
    "indent",
    "nindent",
    "replace",
    "plural",
    "snakecase",
    "kebabcase",
    "camelcase",
    "join",
    "split",
    "splitList",
    "toString",
    "toStrings",
    "int",
    "int64",
    "float64",
    "atoi",
    "toDecimal",
    "add",
    "add1",
    "sub",
    "mul",
    "div",
    "mod",
    "max",
    "min",
    "floor",
    "ceil",
    "round",
    "until",
    "untilStep",
    "seq",
    "default",
    "empty",
    "coalesce",
    "ternary",
    "list",
    "has",
    "uniq",
    "dict",
    "get",
    "hasKey",
    "keys",
    "b64enc",
    "b64dec",
    "sha256sum",
    "toJson",
    "fromJson",
    "regexMatch",
];

pub(super) fn is_known(name: &str) -> bool {
    let is_plain = |name: &str| {
        NAMES.contains(&name)
            || sprig_types::is_known(name)
            || sprig_ciphers::is_known(name)
            || sprig_lots::is_known(name)
            || matches!(name, "semver" | "semverCompare" | "urlParse" | "urlJoin")
            || sprig_lists::is_known(name)
            || sprig_texts::is_known(name)
            || matches!(name, "regexReplaceAll" | "regexFind" | "fail" | "push")
    };
    is_plain(name) || without_must(name).is_some_and(|name| is_plain(&name))
}

/// `mustToJson` is `toJson` that says what is wrong, as all do here.
fn without_must(name: &str) -> Option<String> {
    let rest = name.strip_prefix("must").filter(|rest| {
        let words = [
            "Append", "Push", "Prepend", "First", "Rest", "Last", "Initial", "Reverse", "Uniq", "Without", "Has",
            "Slice",
        ];
        words.contains(rest)
            || ["Compact", "Chunk", "Merge", "MergeOverwrite", "DeepCopy", "FromJson", "ToJson"].contains(rest)
            || ["ToPrettyJson", "ToRawJson", "RegexMatch", "RegexFindAll", "RegexFind", "RegexSplit"].contains(rest)
            || ["RegexReplaceAll", "RegexReplaceAllLiteral"].contains(rest)
    })?;
    Some(capitals(rest, char::to_ascii_lowercase))
}

pub(super) fn call(name: &str, arguments: &[Value], chance: &Chance<'_>) -> Result<Value> {
    let plain = without_must(name);
    let name = match plain.as_deref().unwrap_or(name) {
        "push" => "append",
        name => name,
    };
    if sprig_lots::is_known(name) {
        return sprig_lots::call(name, arguments, chance);
    }
    if sprig_ciphers::is_known(name) {
        return sprig_ciphers::call(name, arguments);
    }
    if let Some(value) = sprig_types::call(name, arguments) {
        return Ok(value);
    }
    if sprig_lists::is_known(name)
        && let Some(value) = sprig_lists::call(name, arguments)
    {
        return Ok(value);
    }
    if sprig_texts::is_known(name)
        && let Some(result) = sprig_texts::call(name, arguments)
    {
        return result;
    }
    let texts: Vec<String> = arguments.iter().map(text).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    if let ("regexMatch", None, [pattern, text]) = (name, &plain, &texts[..]) {
        return Ok(regex(pattern).is_ok_and(|pattern| pattern.is_match(text)).into());
    }
    let found = numbers(name, arguments).or_else(|| strings(name, &texts)).or_else(|| values(name, arguments));
    if let Some(value) = found {
        return Ok(value);
    }
    match (name, arguments) {
        ("semver", [Value::String(text)]) => return Version::parse(text).map(|it| Special::Version(it).value()),
        ("urlParse", [Value::String(text)]) => return urls::parse(text),
        ("urlJoin", [Value::Object(parts)]) => return urls::join(parts).map(Value::from),
        _ => {}
    }
    match (name, &texts[..]) {
        ("semverCompare", [constraint, version]) => versions::holds(constraint, version).map(Value::from),
        ("b64dec", [text]) => builtins::from_base64(text),
        ("fromJson", [text]) => builtins::from_json(text),
        ("regexMatch", [pattern, text]) => regex(pattern).map(|pattern| pattern.is_match(text).into()),
        ("regexFind", [pattern, text]) => {
            regex(pattern).map(|pattern| pattern.find(text).map_or("", |found| found.as_str()).into())
        }
        ("regexReplaceAll", [pattern, text, new]) => {
            regex(pattern).map(|pattern| pattern.replace_all(text, *new).into_owned().into())
        }
        ("fail", [message]) => failed(*message),
        _ => failed(format!("`sprig.{name}` is called with the wrong arguments")),
    }
}

pub(super) fn text(value: &Value) -> String {
    if value.is_null() { String::new() } else { go_text(value) }
}

pub(super) fn regex(pattern: &str) -> Result<regex::Regex> {
    regex::Regex::new(pattern).map_err(|error| ExprError::Run(format!("`{pattern}` is no pattern: {error}")))
}

/// Sprig takes anything for a number; what is none is 0.
#[expect(clippy::cast_possible_truncation, reason = "what sprig's conversion does")]
pub(super) fn number_of(value: &Value) -> i64 {
    match value {
        Value::String(text) => text.parse().unwrap_or(0),
        Value::Bool(value) => (*value).into(),
        _ => whole(value).or_else(|| value.as_f64().map(|float| float as i64)).unwrap_or(0),
    }
}

pub(super) fn float(value: &Value) -> f64 {
    value.as_str().map_or_else(|| value.as_f64(), |text| text.parse().ok()).unwrap_or(0.0)
}

fn numbers(name: &str, arguments: &[Value]) -> Option<Value> {
    let all = || arguments.iter().map(number_of);
    Some(match (name, arguments) {
        ("int" | "int64" | "atoi", [value]) => number_of(value).into(),
        ("toDecimal", [value]) => i64::from_str_radix(&text(value), 8).unwrap_or(0).into(),
        ("float64", [value]) => number(float(value)),
        ("add", _) => all().fold(0, i64::wrapping_add).into(),
        ("add1", [value]) => number_of(value).wrapping_add(1).into(),
        ("sub", [a, b]) => number_of(a).wrapping_sub(number_of(b)).into(),
        ("mul", _) => all().fold(1, i64::wrapping_mul).into(),
        ("div", [a, b]) => number_of(a).checked_div(number_of(b))?.into(),
        ("mod", [a, b]) => number_of(a).checked_rem(number_of(b))?.into(),
        ("max", _) => all().max()?.into(),
        ("min", _) => all().min()?.into(),
        ("floor", [value]) => number(float(value).floor()),
        ("ceil", [value]) => number(float(value).ceil()),
        ("round", [value, places, ..]) => {
            let scale = 10f64.powi(i32::try_from(number_of(places)).ok()?);
            number((float(value) * scale).round() / scale)
        }
        ("until", [end]) => steps(0, number_of(end), if number_of(end) < 0 { -1 } else { 1 })?,
        ("untilStep", [start, end, step]) => steps(number_of(start), number_of(end), number_of(step))?,
        ("seq", [end]) => sequence(1, None, number_of(end))?,
        ("seq", [start, end]) => sequence(number_of(start), None, number_of(end))?,
        ("seq", [start, step, end]) => sequence(number_of(start), Some(number_of(step)), number_of(end))?,
        _ => return None,
    })
}

fn steps(start: i64, end: i64, step: i64) -> Option<Value> {
    if step == 0 || end.checked_sub(start)?.checked_div(step)? > 1_000_000 {
        return None;
    }
    let next = |at: &i64| at.checked_add(step);
    let inside = |at: &i64| if step > 0 { *at < end } else { *at > end };
    Some(std::iter::successors(Some(start), next).take_while(inside).map(Value::from).collect())
}

/// Numbers from one up or down to another, which is the last.
fn sequence(start: i64, step: Option<i64>, end: i64) -> Option<Value> {
    let towards = if end < start { -1 } else { 1 };
    match step.unwrap_or(towards) {
        step if step.signum() == towards => Some(words(&steps(start, end.checked_add(towards)?, step)?)),
        _ => Some("".into()),
    }
}

fn words(list: &Value) -> Value {
    list.as_array().into_iter().flatten().map(go_text).collect::<Vec<_>>().join(" ").into()
}

fn strings(name: &str, arguments: &[&str]) -> Option<Value> {
    let count = |text: &str| text.parse::<i64>().ok();
    Some(match (name, arguments) {
        ("trim", [text]) => text.trim().into(),
        ("trimAll", [set, text]) => text.trim_matches(|c| set.contains(c)).into(),
        ("trimSuffix", [suffix, text]) => text.strip_suffix(suffix).unwrap_or(text).into(),
        ("trimPrefix", [prefix, text]) => text.strip_prefix(prefix).unwrap_or(text).into(),
        ("upper", [text]) => text.to_uppercase().into(),
        ("lower", [text]) => text.to_lowercase().into(),
        ("title", [text]) => title(text).into(),
        ("untitle", [text]) => capitals(text, char::to_ascii_lowercase).into(),
        ("repeat", [times, text]) => {
            let times = usize::try_from(count(times)?).ok()?;
            if times.saturating_mul(text.len()) > 1_000_000 {
                return None;
            }
            text.repeat(times).into()
        }
        ("substr", [from, to, text]) => {
            // In bytes, as in Go.
            let (from, to) = (count(from)?, count(to)?);
            let from_start = usize::try_from(from).unwrap_or(0);
            let to = usize::try_from(to).ok().filter(|to| from < 0 || *to <= text.len());
            let part = match to {
                None if from < 0 => return None,
                to => text.as_bytes().get(from_start..to.unwrap_or(text.len()))?,
            };
            String::from_utf8_lossy(part).into()
        }
        // Go takes bytes for letters here.
        ("nospace", [text]) => text.bytes().map(char::from).filter(|c| !c.is_whitespace()).collect::<String>().into(),
        ("trunc", [length, text]) => {
            // In bytes, as in Go.
            let length = count(length)?;
            let kept = usize::try_from(length.unsigned_abs()).ok()?.min(text.len());
            let skipped = if length < 0 { text.len() - kept } else { 0 };
            String::from_utf8_lossy(&text.as_bytes()[skipped..skipped + kept]).into()
        }
        ("contains", [part, text]) => text.contains(part).into(),
        ("hasPrefix", [prefix, text]) => text.starts_with(prefix).into(),
        ("hasSuffix", [suffix, text]) => text.ends_with(suffix).into(),
        ("indent", [width, text]) => indent(usize::try_from(count(width)?).ok()?, text)?.into(),
        ("nindent", [width, text]) => format!("\n{}", indent(usize::try_from(count(width)?).ok()?, text)?).into(),
        ("replace", [old, new, text]) => text.replace(old, new).into(),
        ("plural", [one, many, number]) => (if count(number)? == 1 { *one } else { *many }).into(),
        ("snakecase", [text]) => sprig_cases::connected(text, '_').into(),
        ("kebabcase", [text]) => sprig_cases::connected(text, '-').into(),
        ("camelcase", [text]) => sprig_cases::camel(text).into(),
        ("splitList", [separator, text]) => text.split(separator).map(Value::from).collect(),
        ("split", [separator, text]) => {
            let named = text.split(separator).enumerate().map(|(index, part)| (format!("_{index}"), part.into()));
            Value::Object(named.collect())
        }
        ("b64enc", [text]) => BASE64_STANDARD.encode(text).into(),
        ("sha256sum", [text]) => hex(&Sha256::digest(text)).into(),
        ("toString", [text]) => (*text).into(),
        _ => return None,
    })
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(super) fn capitals(text: &str, change: impl Fn(&char) -> char) -> String {
    let mut before = ' ';
    text.chars()
        .map(|c| {
            let changed = if before.is_whitespace() { change(&c) } else { c };
            before = c;
            changed
        })
        .collect()
}

fn indent(width: usize, text: &str) -> Option<String> {
    if width > 1000 {
        return None;
    }
    let pad = " ".repeat(width);
    Some(text.split('\n').map(|line| format!("{pad}{line}")).collect::<Vec<_>>().join("\n"))
}

/// The texts of a list, or of the one thing that there is.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter(|item| !item.is_null()).map(text).collect(),
        Value::Null => Vec::new(),
        value => vec![text(value)],
    }
}

/// As Go's `%q` prints it.
fn go_quoted(text: &str) -> String {
    format!("\"{}\"", quoted(text))
}

pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
    }
}

/// Letters at the start of words as capitals.
fn title(text: &str) -> String {
    let mut is_start = true;
    let mut made = String::new();
    for c in text.chars() {
        if is_start {
            made.extend(c.to_uppercase());
        } else {
            made.push(c);
        }
        is_start = if c.is_ascii() { !c.is_ascii_alphanumeric() && c != '_' } else { c.is_whitespace() };
    }
    made
}

/// The texts of what is there, joined.
fn joined(values: &[Value], one: impl Fn(&Value) -> String) -> Value {
    values.iter().filter(|value| !value.is_null()).map(one).collect::<Vec<_>>().join(" ").into()
}

fn values(name: &str, arguments: &[Value]) -> Option<Value> {
    Some(match (name, arguments) {
        ("quote", values) => joined(values, |value| go_quoted(&text(value))),
        ("squote", values) => joined(values, |value| format!("'{}'", text(value))),
        ("cat", values) => joined(values, text),
        ("default", [default, value]) => if is_empty(value) { default } else { value }.clone(),
        ("empty", [value]) => is_empty(value).into(),
        ("coalesce", values) => values.iter().find(|value| !is_empty(value)).cloned().unwrap_or_default(),
        ("ternary", [yes, no, Value::Bool(condition)]) => if *condition { yes } else { no }.clone(),
        ("list", items) => items.to_vec().into(),
        ("has", [value, Value::Array(items)]) => items.contains(value).into(),
        ("uniq", [items @ Value::Array(_)]) => return builtins::plain("uniq", std::slice::from_ref(items)).ok(),
        ("join", [Value::String(separator), items]) => texts(items).join(separator).into(),
        ("toStrings", [items]) => texts(items).into(),
        ("dict", pairs) => {
            let pairs = pairs.chunks(2).map(|pair| (text(&pair[0]), pair.get(1).cloned().unwrap_or_else(|| "".into())));
            Value::Object(pairs.collect::<Map<_, _>>())
        }
        ("get", [Value::Object(fields), Value::String(key)]) => fields.get(key).cloned().unwrap_or_else(|| "".into()),
        ("hasKey", [Value::Object(fields), Value::String(key)]) => fields.contains_key(key).into(),
        ("keys", maps) => {
            let keys = |map| builtins::plain("keys", std::slice::from_ref(map)).ok()?.as_array().cloned();
            maps.iter().map(keys).collect::<Option<Vec<_>>>()?.concat().into()
        }
        ("toJson", [value]) => to_json(value).into(),
        _ => return None,
    })
}

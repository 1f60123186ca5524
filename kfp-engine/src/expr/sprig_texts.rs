//! The functions of sprig over texts, paths, patterns and fractions.

use super::decimal::Decimal;
use super::operators::number;
use super::sprig::{capitals, float, hex, number_of, regex, text};
use super::{Result, base32, json};
use serde_json::Value;
use sha2::{Digest, Sha512};
use std::path::{Component, Path, PathBuf};

const NAMES: [&str; 36] = [
    "abbrevboth",
    "b32enc",
    "b32dec",
    "swapcase",
    "initials",
    "trimall",
    "abbrev",
    "splitn",
    "wrap",
    "wrapWith",
    "sha512sum",
    "adler32sum",
    "base",
    "dir",
    "ext",
    "clean",
    "isAbs",
    "osBase",
    "osDir",
    "osExt",
    "osClean",
    "osIsAbs",
    "regexFindAll",
    "regexSplit",
    "regexQuoteMeta",
    "regexReplaceAllLiteral",
    "toPrettyJson",
    "toRawJson",
    "add1f",
    "addf",
    "subf",
    "mulf",
    "divf",
    "maxf",
    "minf",
    "hello",
];

pub(super) fn is_known(name: &str) -> bool {
    NAMES.contains(&name)
}

pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Result<Value>> {
    let texts: Vec<String> = arguments.iter().map(text).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let found = on_numbers(name, arguments);
    let found = found.or_else(|| on_texts(name, &texts).or_else(|| on_paths(name, &texts)).map(Ok));
    match (name, arguments) {
        ("toPrettyJson", [value]) => Some(Ok(json::to_indented_json(value).into())),
        ("toRawJson", [value]) => Some(Ok(json::to_raw_json(value).into())),
        _ => found.or_else(|| on_patterns(name, arguments, &texts)),
    }
}

fn on_numbers(name: &str, arguments: &[Value]) -> Option<Result<Value>> {
    let all: Vec<f64> = arguments.iter().map(float).collect();
    let (first, rest) = all.split_first()?;
    let exact = |operator: char, rest: &[f64]| {
        let step = |sum: Decimal, next: &f64| sum.calculate(operator, Decimal::new(*next)?);
        Decimal::new(*first)?.calculate('+', Decimal::new(0.0)?).and_then(|first| rest.iter().try_fold(first, step))
    };
    let result = match name {
        "add1f" => exact('+', &[1.0]),
        "addf" => exact('+', rest),
        "subf" => exact('-', rest),
        "mulf" => exact('*', rest),
        "divf" => exact('/', rest),
        "maxf" => return Some(Ok(number(all.iter().copied().fold(f64::MIN, f64::max)))),
        "minf" => return Some(Ok(number(all.iter().copied().fold(f64::MAX, f64::min)))),
        _ => return None,
    };
    Some(result.map(|result| number(result.float())))
}

fn on_texts(name: &str, arguments: &[&str]) -> Option<Value> {
    Some(match (name, arguments) {
        ("hello", []) => "Hello!".into(),
        ("swapcase", [text]) => text.chars().map(swapped).collect::<String>().into(),
        // Of a letter of several bytes Go takes the first for a letter.
        ("initials", [text]) => {
            text.split_whitespace().map(|word| char::from(word.as_bytes()[0])).collect::<String>().into()
        }
        ("trimall", [set, text]) => text.trim_matches(|c| set.contains(c)).into(),
        ("abbrev", [width, text]) => abbreviated(0, width.parse().ok()?, text).into(),
        ("abbrevboth", [from, width, text]) => abbreviated(from.parse().ok()?, width.parse().ok()?, text).into(),
        ("b32enc", [text]) => base32::encoded(text.as_bytes()).into(),
        ("b32dec", [text]) => base32::decoded(text)
            .map_or_else(|error| error, |bytes| String::from_utf8_lossy(&bytes).into_owned())
            .into(),
        ("splitn", [separator, count, text]) => {
            let parts = text.splitn(count.parse().ok()?, separator).enumerate();
            Value::Object(parts.map(|(index, part)| (format!("_{index}"), part.into())).collect())
        }
        ("wrap", [width, text]) => wrapped(width.parse().ok()?, "\n", false, text).into(),
        ("wrapWith", [width, between, text]) => wrapped(width.parse().ok()?, between, true, text).into(),
        ("sha512sum", [text]) => hex(&Sha512::digest(text)).into(),
        ("adler32sum", [text]) => {
            let (a, b) = text.bytes().fold((1u32, 0u32), |(a, b), byte| {
                let a = (a + u32::from(byte)) % 65521;
                (a, (a + b) % 65521)
            });
            (b << 16 | a).to_string().into()
        }
        _ => return None,
    })
}

/// At most so many bytes of a text, from about a place on, with dots for what is left out.
fn abbreviated(from: i64, width: i64, text: &str) -> String {
    let (width, from) = (usize::try_from(width).unwrap_or(0), usize::try_from(from).unwrap_or(0));
    if width < 4 || from > 0 && width < 7 || text.len() <= width {
        return text.to_owned();
    }
    let part = |range: std::ops::Range<usize>| String::from_utf8_lossy(&text.as_bytes()[range]).into_owned();
    let from = from.min(text.len() - (width - 3));
    if from <= 4 {
        return format!("{}...", part(0..width - 3));
    }
    if from + width - 3 < text.len() {
        return format!("...{}...", part(from..from + width - 6));
    }
    format!("...{}", part(text.len() - (width - 3)..text.len()))
}

fn swapped(c: char) -> char {
    let other = if c.is_uppercase() { c.to_lowercase().next() } else { c.to_uppercase().next() };
    other.unwrap_or(c)
}

/// Lines of at most so many bytes; longer words are cut, or lines of their own.
fn wrapped(width: i64, between: &str, is_cut: bool, text: &str) -> String {
    let between = if between.is_empty() { "\n" } else { between };
    let width = usize::try_from(width).unwrap_or(1).max(1);
    let (bytes, mut lines, mut at) = (text.as_bytes(), Vec::new(), 0);
    while bytes.len() - at > width {
        if bytes[at] == b' ' {
            at += 1;
            continue;
        }
        let space = bytes[at..=at + width].iter().rposition(|byte| *byte == b' ').map(|space| at + space);
        let next = || bytes[at + width..].iter().position(|byte| *byte == b' ').map(|space| at + width + space);
        let (end, start) = match space {
            Some(space) => (space, space + 1),
            None if is_cut => (at + width, at + width),
            None => match next() {
                Some(space) => (space, space + 1),
                None => break,
            },
        };
        lines.push(&bytes[at..end]);
        at = start;
    }
    lines.push(&bytes[at..]);
    lines.iter().map(|line| String::from_utf8_lossy(line)).collect::<Vec<_>>().join(between)
}

fn on_paths(name: &str, arguments: &[&str]) -> Option<Value> {
    let [path] = arguments else { return None };
    // The same, but for the separator of the system, which is this one.
    let plain = name.strip_prefix("os").map(|rest| capitals(rest, char::to_ascii_lowercase));
    Some(match plain.as_deref().unwrap_or(name) {
        "isAbs" => path.starts_with('/').into(),
        "clean" => clean(path).into(),
        "base" if path.trim_end_matches('/').is_empty() => (if path.is_empty() { "." } else { "/" }).into(),
        "base" => path.trim_end_matches('/').rsplit('/').next()?.into(),
        "dir" => clean(path.rsplit_once('/').map_or("", |(dir, _)| if dir.is_empty() { "/" } else { dir })).into(),
        "ext" => {
            let name = path.rsplit('/').next()?;
            name.rfind('.').map_or("", |dot| &name[dot..]).into()
        }
        _ => return None,
    })
}

/// The shortest path that means the same.
fn clean(path: &str) -> String {
    let mut whole = PathBuf::new();
    for part in Path::new(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if whole.components().next_back().is_some_and(|last| matches!(last, Component::Normal(_))) =>
            {
                whole.pop();
            }
            Component::ParentDir if whole.has_root() => {}
            part => whole.push(part),
        }
    }
    if whole.as_os_str().is_empty() { ".".to_owned() } else { whole.to_string_lossy().into_owned() }
}

fn on_patterns(name: &str, arguments: &[Value], texts: &[&str]) -> Option<Result<Value>> {
    if let ("regexQuoteMeta", [text]) = (name, texts) {
        let mark = |c: char| if r"\.+*?()|[]{}^$".contains(c) { format!("\\{c}") } else { c.to_string() };
        return Some(Ok(text.chars().map(mark).collect::<String>().into()));
    }
    let [pattern, text, third] = texts else { return None };
    let pattern = match regex(pattern) {
        Ok(pattern) => pattern,
        Err(error) => return Some(Err(error)),
    };
    // Less than none is all.
    let count = usize::try_from(number_of(&arguments[2])).unwrap_or(usize::MAX);
    Some(Ok(match name {
        "regexFindAll" => pattern.find_iter(text).take(count).map(|found| Value::from(found.as_str())).collect(),
        "regexSplit" => pattern.splitn(text, count).map(Value::from).collect(),
        "regexReplaceAllLiteral" => pattern.replace_all(text, regex::NoExpand(third)).into_owned().into(),
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_cleaned_as_go_does() {
        for (path, wanted) in [("a//b/../c", "a/c"), ("", "."), ("/../a/.", "/a"), ("../a/..", ".."), ("./a/", "a")] {
            assert_eq!(clean(path), wanted, "{path}");
        }
        assert_eq!(on_paths("base", &["/"]), Some("/".into()));
    }
}

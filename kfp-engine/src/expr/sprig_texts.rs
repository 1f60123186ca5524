//! The functions of sprig over texts, paths, patterns and fractions.

use super::operators::number;
use super::sprig::{capitals, float, hex, number_of, regex, text};
use super::{Result, json};
use serde_json::Value;
use sha2::{Digest, Sha512};
use std::path::{Component, Path, PathBuf};

const NAMES: [&str; 33] = [
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
    let found = on_numbers(name, arguments).or_else(|| on_texts(name, &texts)).or_else(|| on_paths(name, &texts));
    match (name, arguments) {
        ("toPrettyJson", [value]) => Some(Ok(json::to_indented_json(value).into())),
        ("toRawJson", [value]) => Some(Ok(json::to_raw_json(value).into())),
        _ => found.map(Ok).or_else(|| on_patterns(name, arguments, &texts)),
    }
}

fn on_numbers(name: &str, arguments: &[Value]) -> Option<Value> {
    let all: Vec<f64> = arguments.iter().map(float).collect();
    let (first, rest) = all.split_first()?;
    Some(number(match name {
        "add1f" => first + 1.0,
        "addf" => all.iter().sum(),
        "subf" => rest.iter().fold(*first, |whole, part| whole - part),
        "mulf" => all.iter().product(),
        "divf" => rest.iter().fold(*first, |whole, part| whole / part),
        "maxf" => all.iter().copied().fold(f64::MIN, f64::max),
        "minf" => all.iter().copied().fold(f64::MAX, f64::min),
        _ => return None,
    }))
}

fn on_texts(name: &str, arguments: &[&str]) -> Option<Value> {
    Some(match (name, arguments) {
        ("hello", []) => "Hello!".into(),
        ("swapcase", [text]) => text.chars().map(swapped).collect::<String>().into(),
        ("initials", [text]) => {
            text.split_whitespace().filter_map(|word| word.chars().next()).collect::<String>().into()
        }
        ("trimall", [set, text]) => text.trim_matches(|c| set.contains(c)).into(),
        ("abbrev", [width, text]) => {
            let width: usize = width.parse().ok()?;
            if width < 4 || text.chars().count() <= width {
                return Some((*text).into());
            }
            format!("{}...", text.chars().take(width - 3).collect::<String>()).into()
        }
        ("splitn", [separator, count, text]) => {
            let parts = text.splitn(count.parse().ok()?, separator).enumerate();
            Value::Object(parts.map(|(index, part)| (format!("_{index}"), part.into())).collect())
        }
        ("wrap", [width, text]) => wrapped(width.parse().ok()?, "\n", text).into(),
        ("wrapWith", [width, between, text]) => wrapped(width.parse().ok()?, between, text).into(),
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

fn swapped(c: char) -> char {
    if c.is_ascii_uppercase() { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() }
}

/// Lines of so many characters, if no word is longer.
fn wrapped(width: usize, between: &str, text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join(between)
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
        return Some(Ok(regex::escape(text).into()));
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

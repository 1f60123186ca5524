//! What a loop goes over.

use crate::expr::{as_written, to_json};
use crate::scope::Names;
use kfp_core::argo::{IntOrString, Sequence, Task};
use serde_json::Value;

/// The items of a task, if it is a loop.
pub(crate) fn of(task: &Task) -> Result<Option<Vec<Value>>, String> {
    if let Some(text) = &task.with_param {
        let parsed: Result<Vec<Value>, _> = serde_json::from_str(text.trim());
        return parsed.map(Some).map_err(|_| format!("withParam value could not be parsed as a JSON list: {text}"));
    }
    if let Some(sequence) = &task.with_sequence {
        return numbers(sequence).map(Some);
    }
    // Argo reads the manifest as Go reads YAML: `1.0` there is `1`.
    let read = |item: &Value| serde_json::from_str(&to_json(item)).unwrap_or_else(|_| item.clone());
    Ok((!task.with_items.is_empty()).then(|| task.with_items.iter().map(read).collect()))
}

/// Whether a task is a loop.
pub(crate) fn is_loop(task: &Task) -> bool {
    task.with_param.is_some() || task.with_sequence.is_some() || !task.with_items.is_empty()
}

fn numbers(sequence: &Sequence) -> Result<Vec<Value>, String> {
    let number = |field: &str, number: &Option<IntOrString>| match number {
        None => Ok(None),
        Some(number) => number
            .to_string()
            .trim()
            .parse::<i64>()
            .map(Some)
            .map_err(|_| format!("withSequence.{field}: `{number}` is no whole number")),
    };
    let start = number("start", &sequence.start)?.unwrap_or(0);
    let (count, end) = (number("count", &sequence.count)?, number("end", &sequence.end)?);
    let end = match (count, end) {
        (Some(count), _) if count <= 0 => return Ok(Vec::new()),
        (Some(count), _) => start.saturating_add(count - 1),
        (None, Some(end)) => end,
        (None, None) => return Err("withSequence needs `count` or `end`".to_owned()),
    };
    if start.abs_diff(end) > 1_000_000 {
        return Err("withSequence makes more than a million items".to_owned());
    }
    let format = sequence.format.as_deref().unwrap_or("%d");
    let text = |number: i64| printed(format, number).map(Value::from);
    if start <= end { (start..=end).map(text).collect() } else { (end..=start).rev().map(text).collect() }
}

/// `printf` for one whole number.
fn printed(format: &str, number: i64) -> Result<String, String> {
    let unknown = || format!("withSequence.format: `{format}` is not understood");
    let Some((before, rest)) = format.split_once('%') else { return Ok(format.to_owned()) };
    let end = rest.find(|c: char| c.is_ascii_alphabetic()).ok_or_else(unknown)?;
    let (flags, verb, after) = (&rest[..end], &rest[end..=end], &rest[end + 1..]);
    let digits = match verb {
        "d" => number.to_string(),
        "x" => format!("{number:x}"),
        "X" => format!("{number:X}"),
        "o" => format!("{number:o}"),
        "b" => format!("{number:b}"),
        _ => return Err(unknown()),
    };
    let is_zero = flags.starts_with('0');
    let is_left = flags.starts_with('-');
    let width: usize = flags.trim_start_matches(['0', '-', '+']).parse().unwrap_or(0);
    if width > 1000 {
        return Err(unknown());
    }
    let padded = match (is_left, is_zero, digits.strip_prefix('-')) {
        (true, ..) => format!("{digits:<width$}"),
        (_, true, Some(positive)) => format!("-{positive:0>width$}", width = width.saturating_sub(1)),
        (_, true, None) => format!("{digits:0>width$}"),
        _ => format!("{digits:>width$}"),
    };
    Ok(format!("{before}{padded}{}", after.replace("%%", "%")))
}

/// The variables of one round.
pub(crate) fn variables(item: &Value) -> Names {
    let mut names = Names::from([("item".to_owned(), text(item))]);
    if let Value::Object(fields) = item {
        names.extend(fields.iter().map(|(key, value)| (format!("item.{key}"), text(value))));
    }
    if let Value::Array(items) = item {
        names.extend(items.iter().enumerate().map(|(index, value)| (format!("item.[{index}]"), text(value))));
    }
    names
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| as_written(value), str::to_owned)
}

/// What stands between the parentheses of the name of a round.
pub(crate) fn label(index: usize, item: &Value) -> String {
    let text = match item {
        Value::Object(fields) => {
            let mut pairs: Vec<_> = fields.iter().map(|(key, value)| format!("{key}:{}", text(value))).collect();
            pairs.sort();
            pairs.join(",")
        }
        item => text(item),
    };
    format!("{index}:{}", text.replace(['(', ')'], ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences() {
        let of = |start: &str, end: &str, format: &str| {
            let sequence = Sequence {
                start: Some(start.into()),
                end: Some(end.into()),
                format: Some(format.to_owned()),
                ..Sequence::default()
            };
            to_json(&Value::from(numbers(&sequence).expect("numbers")))
        };
        assert_eq!(of("1", "3", "%d"), r#"["1","2","3"]"#);
        assert_eq!(of("2", "0", "t%03X"), r#"["t002","t001","t000"]"#);
        let none = Sequence { count: Some("0".into()), ..Sequence::default() };
        assert_eq!(numbers(&none), Ok(Vec::new()));
    }
}

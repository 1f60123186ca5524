//! The date functions of sprig.

use super::{Result, failed};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde_json::Value;

pub(super) fn is_known(name: &str) -> bool {
    matches!(name, "now" | "date" | "dateInZone" | "unixEpoch" | "htmlDate")
}

/// A time is passed on as its RFC 3339 text. Argo's variables are text too, and sprig takes a text for no time: it
/// prints the current one.
pub(super) fn call(name: &str, arguments: &[Value]) -> Result<Value> {
    let now = Timestamp::now();
    let moment = |value: &Value| match value {
        Value::Number(seconds) => {
            seconds.as_i64().and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or(now)
        }
        Value::String(text) => text.strip_prefix(MARK).and_then(|text| text.parse().ok()).unwrap_or(now),
        _ => now,
    };
    let zone = |name: &str| TimeZone::get(name).unwrap_or(TimeZone::UTC);
    Ok(match (name, arguments) {
        ("now", []) => format!("{MARK}{now}").into(),
        ("date", [Value::String(layout), value]) => format(layout, &moment(value).to_zoned(TimeZone::UTC)).into(),
        ("dateInZone", [Value::String(layout), value, Value::String(name)]) => {
            format(layout, &moment(value).to_zoned(zone(name))).into()
        }
        ("htmlDate", [value]) => format("2006-01-02", &moment(value).to_zoned(TimeZone::UTC)).into(),
        ("unixEpoch", [value]) => moment(value).as_second().to_string().into(),
        _ => return failed(format!("`sprig.{name}` is called with the wrong arguments")),
    })
}

/// Tells a time that `now()` gave from a text that looks like one.
const MARK: &str = "\u{1}time ";

/// Go's layouts by example, and what `strftime` calls them; longest first.
const PARTS: [(&str, &str); 30] = [
    ("January", "%B"),
    ("Monday", "%A"),
    ("-07:00", "%:z"),
    ("Z07:00", "%:z"),
    ("-0700", "%z"),
    (".000000", ".%6f"),
    (".000", ".%3f"),
    ("2006", "%Y"),
    ("Jan", "%b"),
    ("Mon", "%a"),
    ("MST", "%Z"),
    ("002", "%j"),
    ("01", "%m"),
    ("02", "%d"),
    ("03", "%I"),
    ("04", "%M"),
    ("05", "%S"),
    ("06", "%y"),
    ("15", "%H"),
    ("PM", "%p"),
    ("pm", "%P"),
    ("_2", "%e"),
    ("1", "%-m"),
    ("2", "%-d"),
    ("3", "%-I"),
    ("4", "%-M"),
    ("5", "%-S"),
    ("%", "%%"),
    ("T", "T"),
    ("Z", "Z"),
];

fn format(layout: &str, time: &Zoned) -> String {
    let mut pattern = String::new();
    let mut rest = layout;
    while let Some(first) = rest.chars().next() {
        let (length, part) = match PARTS.iter().find(|(example, _)| rest.starts_with(example)) {
            Some((example, part)) => (example.len(), (*part).to_owned()),
            None => (first.len_utf8(), first.to_string()),
        };
        pattern.push_str(&part);
        rest = &rest[length..];
    }
    time.strftime(&pattern).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_are_read_by_example() {
        let time: Zoned = "2024-03-09T07:05:01+00:00[UTC]".parse().expect("a time");
        assert_eq!(format("2006-01-02T15:04:05Z", &time), "2024-03-09T07:05:01Z");
        assert_eq!(format("Mon, 2 Jan 06 3:04PM", &time), "Sat, 9 Mar 24 7:05AM");
    }
}

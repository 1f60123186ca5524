//! The functions of the language and of sprig that are about times.

use super::chance::Chance;
use super::go_layout::format;
use super::go_time::{GoTime, Zone};
use super::special::{self, Special};
use super::{Result, failed, go_duration, go_parse};
use jiff::Timestamp;
use serde_json::Value;

const SPRIG: [&str; 15] = [
    "now",
    "ago",
    "date",
    "dateInZone",
    "date_in_zone",
    "dateModify",
    "date_modify",
    "mustDateModify",
    "must_date_modify",
    "duration",
    "durationRound",
    "htmlDate",
    "htmlDateInZone",
    "toDate",
    "mustToDate",
];

pub(super) fn is_known(name: &str) -> bool {
    match name.strip_prefix("sprig.") {
        Some(name) => SPRIG.contains(&name) || name == "unixEpoch",
        None => matches!(name, "now" | "date" | "duration" | "timezone"),
    }
}

/// The layouts that `date` tries.
const LAYOUTS: [&str; 7] = [
    "2006-01-02",
    "15:04:05",
    "2006-01-02 15:04:05",
    "2006-01-02T15:04:05Z07:00",
    "02 Jan 06 15:04 MST",
    "Monday, 02-Jan-06 15:04:05 MST",
    "Mon, 02 Jan 2006 15:04:05 MST",
];

pub(super) fn call(name: &str, arguments: &[Value], chance: &Chance<'_>) -> Result<Value> {
    let zone = arguments.first().and_then(Special::of).and_then(|first| match first {
        Special::Zone(zone) => Some(zone),
        _ => None,
    });
    let rest = &arguments[usize::from(zone.is_some())..];
    let now = || GoTime::utc(chance.now());
    let time = |time: GoTime| Ok(Special::Time(time).value());
    match (name, rest) {
        ("now", []) => time(now().within(zone.unwrap_or(Zone::Utc))),
        ("duration", [Value::String(text)]) => go_duration::parse(text).map(|nanos| Special::Duration(nanos).value()),
        ("timezone", [Value::String(name)]) => Zone::load(name).map(|zone| Special::Zone(zone).value()),
        ("date", [Value::String(text)]) => {
            let found = LAYOUTS.iter().find_map(|layout| go_parse::parse(layout, text, zone.as_ref()).ok());
            found.map_or_else(|| failed(format!("invalid date {text}")), time)
        }
        ("date", [Value::String(text), Value::String(layout)]) => {
            go_parse::parse(layout, text, zone.as_ref()).and_then(time)
        }
        ("date", [Value::String(text), Value::String(layout), Value::String(name)]) => {
            go_parse::parse(layout, text, Some(&Zone::load(name)?)).and_then(time)
        }
        _ => match name.strip_prefix("sprig.") {
            Some(name) => on_sprig(name, arguments, &now),
            None => failed(format!("`{name}` is called with the wrong arguments")),
        },
    }
}

/// A time, or seconds since 1970; anything else is now.
fn moment(value: &Value, now: &impl Fn() -> GoTime) -> GoTime {
    let seconds = value.as_i64().and_then(|seconds| Timestamp::from_second(seconds).ok());
    special::time(value).ok().or_else(|| seconds.map(GoTime::utc)).unwrap_or_else(now)
}

fn on_sprig(name: &str, arguments: &[Value], now: &impl Fn() -> GoTime) -> Result<Value> {
    let shown = |layout: &str, value: &Value, zone: &str| {
        let zone = Zone::load(zone).unwrap_or(Zone::Utc);
        Ok(format(&moment(value, now).within(zone), layout).into())
    };
    let time = |time: GoTime| Ok(Special::Time(time).value());
    match (name, arguments) {
        ("now", []) => time(now()),
        ("date", [Value::String(layout), value]) => shown(layout, value, "UTC"),
        ("dateInZone" | "date_in_zone", [Value::String(layout), value, Value::String(zone)]) => {
            shown(layout, value, zone)
        }
        ("htmlDate", [value]) => shown("2006-01-02", value, "UTC"),
        ("htmlDateInZone", [value, Value::String(zone)]) => shown("2006-01-02", value, zone),
        ("unixEpoch", [value]) => Ok(special::time(value)?.seconds().to_string().into()),
        ("toDate", [Value::String(layout), Value::String(text)]) => {
            time(go_parse::parse(layout, text, None).unwrap_or_else(|_| GoTime::zero()))
        }
        ("mustToDate", [Value::String(layout), Value::String(text)]) => {
            go_parse::parse(layout, text, None).and_then(time)
        }
        ("dateModify" | "date_modify", [Value::String(by), value]) => {
            let at = special::time(value)?;
            time(go_duration::parse(by).and_then(|nanos| at.plus(nanos)).unwrap_or(at))
        }
        ("mustDateModify" | "must_date_modify", [Value::String(by), value]) => {
            special::time(value)?.plus(go_duration::parse(by)?).and_then(time)
        }
        ("ago", [value]) => {
            let since = now().since(&moment(value, now));
            Ok(go_duration::text(go_duration::rounded(since, 1_000_000_000)).into())
        }
        ("duration", [value]) => {
            // Of numbers only those that sprig itself has made; they come here as texts.
            let seconds = value.as_str().and_then(|text| text.parse::<i64>().ok()).unwrap_or(0);
            Ok(go_duration::text(seconds.wrapping_mul(1_000_000_000)).into())
        }
        ("durationRound", [value]) => {
            let nanos = match value {
                Value::String(text) => go_duration::parse(text).unwrap_or(0),
                value => special::time(value).map_or(0, |time| now().since(&time)),
            };
            Ok(go_duration::in_one_unit(nanos).into())
        }
        _ => failed(format!("`sprig.{name}` is called with the wrong arguments")),
    }
}

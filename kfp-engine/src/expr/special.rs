//! Values that JSON has no form for: times, durations, zones, months, weekdays and versions.
//!
//! Among the other values each is an object with one field that no manifest writes.

use super::go_layout::{self, MONTHS, WEEKDAYS};
use super::go_time::{GoTime, Zone};
use super::versions::Version;
use super::{ExprError, Result, go_duration};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::cmp::Ordering;

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Special {
    Time(GoTime),
    /// Nanoseconds.
    Duration(i64),
    Zone(Zone),
    /// From 1.
    Month(i64),
    /// From 0, which is Sunday.
    Weekday(i64),
    Version(Version),
}

const FIELD: &str = "\u{1}special";

impl Special {
    pub(super) fn of(value: &Value) -> Option<Self> {
        let fields = value.as_object().filter(|fields| fields.len() == 1)?.get(FIELD)?;
        let whole = &fields[1];
        Some(match fields[0].as_str()? {
            "time" => {
                let at = Timestamp::new(whole.as_i64()?, i32::try_from(fields[2].as_i64()?).ok()?).ok()?;
                Self::Time(GoTime { at, zone: zone(&fields[3])? })
            }
            "duration" => Self::Duration(whole.as_i64()?),
            "zone" => Self::Zone(zone(whole)?),
            "month" => Self::Month(whole.as_i64()?),
            "weekday" => Self::Weekday(whole.as_i64()?),
            "version" => Self::Version(Version::parse(whole.as_str()?).ok()?),
            _ => return None,
        })
    }

    pub(super) fn value(&self) -> Value {
        let inner = match self {
            Self::Time(time) => {
                json!(["time", time.at.as_second(), time.at.subsec_nanosecond(), zone_value(&time.zone)])
            }
            Self::Duration(nanos) => json!(["duration", nanos]),
            Self::Zone(zone) => json!(["zone", zone_value(zone)]),
            Self::Month(number) => json!(["month", number]),
            Self::Weekday(number) => json!(["weekday", number]),
            Self::Version(version) => json!(["version", version.original]),
        };
        json!({ FIELD: inner })
    }

    /// As Go's `%v` prints it.
    pub(super) fn text(&self) -> String {
        let listed = |names: &[&str], index: i64| {
            usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default().to_owned()
        };
        match self {
            Self::Time(time) => go_layout::format(time, "2006-01-02 15:04:05.999999999 -0700 MST"),
            Self::Duration(nanos) => go_duration::text(*nanos),
            Self::Zone(zone) => zone.name().to_owned(),
            Self::Month(number) => listed(&MONTHS, number - 1),
            Self::Weekday(number) => listed(&WEEKDAYS, *number),
            Self::Version(version) => version.to_string(),
        }
    }

    /// What it is in JSON.
    pub(super) fn plain(&self) -> Value {
        match self {
            Self::Time(time) => go_layout::format(time, go_layout::RFC3339_NANO).into(),
            Self::Duration(number) | Self::Month(number) | Self::Weekday(number) => (*number).into(),
            Self::Zone(_) => json!({}),
            Self::Version(version) => version.to_string().into(),
        }
    }

    /// The name of its type in Go.
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Time(_) => "time.Time",
            Self::Duration(_) => "time.Duration",
            Self::Zone(_) => "*time.Location",
            Self::Month(_) => "time.Month",
            Self::Weekday(_) => "time.Weekday",
            Self::Version(_) => "*semver.Version",
        }
    }

    /// The kind of its type in Go.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Time(_) => "struct",
            Self::Duration(_) => "int64",
            Self::Zone(_) | Self::Version(_) => "ptr",
            Self::Month(_) | Self::Weekday(_) => "int",
        }
    }
}

fn zone_value(zone: &Zone) -> Value {
    match zone {
        Zone::Utc => Value::Null,
        Zone::Named(name) => name.as_str().into(),
        Zone::Fixed(name, offset) => json!([name, offset]),
    }
}

fn zone(value: &Value) -> Option<Zone> {
    Some(match value {
        Value::Null => Zone::Utc,
        Value::String(name) => Zone::Named(name.clone()),
        fixed => Zone::Fixed(fixed[0].as_str()?.to_owned(), i32::try_from(fixed[1].as_i64()?).ok()?),
    })
}

/// Which of two comes first, and `None` where that makes no sense.
pub(super) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (Special::of(left)?, Special::of(right)?) {
        (Special::Time(a), Special::Time(b)) => Some(a.at.cmp(&b.at)),
        (Special::Duration(a), Special::Duration(b)) => Some(a.cmp(&b)),
        _ => None,
    }
}

/// `+`, `-` and `*` with times and durations; nothing where that makes no sense.
pub(super) fn arithmetic(operator: &str, left: &Value, right: &Value) -> Option<Result<Value>> {
    use Special::{Duration, Time};
    let time = |time: Result<GoTime>| time.map(|time| Time(time).value());
    let duration = |nanos: i64| Ok(Duration(nanos).value());
    Some(match (operator, Special::of(left), Special::of(right)) {
        ("+", Some(Time(at)), Some(Duration(nanos))) | ("+", Some(Duration(nanos)), Some(Time(at))) => {
            time(at.plus(nanos))
        }
        ("-", Some(Time(at)), Some(Duration(nanos))) => time(at.plus(nanos.wrapping_neg())),
        ("-", Some(Time(a)), Some(Time(b))) => duration(a.since(&b)),
        ("+", Some(Duration(a)), Some(Duration(b))) => duration(a.wrapping_add(b)),
        ("-", Some(Duration(a)), Some(Duration(b))) => duration(a.wrapping_sub(b)),
        ("*", Some(Duration(a)), Some(Duration(b))) => duration(a.wrapping_mul(b)),
        ("*", Some(Duration(nanos)), None) => times(nanos, right)?,
        ("*", None, Some(Duration(nanos))) => times(nanos, left)?,
        _ => return None,
    })
}

fn times(nanos: i64, factor: &Value) -> Option<Result<Value>> {
    let factor = factor.as_number()?;
    #[expect(clippy::cast_precision_loss, reason = "what Go's conversion does")]
    let product = match factor.as_i64() {
        Some(whole) => nanos.wrapping_mul(whole),
        None => return Some(Ok(super::operators::number(factor.as_f64()? * nanos as f64))),
    };
    Some(Ok(Special::Duration(product).value()))
}

pub(super) fn time(value: &Value) -> Result<GoTime> {
    match Special::of(value) {
        Some(Special::Time(time)) => Ok(time),
        _ => Err(ExprError::Run(format!("cannot use {} as a time", super::json::type_name(value)))),
    }
}

pub(super) fn duration(value: &Value) -> Result<i64> {
    match Special::of(value) {
        Some(Special::Duration(nanos)) => Ok(nanos),
        _ => Err(ExprError::Run(format!("cannot use {} as a duration", super::json::type_name(value)))),
    }
}

//! Methods of times and what belongs to them: `now().Year()`, `duration("1h").Seconds()`.

use super::go_layout;
use super::go_time::{GoTime, Zone};
use super::json::type_name;
use super::operators::{number, whole};
use super::special::{self, Special};
use super::versions::Version;
use super::{ExprError, Result, failed, go_duration};
use jiff::civil::ISOWeekDate;
use serde_json::{Value, json};

pub(super) fn call(base: &Value, name: &str, arguments: &[Value]) -> Result<Value> {
    let found = match Special::of(base) {
        Some(Special::Time(time)) => on_time(&time, name, arguments),
        Some(Special::Duration(nanos)) => on_duration(nanos, name, arguments),
        Some(Special::Version(version)) => on_version(&version, name, arguments),
        Some(it) if name == "String" && arguments.is_empty() => Some(Ok(it.text().into())),
        _ => None,
    };
    found.unwrap_or_else(|| failed(format!("cannot call `{name}` of {} with these arguments", type_name(base))))
}

fn integer(value: &Value) -> Result<i64> {
    whole(value).ok_or_else(|| ExprError::Run(format!("cannot use {} as a whole number", type_name(value))))
}

fn on_time(time: &GoTime, name: &str, arguments: &[Value]) -> Option<Result<Value>> {
    let date = time.shown().date;
    let nanos = time.at.as_nanosecond();
    let told = |time: Result<GoTime>| time.map(|time| Special::Time(time).value());
    let week = |week: ISOWeekDate| json!([week.year(), week.week()]);
    Some(match (name, arguments) {
        ("Year", []) => Ok(date.year().into()),
        ("Month", []) => Ok(Special::Month(date.month().into()).value()),
        ("Day", []) => Ok(date.day().into()),
        ("YearDay", []) => Ok(date.day_of_year().into()),
        ("Weekday", []) => Ok(Special::Weekday(date.weekday().to_sunday_zero_offset().into()).value()),
        ("ISOWeek", []) => Ok(week(date.date().iso_week_date())),
        ("Hour", []) => Ok(date.hour().into()),
        ("Minute", []) => Ok(date.minute().into()),
        ("Second", []) => Ok(date.second().into()),
        ("Nanosecond", []) => Ok(date.subsec_nanosecond().into()),
        ("Unix", []) => Ok(time.seconds().into()),
        ("UnixMilli", []) => Ok(i64::try_from(nanos.div_euclid(1_000_000)).unwrap_or_default().into()),
        ("UnixMicro", []) => Ok(i64::try_from(nanos.div_euclid(1_000)).unwrap_or_default().into()),
        ("UnixNano", []) => Ok(i64::try_from(nanos).unwrap_or_default().into()),
        ("Format", [Value::String(layout)]) => Ok(go_layout::format(time, layout).into()),
        ("String", []) => Ok(Special::Time(time.clone()).text().into()),
        ("IsZero", []) => Ok((time.at == GoTime::zero().at).into()),
        ("UTC" | "Local", []) => told(Ok(time.within(Zone::Utc))),
        ("Location", []) => Ok(Special::Zone(time.zone.clone()).value()),
        ("In", [zone]) => match Special::of(zone)? {
            Special::Zone(zone) => told(Ok(time.within(zone))),
            _ => return None,
        },
        ("Add", [by]) => told(special::duration(by).and_then(|nanos| time.plus(nanos))),
        ("AddDate", [years, months, days]) => {
            told((|| time.plus_date(integer(years)?, integer(months)?, integer(days)?))())
        }
        ("Truncate", [to]) => told(special::duration(to).and_then(|nanos| time.truncated(nanos))),
        ("Round", [to]) => told(special::duration(to).and_then(|nanos| time.rounded(nanos))),
        ("Sub", [other]) => special::time(other).map(|other| Special::Duration(time.since(&other)).value()),
        ("Before", [other]) => special::time(other).map(|other| (time.at < other.at).into()),
        ("After", [other]) => special::time(other).map(|other| (time.at > other.at).into()),
        ("Equal", [other]) => special::time(other).map(|other| (time.at == other.at).into()),
        ("Compare", [other]) => special::time(other).map(|other| (time.at.cmp(&other.at) as i64).into()),
        _ => return None,
    })
}

#[expect(clippy::cast_precision_loss, reason = "what Go's conversion does")]
fn on_duration(nanos: i64, name: &str, arguments: &[Value]) -> Option<Result<Value>> {
    // The whole units and the rest apart, as Go does it.
    let units = |unit: i64| number((nanos / unit) as f64 + (nanos % unit) as f64 / unit as f64);
    let duration = |nanos: i64| Special::Duration(nanos).value();
    Some(match (name, arguments) {
        ("Hours", []) => Ok(units(3_600_000_000_000)),
        ("Minutes", []) => Ok(units(60_000_000_000)),
        ("Seconds", []) => Ok(units(1_000_000_000)),
        ("Milliseconds", []) => Ok((nanos / 1_000_000).into()),
        ("Microseconds", []) => Ok((nanos / 1_000).into()),
        ("Nanoseconds", []) => Ok(nanos.into()),
        ("String", []) => Ok(go_duration::text(nanos).into()),
        ("Abs", []) => Ok(duration(nanos.saturating_abs())),
        ("Round", [to]) => special::duration(to).map(|to| duration(go_duration::rounded(nanos, to))),
        ("Truncate", [to]) => special::duration(to).map(|to| duration(if to > 0 { nanos - nanos % to } else { nanos })),
        _ => return None,
    })
}

fn on_version(version: &Version, name: &str, arguments: &[Value]) -> Option<Result<Value>> {
    let other = |value: &Value| match Special::of(value) {
        Some(Special::Version(version)) => Some(version),
        _ => None,
    };
    let [major, minor, patch] = version.numbers;
    Some(Ok(match (name, arguments) {
        ("Major", []) => major.into(),
        ("Minor", []) => minor.into(),
        ("Patch", []) => patch.into(),
        ("Prerelease", []) => version.before.as_str().into(),
        ("Metadata", []) => version.metadata.as_str().into(),
        ("Original", []) => version.original.as_str().into(),
        ("String", []) => version.to_string().into(),
        ("Compare", [it]) => (version.order(&other(it)?) as i64).into(),
        ("Equal", [it]) => version.order(&other(it)?).is_eq().into(),
        ("LessThan", [it]) => version.order(&other(it)?).is_lt().into(),
        ("LessThanEqual", [it]) => version.order(&other(it)?).is_le().into(),
        ("GreaterThan", [it]) => version.order(&other(it)?).is_gt().into(),
        ("GreaterThanEqual", [it]) => version.order(&other(it)?).is_ge().into(),
        _ => return None,
    }))
}

//! Durations as Go and Argo have them: `10s`, `2m`, `1h30m`, `1.5h`.

use crate::mistake::char_at;
use crate::{Code, Mistake};
use std::time::Duration;

const CODE: Code = Code(310);
const HELP: &str = "write a number with a unit: `30s`, `5m`, `1h30m`";

/// Nanoseconds of each unit; where one is the start of another, the longer is first.
const UNITS: &[(&str, u64)] = &[
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("μs", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

/// Reads a duration with units, as Go's `time.ParseDuration`; one below zero is refused.
///
/// Argo takes these for `timeout` and for what its expressions compute. A bare number is no duration there, but `0`.
pub fn parse(text: &str) -> Result<Duration, Mistake> {
    let digits = unsigned(text)?;
    let start = text.len() - digits.len();
    if digits == "0" {
        return Ok(Duration::ZERO);
    }
    if digits.is_empty() {
        return Err(Mistake::new(CODE, 0..text.len(), "a duration is empty").help(HELP));
    }
    let mut nanos: u64 = 0;
    let mut at = start;
    while at < text.len() {
        let (number, unit_at) = number(text, at)?;
        let (unit, unit_nanos) = unit(text, at, unit_at)?;
        nanos = number
            .times(unit_nanos)
            .and_then(|part| nanos.checked_add(part))
            .filter(|sum| i64::try_from(*sum).is_ok())
            .ok_or_else(|| {
                Mistake::new(CODE, 0..text.len(), format!("`{text}` is longer than the longest duration, 292 years"))
            })?;
        at = unit_at + unit.len();
    }
    Ok(Duration::from_nanos(nanos))
}

/// Reads a duration that has its unit even where it is nothing: what Argo takes for the `timeout` of a template.
pub fn with_unit(text: &str) -> Result<Duration, Mistake> {
    match parse(text) {
        Ok(Duration::ZERO) if !text.contains(char::is_alphabetic) => {
            Err(Mistake::new(CODE, 0..text.len(), format!("`{text}` has no unit")).help(HELP))
        }
        read => read,
    }
}

/// Reads a duration, or a bare whole number of seconds: what Argo takes for the waits of a retry and for a pause.
pub fn parse_or_seconds(text: &str) -> Result<Duration, Mistake> {
    let digits = unsigned(text)?;
    match digits.parse() {
        Ok(seconds) if digits.bytes().all(|b| b.is_ascii_digit()) => Ok(Duration::from_secs(seconds)),
        _ => parse(text),
    }
}

fn unsigned(text: &str) -> Result<&str, Mistake> {
    if text.starts_with('-') {
        return Err(Mistake::new(CODE, 0..1, format!("`{text}` is a duration below zero")).help(HELP));
    }
    Ok(text.strip_prefix('+').unwrap_or(text))
}

/// A decimal number as it was written: its whole part, its fraction, and by what the fraction is divided.
struct Number {
    whole: Option<u64>,
    fraction: u64,
    scale: f64,
}

impl Number {
    fn times(&self, unit: u64) -> Option<u64> {
        let whole = self.whole?.checked_mul(unit)?;
        // As Go does it: the fraction in floating point, cut to nanoseconds.
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let part = (self.fraction as f64 * (unit as f64 / self.scale)) as u64;
        whole.checked_add(part)
    }
}

fn number(text: &str, at: usize) -> Result<(Number, usize), Mistake> {
    let whole = digits(&text[at..]);
    let mut end = at + whole.len();
    let mut number = Number { whole: Some(0), fraction: 0, scale: 1.0 };
    if !whole.is_empty() {
        number.whole = whole.parse().ok();
    }
    let mut fraction = "";
    if text[end..].starts_with('.') {
        fraction = digits(&text[end + 1..]);
        end += 1 + fraction.len();
        // More digits than these are less than a nanosecond of the longest unit.
        for digit in fraction.bytes().take(17) {
            number.fraction = number.fraction * 10 + u64::from(digit - b'0');
            number.scale *= 10.0;
        }
    }
    if whole.is_empty() && fraction.is_empty() {
        let place = char_at(text, at);
        let message = format!("a duration has a number here, not `{}`", &text[place.clone()]);
        return Err(Mistake::new(CODE, place, message).help(HELP));
    }
    Ok((number, end))
}

fn digits(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())]
}

fn unit(text: &str, number_at: usize, at: usize) -> Result<(&'static str, u64), Mistake> {
    let rest = &text[at..];
    let written = &rest[..rest.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(rest.len())];
    if let Some(found) = UNITS.iter().find(|(unit, _)| *unit == written) {
        return Ok(*found);
    }
    if written.is_empty() {
        let number = &text[number_at..at];
        return Err(Mistake::new(CODE, number_at..at, format!("`{number}` has no unit"))
            .help(format!("write `{number}s` for seconds, `{number}m` for minutes, `{number}h` for hours")));
    }
    let mistake = Mistake::new(CODE, at..at + written.len(), format!("`{written}` is no unit of a duration"));
    let number: &str = &text[number_at..at];
    let days = number.parse::<u32>().ok().and_then(|n| n.checked_mul(24));
    Err(match (written, days) {
        ("d" | "day" | "days", Some(hours)) => mistake.help(format!("there are no days; write `{hours}h`")),
        _ => mistake.help("the units are `h`, `m`, `s`, `ms`, `us` and `ns`"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_go_accepts() {
        for (text, nanos) in [
            ("0", 0),
            ("5s", 5_000_000_000),
            ("30s", 30_000_000_000),
            ("1478s", 1_478_000_000_000),
            ("+5s", 5_000_000_000),
            ("+0", 0),
            ("5.0s", 5_000_000_000),
            ("5.6s", 5_600_000_000),
            ("5.s", 5_000_000_000),
            (".5s", 500_000_000),
            ("1.004s", 1_004_000_000),
            ("1.0040s", 1_004_000_000),
            ("100.00100s", 100_001_000_000),
            ("10ns", 10),
            ("11us", 11_000),
            ("12µs", 12_000),
            ("12μs", 12_000),
            ("13ms", 13_000_000),
            ("14s", 14_000_000_000),
            ("15m", 900_000_000_000),
            ("16h", 57_600_000_000_000),
            ("3h30m", 12_600_000_000_000),
            ("10.5s4m", 250_500_000_000),
            ("1h2m3s4ms5us6ns", 3_723_004_005_006),
            ("39h9m14.425s", 140_954_425_000_000),
            ("52763797000ns", 52_763_797_000),
            ("0.3333333333333333333h", 1_200_000_000_000),
            ("9223372036854775807ns", 9_223_372_036_854_775_807),
            ("9223372036854775.807us", 9_223_372_036_854_775_807),
            ("0.100000000000000000000h", 360_000_000_000),
        ] {
            let read = parse(text).unwrap_or_else(|mistake| panic!("{text}: {mistake}"));
            assert_eq!(read, Duration::from_nanos(nanos), "{text}");
        }
    }

    #[test]
    fn what_go_refuses() {
        for (text, at) in [
            ("", 0..0),
            ("3", 0..1),
            ("-", 0..1),
            ("s", 0..1),
            (".", 0..1),
            ("+", 0..1),
            (".s", 0..1),
            ("+.s", 1..2),
            ("1d", 1..2),
            ("5 m", 1..3),
            ("10s ", 2..4),
            ("é", 0..2),
            ("1é", 1..3),
            ("9223372036854775808ns", 0..21),
            ("9223372036854775.808us", 0..22),
            ("3000000h", 0..8),
            ("99999999999999999999s", 0..21),
            ("-5s", 0..1),
        ] {
            let mistake = parse(text).unwrap_err();
            assert_eq!((mistake.code, mistake.at), (CODE, at), "{text}");
        }
        assert_eq!(parse("2d").unwrap_err().help.as_deref(), Some("there are no days; write `48h`"));
    }

    #[test]
    fn bare_seconds() {
        assert_eq!(parse_or_seconds("10"), Ok(Duration::from_secs(10)));
        assert_eq!(parse_or_seconds("2m"), Ok(Duration::from_mins(2)));
        let help = parse("10").unwrap_err().help.unwrap();
        assert!(help.contains("`10s`"), "{help}");
        for text in ["", "-1", "1.5", "ten", "+"] {
            assert!(parse_or_seconds(text).is_err(), "{text}");
        }
    }
}

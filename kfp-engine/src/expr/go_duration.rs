//! Durations of Go: nanoseconds, written `1h2m3.5s`.

use super::{ExprError, Result};

const SECOND: u64 = 1_000_000_000;

/// Reads `1h30m`, `-1.5s`, `0`.
pub(super) fn parse(text: &str) -> Result<i64> {
    let (is_negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let read = if is_negative && digits.starts_with(['+', '-']) { None } else { Some(digits) };
    let time = read.and_then(|digits| kfp_grammar::duration::parse(digits).ok());
    let nanos = time.and_then(|time| i64::try_from(time.as_nanos()).ok());
    let nanos = nanos.ok_or_else(|| ExprError::Run(format!("time: invalid duration {text:?}")))?;
    Ok(if is_negative { -nanos } else { nanos })
}

/// The text of a duration: without zeros at its front, `0s` for none.
pub(super) fn text(nanos: i64) -> String {
    let size = nanos.unsigned_abs();
    let sign = if nanos < 0 { "-" } else { "" };
    let (unit, name) = match size {
        0 => return "0s".to_owned(),
        1..1_000 => (1, "ns"),
        1_000..1_000_000 => (1_000, "µs"),
        1_000_000..SECOND => (1_000_000, "ms"),
        _ => (SECOND, "s"),
    };
    if unit < SECOND {
        return format!("{sign}{}{name}", decimal(size, unit));
    }
    let (hours, minutes) = (size / SECOND / 3600, size / SECOND / 60 % 60);
    let seconds = decimal(size % (60 * SECOND), SECOND);
    match (hours, minutes) {
        (0, 0) => format!("{sign}{seconds}s"),
        (0, _) => format!("{sign}{minutes}m{seconds}s"),
        _ => format!("{sign}{hours}h{minutes}m{seconds}s"),
    }
}

/// So many units, with as many places as it takes.
fn decimal(size: u64, unit: u64) -> String {
    let (whole, rest) = (size / unit, size % unit);
    if rest == 0 {
        return whole.to_string();
    }
    let width = unit.ilog10() as usize;
    let places = format!("{rest:0width$}");
    format!("{whole}.{}", places.trim_end_matches('0'))
}

/// To the nearest multiple; half goes away from zero.
pub(super) fn rounded(nanos: i64, to: i64) -> i64 {
    if to <= 0 {
        return nanos;
    }
    let rest = (nanos % to).abs();
    let down = nanos - nanos % to;
    if rest < to - rest { down } else { down.saturating_add(to * nanos.signum()) }
}

/// In the largest unit of which there is more than one: `3mo`, `2h`.
pub(super) fn in_one_unit(nanos: i64) -> String {
    const UNITS: [(u64, &str); 6] =
        [(365 * 86400, "y"), (30 * 86400, "mo"), (86400, "d"), (3600, "h"), (60, "m"), (1, "s")];
    let size = nanos.unsigned_abs();
    let unit = UNITS.iter().find(|(seconds, _)| size > seconds * SECOND);
    unit.map_or_else(|| "0s".to_owned(), |(seconds, name)| format!("{}{name}", size / (seconds * SECOND)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_those_of_go() {
        for (nanos, wanted) in [
            (0, "0s"),
            (1, "1ns"),
            (1_100, "1.1µs"),
            (-2_200_000, "-2.2ms"),
            (3_300_000_000, "3.3s"),
            (60_000_000_000, "1m0s"),
            (3_601_000_000_001, "1h0m1.000000001s"),
            (i64::MIN, "-2562047h47m16.854775808s"),
        ] {
            assert_eq!(text(nanos), wanted);
        }
        assert_eq!(parse("-1.5h").expect("a duration"), -5_400_000_000_000);
        assert!(parse("--1h").is_err() && parse("1").is_err());
    }

    #[test]
    fn half_is_rounded_away_from_zero() {
        assert_eq!([rounded(15, 10), rounded(-15, 10), rounded(14, 10), rounded(7, 0)], [20, -20, 10, 7]);
    }
}

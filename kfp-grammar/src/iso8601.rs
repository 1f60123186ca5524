//! ISO-8601 durations, `P30D`: how old a cached result may be.

use crate::{Code, Mistake};

/// A duration by its designators; KFP's cache counts a year as 365 days and a month as 30.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Period {
    /// `Y`
    pub years: u32,
    /// `M` before the `T`
    pub months: u32,
    /// `W`
    pub weeks: u32,
    /// `D`
    pub days: u32,
    /// `H`
    pub hours: u32,
    /// `M` after the `T`
    pub minutes: u32,
    /// `S`
    pub seconds: u32,
}

const CODE: Code = Code(311);
const HELP: &str = "write `P30D` for 30 days, `PT12H` for 12 hours, `P0D` for never";

/// Reads an ISO-8601 duration of whole numbers.
pub fn parse(text: &str) -> Result<Period, Mistake> {
    let fail = |at, message: String| Err(Mistake::new(CODE, at, message).help(HELP));
    if !text.starts_with('P') {
        return fail(0..text.len(), format!("`{text}` is no ISO-8601 duration, which starts with `P`"));
    }
    let mut period = Period::default();
    // Designators come in this order, each at most once.
    let mut left: &[char] = &['Y', 'M', 'W', 'D'];
    let mut after_t = false;
    let mut parts = 0;
    let mut at = 1;
    while at < text.len() {
        if !after_t && text[at..].starts_with('T') {
            (after_t, left, parts) = (true, &['H', 'M', 'S'], 0);
            at += 1;
            continue;
        }
        let digits = text[at..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - at);
        let (number, rest) = text[at..].split_at(digits);
        let Some(designator) = rest.chars().next() else {
            return fail(at..text.len(), format!("`{number}` has no designator (`D`, `H`, ..)"));
        };
        let end = at + digits + designator.len_utf8();
        let Some(position) = left.iter().position(|c| *c == designator) else {
            return fail(at..end, format!("`{designator}` cannot stand here"));
        };
        let Ok(number) = number.parse::<u32>() else {
            return fail(at..end, format!("`{designator}` needs a whole number before it, below 2^32"));
        };
        *field(&mut period, designator, after_t) = number;
        left = &left[position + 1..];
        parts += 1;
        at = end;
    }
    if parts == 0 {
        return fail(text.len()..text.len(), format!("`{text}` ends where a number was expected"));
    }
    Ok(period)
}

fn field(period: &mut Period, designator: char, after_t: bool) -> &mut u32 {
    match (designator, after_t) {
        ('Y', _) => &mut period.years,
        ('M', false) => &mut period.months,
        ('W', _) => &mut period.weeks,
        ('D', _) => &mut period.days,
        ('H', _) => &mut period.hours,
        ('M', true) => &mut period.minutes,
        _ => &mut period.seconds,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_kfp_documents() {
        let zero = Period::default();
        for (text, period) in [
            ("P0D", zero),
            ("P30D", Period { days: 30, ..zero }),
            ("PT12H", Period { hours: 12, ..zero }),
            ("P2W", Period { weeks: 2, ..zero }),
            ("P1M", Period { months: 1, ..zero }),
            ("PT1M", Period { minutes: 1, ..zero }),
            ("P1Y2M10DT2H30M5S", Period { years: 1, months: 2, days: 10, hours: 2, minutes: 30, seconds: 5, weeks: 0 }),
        ] {
            assert_eq!(parse(text), Ok(period), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        for (text, at) in [
            ("", 0..0),
            ("P", 1..1),
            ("PT", 2..2),
            ("P1DT", 4..4),
            ("30D", 0..3),
            ("p30d", 0..4),
            ("P30", 1..3),
            ("PD", 1..2),
            ("P1H", 1..3),
            ("P1D2M", 3..5),
            ("P1D1D", 3..5),
            ("PT1HT1M", 4..5),
            ("P1.5D", 1..3),
            ("P-1D", 1..2),
            ("P4294967296D", 1..12),
            ("P1é", 1..4),
        ] {
            let mistake = parse(text).unwrap_err();
            assert_eq!((mistake.code, mistake.at), (CODE, at), "{text}");
        }
    }
}

//! Schedules and time zones of `CronWorkflow`: five fields as cron has them, `@daily` and its like, `@every 1h`.

use crate::mistake::char_at;
use crate::nearest::nearest;
use crate::{Code, Mistake, duration};
use std::ops::{Range, RangeInclusive};

const SCHEDULE: Code = Code(355);
const TIME_ZONE: Code = Code(356);
const HELP: &str = "write minute, hour, day of month, month and day of week: `30 2 * * MON-FRI`, or `@daily`";

/// A field of a schedule.
struct Field {
    what: &'static str,
    range: RangeInclusive<u32>,
    /// Names for its numbers, from the least on.
    names: &'static [&'static str],
}

const FIELDS: [Field; 5] = [
    Field { what: "minute", range: 0..=59, names: &[] },
    Field { what: "hour", range: 0..=23, names: &[] },
    Field { what: "day of month", range: 1..=31, names: &[] },
    Field {
        what: "month",
        range: 1..=12,
        names: &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    },
    Field { what: "day of week", range: 0..=6, names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

const DESCRIPTORS: &[&str] = &["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/// Reads a schedule as Argo's controller does. The time zone is a field of its own.
pub fn parse(text: &str) -> Result<(), Mistake> {
    if text.starts_with("TZ=") || text.starts_with("CRON_TZ=") {
        let end = text.find(' ').unwrap_or(text.len());
        let mistake = Mistake::new(SCHEDULE, 0..end, format!("`{}` has a field of its own", &text[..end]));
        return Err(mistake.help("say it as the time zone: `timezone = \"Europe/Berlin\"`"));
    }
    if text.starts_with('@') {
        return descriptor(text);
    }
    let fields = fields(text);
    if fields.len() != FIELDS.len() {
        let many = if fields.len() == 1 { "field" } else { "fields" };
        let message = format!("`{text}` has {} {many}, and a schedule has 5", fields.len());
        return Err(Mistake::new(SCHEDULE, 0..text.len(), message).help(HELP));
    }
    fields.into_iter().zip(&FIELDS).try_for_each(|(at, field)| field.read(text, at))
}

/// The same schedule with numbers for names, which the definitions of Argo 4.0.2 do not know.
///
/// ```
/// assert_eq!(kfp_grammar::cron::in_numbers("30 2 * JAN MON-FRI"), "30 2 * 1 1-5");
/// ```
pub fn in_numbers(text: &str) -> String {
    if text.starts_with('@') {
        return text.to_owned();
    }
    let fields: Vec<String> =
        text.split_whitespace().zip(&FIELDS).map(|(written, field)| field.in_numbers(written)).collect();
    fields.join(" ")
}

/// The places of what stands between spaces.
fn fields(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (letter.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn descriptor(text: &str) -> Result<(), Mistake> {
    if let Some(every) = text.strip_prefix("@every ") {
        return duration::parse(every).map(drop).map_err(|mistake| mistake.shifted(text.len() - every.len()));
    }
    if DESCRIPTORS.contains(&text) {
        return Ok(());
    }
    let mistake = Mistake::new(SCHEDULE, 0..text.len(), format!("there is no schedule `{text}`"));
    Err(match nearest(text, DESCRIPTORS.iter().copied()) {
        Some(near) => mistake.help(format!("did you mean `{near}`?")),
        None => mistake.help("write `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly` or `@every 1h30m`"),
    })
}

impl Field {
    fn in_numbers(&self, written: &str) -> String {
        let between = [',', '-', '/'];
        let number = |piece: &str| {
            let name = piece.trim_end_matches(between);
            let known = self.names.iter().zip(self.range.clone()).find(|(known, _)| known.eq_ignore_ascii_case(name));
            known.map_or_else(|| piece.to_owned(), |(_, number)| format!("{number}{}", &piece[name.len()..]))
        };
        written.split_inclusive(between).map(number).collect()
    }

    /// Reads `*`, numbers, names, ranges and steps, separated by commas.
    fn read(&self, text: &str, at: Range<usize>) -> Result<(), Mistake> {
        let mut from = at.start;
        for part in text[at].split(',') {
            self.part(text, from..from + part.len())?;
            from += part.len() + 1;
        }
        Ok(())
    }

    fn part(&self, text: &str, at: Range<usize>) -> Result<(), Mistake> {
        let part = &text[at.clone()];
        let (range, step) = part.split_once('/').map_or((part, None), |(range, step)| (range, Some(step)));
        if let Some(step) = step {
            let place = at.start + range.len() + 1..at.end;
            if !step.bytes().all(|byte| byte.is_ascii_digit()) || step.parse::<u32>().is_ok_and(|step| step == 0) {
                return wrong(text, place, format!("a step is a whole number above zero, not `{step}`"));
            }
            if step.parse::<u32>().is_err() {
                return wrong(text, place, "a step is a whole number above zero".to_owned());
            }
        }
        if range == "*" || range == "?" {
            return Ok(());
        }
        let (low, high) = range.split_once('-').map_or((range, None), |(low, high)| (low, Some(high)));
        let first = self.number(text, at.start..at.start + low.len())?;
        let Some(high) = high else { return Ok(()) };
        let place = at.start + low.len() + 1..at.start + low.len() + 1 + high.len();
        let last = self.number(text, place)?;
        if first > last {
            let place = at.start..at.start + range.len();
            return wrong(text, place, format!("`{range}` ends before it begins"));
        }
        Ok(())
    }

    fn number(&self, text: &str, at: Range<usize>) -> Result<u32, Mistake> {
        let written = &text[at.clone()];
        let (least, most) = (*self.range.start(), *self.range.end());
        let named = self.names.iter().position(|name| name.eq_ignore_ascii_case(written));
        let number = match named {
            Some(index) => u32::try_from(index).ok().map(|index| index + least),
            None if written.bytes().all(|byte| byte.is_ascii_digit()) => written.parse().ok(),
            None => None,
        };
        let refuse = |what: String| wrong(text, at.clone(), what).map(|()| 0);
        match number {
            Some(number) if self.range.contains(&number) => Ok(number),
            _ if written.is_empty() => refuse(format!("a {} is missing", self.what)),
            _ if written == "7" && self.names.contains(&"sun") => refuse("Sunday is `0` or `SUN`, not `7`".to_owned()),
            _ => refuse(format!("`{written}` is no {}, which is `{least}` to `{most}`", self.what)),
        }
    }
}

fn wrong(text: &str, at: Range<usize>, message: String) -> Result<(), Mistake> {
    let at = if at.is_empty() { char_at(text, at.start) } else { at };
    Err(Mistake::new(SCHEDULE, at, message).help(HELP))
}

/// The names of the IANA time zone database, sorted, a line each.
const ZONES: &str = include_str!("zones.txt");

/// Reads the name of a time zone: one of the IANA database.
pub fn time_zone(text: &str) -> Result<(), Mistake> {
    if ZONES.lines().any(|zone| zone == text) {
        return Ok(());
    }
    let mistake = Mistake::new(TIME_ZONE, 0..text.len(), format!("there is no time zone `{text}`"));
    let same = ZONES.lines().find(|zone| zone.eq_ignore_ascii_case(&text.replace(' ', "_")));
    Err(match same.or_else(|| nearest(text, ZONES.lines())) {
        Some(near) => mistake.help(format!("did you mean `{near}`?")),
        None => mistake.help("write a name of the IANA database: `Europe/Berlin`, `America/New_York`, `UTC`"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_argo_accepts() {
        for text in [
            "* * * * *",
            "0 2 * * *",
            "*/15 0-23/2 1,15 * MON-FRI",
            "5/10 ? 31 jan,DEC 0-6",
            "  0   0 1 1 sun ",
            "@daily",
            "@every 1h30m",
            "00 08 * * *",
        ] {
            assert_eq!(parse(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_it_refuses() {
        for (text, at, message) in [
            ("", 0..0, "`` has 0 fields, and a schedule has 5"),
            ("0 2 * *", 0..7, "`0 2 * *` has 4 fields, and a schedule has 5"),
            ("0 0 2 * * *", 0..11, "`0 0 2 * * *` has 6 fields, and a schedule has 5"),
            ("60 * * * *", 0..2, "`60` is no minute, which is `0` to `59`"),
            ("* 24 * * *", 2..4, "`24` is no hour, which is `0` to `23`"),
            ("* * 0 * *", 4..5, "`0` is no day of month, which is `1` to `31`"),
            ("* * * juni *", 6..10, "`juni` is no month, which is `1` to `12`"),
            ("* * * * 7", 8..9, "Sunday is `0` or `SUN`, not `7`"),
            ("* * * * FRI-MON", 8..15, "`FRI-MON` ends before it begins"),
            ("*/0 * * * *", 2..3, "a step is a whole number above zero, not `0`"),
            ("*/x * * * *", 2..3, "a step is a whole number above zero, not `x`"),
            ("1, * * * *", 2..3, "a minute is missing"),
            ("1-2-3 * * * *", 2..5, "`2-3` is no minute, which is `0` to `59`"),
            ("@dayly", 0..6, "there is no schedule `@dayly`"),
            ("TZ=UTC 0 2 * * *", 0..6, "`TZ=UTC` has a field of its own"),
        ] {
            let mistake = parse(text).unwrap_err();
            assert_eq!((mistake.code, mistake.at, mistake.message.as_str()), (SCHEDULE, at, message), "{text}");
        }
        assert_eq!(parse("@dayly").unwrap_err().help.as_deref(), Some("did you mean `@daily`?"));
        let every = parse("@every 1d").unwrap_err();
        assert_eq!((every.code, every.at), (Code(310), 8..9));
    }

    #[test]
    fn time_zones() {
        for zone in ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+1"] {
            assert_eq!(time_zone(zone), Ok(()), "{zone}");
        }
        for (zone, help) in [
            ("Europe/berlin", "did you mean `Europe/Berlin`?"),
            ("America/New York", "did you mean `America/New_York`?"),
            ("Europe/Berlim", "did you mean `Europe/Berlin`?"),
            ("CEST", ""),
            ("", ""),
        ] {
            let mistake = time_zone(zone).unwrap_err();
            assert_eq!(mistake.code, TIME_ZONE);
            assert!(mistake.help.unwrap().contains(help), "{zone}");
        }
        assert!(ZONES.lines().is_sorted());
    }
}

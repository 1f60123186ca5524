//! Times read by a layout of Go.

use super::go_layout::{MONTHS, Part, WEEKDAYS, next};
use super::go_time::{GoTime, Zone};
use super::{ExprError, Result};
use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};

/// What has been read so far.
#[derive(Default)]
struct Read {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
    day_of_year: Option<i16>,
    hour: i8,
    minute: i8,
    second: i8,
    nanos: i32,
    /// Whether it is after noon, where that is told.
    half: Option<bool>,
    is_utc: bool,
    offset: Option<i32>,
    zone_name: Option<String>,
}

/// Reads a time. Where the text names no zone it is in the one given, and in UTC without.
pub(super) fn parse(layout: &str, text: &str, zone: Option<&Zone>) -> Result<GoTime> {
    let wrong = || ExprError::Run(format!("parsing time {text:?} as {layout:?}: it is written otherwise"));
    let mut read = Read::default();
    let (mut rest, mut left) = (layout, text);
    loop {
        let (before, part, after) = next(rest);
        left = skip(before, left).ok_or_else(wrong)?;
        let Some(part) = part else { break };
        left = read.part(part, after, left).ok_or_else(wrong)?;
        rest = after;
    }
    if !left.is_empty() {
        return Err(wrong());
    }
    let date = read.date().ok_or_else(wrong)?;
    read.at(date, zone)
}

/// Goes over a text that has to stand there; spaces may be more or fewer.
fn skip<'a>(before: &str, mut text: &'a str) -> Option<&'a str> {
    let mut wanted = before;
    while let Some(first) = wanted.chars().next() {
        if first == ' ' {
            if !text.is_empty() && !text.starts_with(' ') {
                return None;
            }
            (wanted, text) = (wanted.trim_start_matches(' '), text.trim_start_matches(' '));
        } else {
            (wanted, text) = (&wanted[first.len_utf8()..], text.strip_prefix(first)?);
        }
    }
    Some(text)
}

/// A number of one or two digits, or of exactly two.
fn number(text: &str, is_fixed: bool) -> Option<(i8, &str)> {
    let digits = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    if digits == 0 || is_fixed && digits < 2 {
        return None;
    }
    Some((text[..digits].parse().ok()?, &text[digits..]))
}

fn below((number, rest): (i8, &str), limit: i8) -> Option<(i8, &str)> {
    (number < limit).then_some((number, rest))
}

/// The place of a name in a list, whole or its first three letters.
fn named<'a>(names: &[&str], text: &'a str, is_short: bool) -> Option<(usize, &'a str)> {
    names.iter().enumerate().find_map(|(index, name)| {
        let name = if is_short { &name[..3] } else { name };
        let found = text.get(..name.len()).filter(|found| found.eq_ignore_ascii_case(name))?;
        Some((index, &text[found.len()..]))
    })
}

impl Read {
    fn part<'a>(&mut self, part: Part, after: &str, text: &'a str) -> Option<&'a str> {
        let rest;
        match part {
            Part::Year => {
                let digits = text.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
                (self.year, rest) = (digits.parse().ok()?, &text[4..]);
            }
            Part::ShortYear => {
                let digits = text.get(..2).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
                let year: i16 = digits.parse().ok()?;
                (self.year, rest) = (if year >= 69 { 1900 } else { 2000 } + year, &text[2..]);
            }
            Part::LongMonth | Part::Month => {
                let (index, after) = named(&MONTHS, text, part == Part::Month)?;
                (self.month, rest) = (i8::try_from(index + 1).ok(), after);
            }
            Part::NumberedMonth(width) => {
                let (month, after) = number(text, width == 2).filter(|(month, _)| (1..=12).contains(month))?;
                (self.month, rest) = (Some(month), after);
            }
            Part::LongWeekday | Part::Weekday => rest = named(&WEEKDAYS, text, part == Part::Weekday)?.1,
            Part::Day(_) | Part::SpacedDay => {
                let text = if part == Part::SpacedDay { text.strip_prefix(' ').unwrap_or(text) } else { text };
                let (day, after) = number(text, part == Part::Day(2))?;
                (self.day, rest) = (Some(day), after);
            }
            Part::YearDay | Part::SpacedYearDay => rest = self.year_day(part == Part::SpacedYearDay, text)?,
            Part::Hour => (self.hour, rest) = below(number(text, false)?, 24)?,
            Part::HalfDayHour(width) => (self.hour, rest) = below(number(text, width == 2)?, 13)?,
            Part::Minute(width) => (self.minute, rest) = below(number(text, width == 2)?, 60)?,
            Part::Second(width) => rest = self.seconds(width, after, text)?,
            Part::Half | Part::SmallHalf => {
                let (noon, morning) = if part == Part::Half { ("PM", "AM") } else { ("pm", "am") };
                let after = text.strip_prefix(noon);
                self.half = Some(after.is_some());
                rest = after.or_else(|| text.strip_prefix(morning))?;
            }
            Part::ZoneName => rest = self.zone_name(text)?,
            Part::Offset { is_z: true, .. } if text.starts_with('Z') => {
                self.is_utc = true;
                rest = &text[1..];
            }
            Part::Offset { has_colons, has_minutes, has_seconds, .. } => {
                rest = self.offset(text, has_colons, [has_minutes, has_seconds])?;
            }
            Part::Fraction { is_trimmed: true, .. } => rest = self.fraction(text).unwrap_or(text),
            Part::Fraction { places, .. } => {
                let after = self.fraction(text)?;
                rest = (text.len() - after.len() == places + 1).then_some(after)?;
            }
        }
        Some(rest)
    }

    fn year_day<'a>(&mut self, is_spaced: bool, text: &'a str) -> Option<&'a str> {
        let spaces = if is_spaced { text.bytes().take(2).take_while(|byte| *byte == b' ').count() } else { 0 };
        let digits = text[spaces..].bytes().take(3).take_while(u8::is_ascii_digit).count();
        if digits == 0 || spaces + digits < 3 {
            return None;
        }
        self.day_of_year = text[spaces..spaces + digits].parse().ok();
        Some(&text[spaces + digits..])
    }

    /// Seconds may have places for which the layout has no example.
    fn seconds<'a>(&mut self, width: usize, after: &str, text: &'a str) -> Option<&'a str> {
        let (second, rest) = below(number(text, width == 2)?, 60)?;
        self.second = second;
        if matches!(next(after).1, Some(Part::Fraction { .. })) {
            return Some(rest);
        }
        Some(self.fraction(rest).unwrap_or(rest))
    }

    /// `.5`, if that is what comes.
    fn fraction<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let digits = text.strip_prefix(['.', ','])?;
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        let counted = digits.get(..length.min(9)).filter(|counted| !counted.is_empty())?;
        self.nanos = format!("{counted:0<9}").parse().ok()?;
        Some(&digits[length..])
    }

    fn offset<'a>(&mut self, text: &'a str, has_colons: bool, parts: [bool; 2]) -> Option<&'a str> {
        let sign = if text.starts_with('-') { -1 } else { 1 };
        let (hours, mut rest) = number(text.strip_prefix(['-', '+'])?, true).filter(|(hours, _)| *hours <= 24)?;
        let mut seconds = i32::from(hours) * 3600;
        for (unit, _) in [60, 1].into_iter().zip(parts).filter(|(_, is_there)| *is_there) {
            rest = if has_colons { rest.strip_prefix(':')? } else { rest };
            let (count, after) = number(rest, true).filter(|(count, _)| *count <= 60)?;
            seconds += i32::from(count) * unit;
            rest = after;
        }
        self.offset = Some(sign * seconds);
        Some(rest)
    }

    fn zone_name<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        if let Some(rest) = text.strip_prefix("UTC") {
            self.is_utc = true;
            return Some(rest);
        }
        let length = zone_length(text)?;
        self.zone_name = Some(text[..length].to_owned());
        Some(&text[length..])
    }

    fn date(&mut self) -> Option<DateTime> {
        match self.half {
            Some(true) if self.hour < 12 => self.hour += 12,
            Some(false) if self.hour == 12 => self.hour = 0,
            _ => {}
        }
        let date = match self.day_of_year {
            Some(day) => {
                let first = Date::new(self.year, 1, 1).ok()?;
                let date = first.with().day_of_year(day).build().ok()?;
                let agrees = self.month.is_none_or(|month| month == date.month());
                agrees.then_some(date).filter(|date| self.day.is_none_or(|day| day == date.day()))?
            }
            None => Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()?,
        };
        Some(date.at(self.hour, self.minute, self.second, self.nanos))
    }

    fn at(self, date: DateTime, zone: Option<&Zone>) -> Result<GoTime> {
        let home = zone.unwrap_or(&Zone::Utc);
        if self.is_utc {
            return Ok(GoTime::utc(Zone::Utc.instant(date)?));
        }
        let earlier = |at: Timestamp, seconds: i32| at.checked_sub(SignedDuration::from_secs(seconds.into()));
        let range = |error: jiff::Error| ExprError::Run(error.to_string());
        if let Some(offset) = self.offset {
            let at = earlier(Zone::Utc.instant(date)?, offset).map_err(range)?;
            let told = GoTime { at, zone: home.clone() };
            let shown = told.shown();
            let is_home =
                shown.offset == offset && self.zone_name.as_ref().is_none_or(|name| *name == shown.abbreviation);
            let zone = Zone::Fixed(self.zone_name.unwrap_or_default(), offset);
            return Ok(if is_home { told } else { GoTime { at, zone } });
        }
        let Some(name) = self.zone_name else {
            return Ok(GoTime { at: home.instant(date)?, zone: home.clone() });
        };
        let told = GoTime { at: home.instant(date)?, zone: home.clone() };
        if told.shown().abbreviation == name {
            return Ok(told);
        }
        let hours: i32 = name.strip_prefix("GMT").and_then(|hours| hours.parse().ok()).unwrap_or(0);
        // Go reads the clock as that of UTC all the same.
        Ok(GoTime { at: Zone::Utc.instant(date)?, zone: Zone::Fixed(name, hours * 3600) })
    }
}

/// How long the abbreviation of a zone is that a text begins with.
fn zone_length(text: &str) -> Option<usize> {
    if text.starts_with("ChST") || text.starts_with("MeST") {
        return Some(4);
    }
    if let Some(hours) = text.strip_prefix("GMT") {
        return Some(3 + signed_hours(hours));
    }
    if text.len() >= 3 && text.starts_with(['+', '-']) {
        return Some(signed_hours(text)).filter(|length| *length > 0);
    }
    let letters = text.bytes().take(6).take_while(u8::is_ascii_uppercase).count();
    match letters {
        3 => Some(3),
        4 if text[3..].starts_with('T') || text.starts_with("WITA") => Some(4),
        5 if text[4..].starts_with('T') => Some(5),
        _ => None,
    }
}

/// The length of `+3`; nothing if it is none.
fn signed_hours(text: &str) -> usize {
    let Some(digits) = text.strip_prefix(['+', '-']) else { return 0 };
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let is_hour = digits[..length].parse::<u32>().is_ok_and(|hours| hours <= 23);
    if is_hour { length + 1 } else { 0 }
}

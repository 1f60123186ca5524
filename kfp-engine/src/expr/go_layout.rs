//! Layouts of Go: how a time is written, shown by the example of `Mon Jan 2 15:04:05 MST 2006`.

use super::go_time::GoTime;

/// What stands at a place of a layout.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    LongMonth,
    Month,
    /// Of at least so many digits, as all numbers here.
    NumberedMonth(usize),
    LongWeekday,
    Weekday,
    Day(usize),
    /// Of two places, with a space before one digit.
    SpacedDay,
    YearDay,
    SpacedYearDay,
    Hour,
    HalfDayHour(usize),
    Minute(usize),
    Second(usize),
    Year,
    ShortYear,
    /// `PM`.
    Half,
    SmallHalf,
    ZoneName,
    Offset {
        /// Whether UTC is `Z`.
        is_z: bool,
        has_colons: bool,
        has_minutes: bool,
        has_seconds: bool,
    },
    /// Places of a second; with `9`s, those that are no zeros at the end.
    Fraction {
        places: usize,
        is_trimmed: bool,
        mark: char,
    },
}

pub(super) const RFC3339_NANO: &str = "2006-01-02T15:04:05.999999999Z07:00";

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// The examples; of two where one begins with the other, the longer is first.
const EXAMPLES: [(&str, Part); 27] = [
    ("January", Part::LongMonth),
    ("Jan", Part::Month),
    ("Monday", Part::LongWeekday),
    ("Mon", Part::Weekday),
    ("MST", Part::ZoneName),
    ("002", Part::YearDay),
    ("01", Part::NumberedMonth(2)),
    ("02", Part::Day(2)),
    ("03", Part::HalfDayHour(2)),
    ("04", Part::Minute(2)),
    ("05", Part::Second(2)),
    ("06", Part::ShortYear),
    ("15", Part::Hour),
    ("1", Part::NumberedMonth(1)),
    ("2006", Part::Year),
    ("2", Part::Day(1)),
    ("__2", Part::SpacedYearDay),
    ("_2", Part::SpacedDay),
    ("3", Part::HalfDayHour(1)),
    ("4", Part::Minute(1)),
    ("5", Part::Second(1)),
    ("PM", Part::Half),
    ("pm", Part::SmallHalf),
    ("070000", offset(false, true, true)),
    ("07:00:00", offset(true, true, true)),
    ("0700", offset(false, true, false)),
    ("07:00", offset(true, true, false)),
];

const fn offset(has_colons: bool, has_minutes: bool, has_seconds: bool) -> Part {
    Part::Offset { is_z: false, has_colons, has_minutes, has_seconds }
}

/// The text before the first part, the part, and the rest; without a part, all is text.
pub(super) fn next(layout: &str) -> (&str, Option<Part>, &str) {
    for (at, _) in layout.char_indices() {
        let rest = &layout[at..];
        // A year after an underscore is one.
        if let Some(after) = rest.strip_prefix("_2006") {
            return (&layout[..=at], Some(Part::Year), after);
        }
        if let Some((part, length)) = part(rest) {
            return (&layout[..at], Some(part), &rest[length..]);
        }
    }
    (layout, None, "")
}

fn part(text: &str) -> Option<(Part, usize)> {
    if let Some(zone) = text.strip_prefix(['-', 'Z']) {
        let (length, part) = EXAMPLES
            .iter()
            .find(|(example, part)| matches!(part, Part::Offset { .. }) && zone.starts_with(example))
            .map(|(example, part)| (example.len(), *part))
            .or_else(|| zone.starts_with("07").then_some((2, offset(false, false, false))))?;
        let Part::Offset { has_colons, has_minutes, has_seconds, .. } = part else { return None };
        let is_z = text.starts_with('Z');
        return Some((Part::Offset { is_z, has_colons, has_minutes, has_seconds }, length + 1));
    }
    if text.starts_with(['.', ',']) {
        return fraction(text);
    }
    let is_plain = |(_, part): &&(&str, Part)| !matches!(part, Part::Offset { .. });
    let (example, part) = EXAMPLES.iter().filter(is_plain).find(|(example, _)| text.starts_with(example))?;
    // `Month` is no month, and `Jane` neither.
    let is_word = matches!(part, Part::Month | Part::Weekday);
    let goes_on = text[example.len()..].starts_with(|c: char| c.is_ascii_lowercase());
    (!is_word || !goes_on).then_some((*part, example.len()))
}

fn fraction(text: &str) -> Option<(Part, usize)> {
    let mark = text.chars().next()?;
    let digit = text[1..].chars().next().filter(|digit| matches!(digit, '0' | '9'))?;
    let rest = text[1..].trim_start_matches(digit);
    let places = text.len() - 1 - rest.len();
    let is_number = rest.starts_with(|c: char| c.is_ascii_digit());
    (!is_number).then_some((Part::Fraction { places, is_trimmed: digit == '9', mark }, places + 1))
}

/// A time as a layout has it.
pub(super) fn format(time: &GoTime, layout: &str) -> String {
    let shown = time.shown();
    let mut text = String::new();
    let mut rest = layout;
    loop {
        let (before, part, after) = next(rest);
        text.push_str(before);
        let Some(part) = part else { return text };
        text.push_str(&written(part, &shown));
        rest = after;
    }
}

fn written(part: Part, shown: &super::go_time::Shown) -> String {
    let date = shown.date;
    let half_hour = if date.hour() % 12 == 0 { 12 } else { date.hour() % 12 };
    let half = if date.hour() >= 12 { "PM" } else { "AM" };
    let month = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
    let weekday = WEEKDAYS[usize::from(date.weekday().to_sunday_zero_offset().unsigned_abs())];
    match part {
        Part::LongMonth => month.to_owned(),
        Part::Month => month[..3].to_owned(),
        Part::NumberedMonth(width) => format!("{:0width$}", date.month()),
        Part::LongWeekday => weekday.to_owned(),
        Part::Weekday => weekday[..3].to_owned(),
        Part::Day(width) => format!("{:0width$}", date.day()),
        Part::SpacedDay => format!("{:2}", date.day()),
        Part::YearDay => format!("{:03}", date.day_of_year()),
        Part::SpacedYearDay => format!("{:3}", date.day_of_year()),
        Part::Hour => format!("{:02}", date.hour()),
        Part::HalfDayHour(width) => format!("{half_hour:0width$}"),
        Part::Minute(width) => format!("{:0width$}", date.minute()),
        Part::Second(width) => format!("{:0width$}", date.second()),
        Part::Year if date.year() < 0 => format!("-{:04}", -date.year()),
        Part::Year => format!("{:04}", date.year()),
        Part::ShortYear => format!("{:02}", date.year().rem_euclid(100)),
        Part::Half => half.to_owned(),
        Part::SmallHalf => half.to_lowercase(),
        Part::ZoneName if shown.abbreviation.is_empty() => {
            let minutes = if shown.offset / 60 % 60 == 0 { "" } else { "00" };
            signed(shown.offset, "", !minutes.is_empty(), false)
        }
        Part::ZoneName => shown.abbreviation.clone(),
        Part::Offset { is_z: true, .. } if shown.offset == 0 => "Z".to_owned(),
        Part::Offset { has_colons, has_minutes, has_seconds, .. } => {
            signed(shown.offset, if has_colons { ":" } else { "" }, has_minutes, has_seconds)
        }
        Part::Fraction { places, is_trimmed, mark } => {
            let nanos = format!("{:09}", date.subsec_nanosecond());
            let mut digits = nanos[..places.min(9)].to_owned();
            digits.extend(std::iter::repeat_n('0', places.saturating_sub(9)));
            if is_trimmed {
                digits.truncate(digits.trim_end_matches('0').len());
            }
            if digits.is_empty() { digits } else { format!("{mark}{digits}") }
        }
    }
}

fn signed(offset: i32, between: &str, has_minutes: bool, has_seconds: bool) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let seconds = offset.unsigned_abs();
    let minutes = if has_minutes { format!("{between}{:02}", seconds / 60 % 60) } else { String::new() };
    let rest = if has_seconds { format!("{between}{:02}", seconds % 60) } else { String::new() };
    format!("{sign}{:02}{minutes}{rest}", seconds / 3600)
}

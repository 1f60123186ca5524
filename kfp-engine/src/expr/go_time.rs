//! Times of Go: an instant, and the zone in which it is told.

use super::{ExprError, Result};
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// Where a time is told.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Zone {
    Utc,
    /// By its name in the database of zones.
    Named(String),
    /// So many seconds east of Greenwich, by this abbreviation, which may be empty.
    Fixed(String, i32),
}

#[derive(Clone, PartialEq, Debug)]
pub(super) struct GoTime {
    pub(super) at: Timestamp,
    pub(super) zone: Zone,
}

/// A time as a clock and a calendar show it.
pub(super) struct Shown {
    pub(super) date: DateTime,
    /// Seconds east of Greenwich.
    pub(super) offset: i32,
    pub(super) abbreviation: String,
}

impl Zone {
    /// As `time.LoadLocation` finds it. Where the controller of Argo is, it is UTC.
    pub(super) fn load(name: &str) -> Result<Self> {
        match name {
            "" | "UTC" | "Local" => Ok(Self::Utc),
            name => match TimeZone::get(name) {
                Ok(_) => Ok(Self::Named(name.to_owned())),
                Err(_) => Err(ExprError::Run(format!("unknown time zone {name}"))),
            },
        }
    }

    pub(super) fn name(&self) -> &str {
        match self {
            Self::Utc => "UTC",
            Self::Named(name) | Self::Fixed(name, _) => name,
        }
    }

    fn known(&self) -> TimeZone {
        match self {
            Self::Utc => TimeZone::UTC,
            Self::Named(name) => TimeZone::get(name).unwrap_or(TimeZone::UTC),
            Self::Fixed(_, seconds) => Offset::from_seconds(*seconds).map_or(TimeZone::UTC, TimeZone::fixed),
        }
    }

    /// The instant at which a clock here shows this; of two, the first; in a gap, after it.
    pub(super) fn instant(&self, date: DateTime) -> Result<Timestamp> {
        self.known().to_timestamp(date).map_err(out_of_range)
    }
}

fn out_of_range(error: impl std::fmt::Display) -> ExprError {
    ExprError::Run(format!("a time out of range: {error}"))
}

impl GoTime {
    pub(super) fn utc(at: Timestamp) -> Self {
        Self { at, zone: Zone::Utc }
    }

    /// The time that has no other value: the first of January of the year 1.
    pub(super) fn zero() -> Self {
        Self::utc(Timestamp::from_second(-62_135_596_800).unwrap_or_default())
    }

    pub(super) fn shown(&self) -> Shown {
        let zone = self.zone.known();
        let info = zone.to_offset_info(self.at);
        let abbreviation = match &self.zone {
            Zone::Fixed(name, _) => name.clone(),
            _ => info.abbreviation().to_owned(),
        };
        Shown { date: zone.to_datetime(self.at), offset: info.offset().seconds(), abbreviation }
    }

    /// Seconds since 1970, the last whole one.
    pub(super) fn seconds(&self) -> i64 {
        i64::try_from(self.at.as_nanosecond().div_euclid(1_000_000_000)).unwrap_or_default()
    }

    pub(super) fn within(&self, zone: Zone) -> Self {
        Self { at: self.at, zone }
    }

    pub(super) fn plus(&self, nanos: i64) -> Result<Self> {
        let at = self.at.checked_add(SignedDuration::from_nanos(nanos)).map_err(out_of_range)?;
        Ok(Self { at, zone: self.zone.clone() })
    }

    /// Nanoseconds since another time; no more than fit.
    pub(super) fn since(&self, other: &Self) -> i64 {
        let nanos = self.at.as_nanosecond() - other.at.as_nanosecond();
        i64::try_from(nanos).unwrap_or(if nanos < 0 { i64::MIN } else { i64::MAX })
    }

    /// Another date; what is too much for a month goes into the next.
    pub(super) fn plus_date(&self, years: i64, months: i64, days: i64) -> Result<Self> {
        // More than there are years, but no more than can be calculated with.
        let [years, months, days] = [years, months, days].map(|count| count.clamp(-100_000_000, 100_000_000));
        let date = self.shown().date;
        let month = i64::from(date.month()) - 1 + months;
        let year = i64::from(date.year()) + years + month.div_euclid(12);
        let first = i16::try_from(year).ok().zip(i8::try_from(month.rem_euclid(12) + 1).ok());
        let first = first.ok_or_else(|| out_of_range("no such year"))?;
        let first = DateTime::new(first.0, first.1, 1, date.hour(), date.minute(), date.second(), 0);
        let hours = i64::from(date.day()) - 1 + days;
        let whole = first.and_then(|first| first.checked_add(SignedDuration::from_hours(hours * 24)));
        let whole = whole.and_then(|whole| whole.with().subsec_nanosecond(date.subsec_nanosecond()).build());
        Ok(Self { at: self.zone.instant(whole.map_err(out_of_range)?)?, zone: self.zone.clone() })
    }

    /// The time at or before this, a multiple of so many nanoseconds since the year 1.
    pub(super) fn truncated(&self, nanos: i64) -> Result<Self> {
        self.plus(-self.past(nanos))
    }

    pub(super) fn rounded(&self, nanos: i64) -> Result<Self> {
        let past = self.past(nanos);
        self.plus(if nanos > 0 && past >= nanos - past { nanos - past } else { -past })
    }

    fn past(&self, nanos: i64) -> i64 {
        if nanos <= 0 {
            return 0;
        }
        let since = self.at.as_nanosecond() - Self::zero().at.as_nanosecond();
        i64::try_from(since.rem_euclid(i128::from(nanos))).unwrap_or(0)
    }
}

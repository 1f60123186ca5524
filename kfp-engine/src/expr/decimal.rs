//! Decimal fractions, which sprig calculates with where it is given floats: `0.1 + 0.2` is `0.3`.

use super::{ExprError, Result};

/// So many times ten to a power.
#[derive(Clone, Copy)]
pub(super) struct Decimal {
    digits: i128,
    power: i32,
}

/// Places after the point of a quotient.
const PLACES: i32 = 16;

impl Decimal {
    /// The shortest that reads as this float.
    pub(super) fn new(float: f64) -> Result<Self> {
        let text = format!("{float:e}");
        let wrong = || ExprError::Run(format!("cannot make a decimal of {float}"));
        let (number, power) = text.split_once('e').ok_or_else(wrong)?;
        let places = number.split_once('.').map_or(0, |(_, places)| places.len());
        let digits = number.replace('.', "").parse().map_err(|_| wrong())?;
        let power: i32 = power.parse().map_err(|_| wrong())?;
        Ok(Self { digits, power: power - i32::try_from(places).unwrap_or(0) })
    }

    pub(super) fn float(self) -> f64 {
        format!("{}e{}", self.digits, self.power).parse().unwrap_or(f64::NAN)
    }

    /// The digits at a smaller power.
    fn at(self, power: i32) -> Option<i128> {
        let factor = 10i128.checked_pow(u32::try_from(self.power - power).ok()?)?;
        self.digits.checked_mul(factor)
    }

    fn both(self, other: Self, change: impl Fn(i128, i128) -> Option<i128>) -> Option<Self> {
        let power = self.power.min(other.power);
        Some(Self { digits: change(self.at(power)?, other.at(power)?)?, power })
    }

    fn divided(self, by: Self) -> Option<Self> {
        let power = self.power - by.power + PLACES;
        let (digits, divisor) = match u32::try_from(power) {
            Ok(more) => (self.digits.checked_mul(10i128.checked_pow(more)?)?, by.digits),
            Err(_) => (self.digits, by.digits.checked_mul(10i128.checked_pow(power.unsigned_abs())?)?),
        };
        let (quotient, rest) = (digits.checked_div(divisor)?, digits.checked_rem(divisor)?);
        let is_up = rest.unsigned_abs().checked_mul(2)? >= divisor.unsigned_abs();
        let step = if (digits < 0) == (divisor < 0) { 1 } else { -1 };
        Some(Self { digits: quotient + if is_up { step } else { 0 }, power: -PLACES })
    }

    /// `+`, `-`, `*` or `/`; in floats where there are too many digits.
    pub(super) fn calculate(self, operator: char, other: Self) -> Result<Self> {
        if operator == '/' && other.digits == 0 {
            return Err(ExprError::Run("decimal division by 0".to_owned()));
        }
        let found = match operator {
            '+' => self.both(other, i128::checked_add),
            '-' => self.both(other, i128::checked_sub),
            '*' => self.digits.checked_mul(other.digits).map(|digits| Self { digits, power: self.power + other.power }),
            _ => self.divided(other),
        };
        let (a, b) = (self.float(), other.float());
        let rough = || match operator {
            '+' => a + b,
            '-' => a - b,
            '*' => a * b,
            _ => a / b,
        };
        found.map_or_else(|| Self::new(rough()), Ok)
    }
}

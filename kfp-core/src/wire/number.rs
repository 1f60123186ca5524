//! Numbers and truth values out of text.

use super::WireError;
use std::fmt::Display;
use std::str::FromStr;

/// A whole number in its range. `3.0` and `1e3` are whole as well: Argo's expressions know floats only.
pub(super) fn whole<T: FromStr + Display>(text: &str, min: T, max: T) -> Result<T, WireError> {
    let trimmed = text.trim();
    if let Ok(number) = trimmed.parse() {
        return Ok(number);
    }
    match as_digits(trimmed) {
        Some(digits) => digits.parse().map_err(|_| out_of_range(text, &min, &max)),
        None => Err(WireError::expected("a whole number", text)),
    }
}

fn out_of_range(text: &str, min: &impl Display, max: &impl Display) -> WireError {
    WireError::expected(&format!("a whole number from {min} to {max}"), text)
}

/// The digits of a whole number that is written in another way.
fn as_digits(text: &str) -> Option<String> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if !whole.is_empty() && plain(whole) && fraction.bytes().all(|byte| byte == b'0') {
        return Some(text[..text.len() - digits.len() + whole.len()].to_owned());
    }
    let number: f64 = text.parse().ok()?;
    (number.fract() == 0.0 && number.abs() < EXACT).then(|| number.to_string())
}

pub(super) fn float<T: FromStr>(text: &str) -> Result<T, WireError> {
    text.trim().parse().map_err(|_| WireError::expected("a number", text))
}

pub(super) fn truth(text: &str) -> Result<bool, WireError> {
    match text.trim() {
        "true" | "True" => Ok(true),
        "false" | "False" => Ok(false),
        _ => Err(WireError::expected("`true` or `false`", text)),
    }
}

//! Versions and what is asked of them, as the library that sprig uses reads them: `1.2` is one, and `^1.2 || ~2.x`.

use super::{ExprError, Result};
use regex::Regex;
use std::cmp::Ordering;
use std::fmt;
use std::sync::LazyLock;

#[derive(Clone, PartialEq, Debug)]
pub(super) struct Version {
    pub(super) numbers: [u64; 3],
    /// What comes after the hyphen, of a version that comes before the one without.
    pub(super) before: String,
    pub(super) metadata: String,
    pub(super) original: String,
}

const TAIL: &str = r"(-(?:[0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*))?(\+(?:[0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*))?";
const OPERATOR: &str = r"=|!=|>|<|>=|=>|<=|=<|~|~>|\^|";

fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| unreachable!("{error}"))
}

/// A version in a constraint, where each number may be `x` or `*`.
fn loose() -> String {
    format!(r"v?([0-9xX*|]+)(\.[0-9xX*|]+)?(\.[0-9xX*|]+)?{TAIL}")
}

static VERSION: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"^v?([0-9]+)(\.[0-9]+)?(\.[0-9]+)?{TAIL}$")));
static RANGE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"\s*({0})\s+-\s+({0})\s*", loose())));
static FOUND: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"({OPERATOR})\s*({})", loose())));
static VALID: LazyLock<Regex> = LazyLock::new(|| {
    let one = format!(r"(?:{OPERATOR})\s*(?:{})", loose());
    pattern(&format!(r"^(?:\s*{one}\s*)(?:(?:\s+|,\s*){one}\s*)*$"))
});

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.numbers;
        write!(f, "{major}.{minor}.{patch}")?;
        for (mark, text) in [('-', &self.before), ('+', &self.metadata)] {
            if !text.is_empty() {
                write!(f, "{mark}{text}")?;
            }
        }
        Ok(())
    }
}

impl Version {
    pub(super) fn parse(text: &str) -> Result<Self> {
        let wrong = || ExprError::Run(format!("`{text}` is no semantic version"));
        let found = VERSION.captures(text).ok_or_else(wrong)?;
        let part = |index: usize| found.get(index).map_or("", |part| part.as_str());
        let mut numbers = [0; 3];
        for (index, number) in numbers.iter_mut().enumerate() {
            let digits = part(index + 1).trim_start_matches('.');
            *number = if digits.is_empty() { 0 } else { digits.parse().map_err(|_| wrong())? };
        }
        let before = part(4).trim_start_matches('-').to_owned();
        let before = if part(4).is_empty() { before } else { part(4)[1..].to_owned() };
        let is_padded =
            |word: &str| word.len() > 1 && word.starts_with('0') && word.bytes().all(|b| b.is_ascii_digit());
        if before.split('.').any(is_padded) {
            return Err(wrong());
        }
        let metadata = part(5).strip_prefix('+').unwrap_or_default().to_owned();
        Ok(Self { numbers, before, metadata, original: text.to_owned() })
    }

    pub(super) fn order(&self, other: &Self) -> Ordering {
        self.numbers.cmp(&other.numbers).then_with(|| match (self.before.is_empty(), other.before.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            (false, false) => words(&self.before, &other.before),
        })
    }
}

/// The order of `alpha.2` and `alpha.10`: numbers by their size, and before words.
fn words(left: &str, right: &str) -> Ordering {
    let (left, right): (Vec<_>, Vec<_>) = (left.split('.').collect(), right.split('.').collect());
    for index in 0..left.len().max(right.len()) {
        let (a, b) = (left.get(index).copied().unwrap_or(""), right.get(index).copied().unwrap_or(""));
        let order = match (a.parse::<u64>(), b.parse::<u64>()) {
            _ if a == b || a.is_empty() || b.is_empty() => a.is_empty().cmp(&b.is_empty()).reverse(),
            (Ok(a), Ok(b)) => a.cmp(&b),
            (Ok(_), Err(_)) => Ordering::Less,
            (Err(_), Ok(_)) => Ordering::Greater,
            (Err(_), Err(_)) => a.cmp(b),
        };
        if order.is_ne() {
            return order;
        }
    }
    Ordering::Equal
}

/// One condition: `>= 1.2.x`.
struct Condition {
    operator: String,
    version: Version,
    /// How many of the numbers are given.
    given: usize,
}

impl Condition {
    fn parse(text: &str) -> Result<Self> {
        let wrong = || ExprError::Run(format!("improper constraint: {text}"));
        let found = FOUND.captures(text).ok_or_else(wrong)?;
        let part = |index: usize| found.get(index).map_or("", |part| part.as_str());
        let is_open = |index: &usize| matches!(part(*index).trim_start_matches('.'), "" | "x" | "X" | "*");
        let given = (3..6).take_while(|index| !is_open(index)).count();
        let version = match given {
            3 => part(2).to_owned(),
            given => {
                let known: String = (3..3 + given).map(part).collect();
                let zeros = ["0.0.0", ".0.0", ".0"][given];
                format!("{known}{zeros}{}", part(6))
            }
        };
        let version = Version::parse(&version).map_err(|_| wrong())?;
        Ok(Self { operator: part(1).to_owned(), version, given })
    }

    fn holds(&self, it: &Version) -> bool {
        // Who asks for no early version gets none, but for `!=` of a whole one.
        let is_exact_not = self.operator == "!=" && self.given == 3;
        if !it.before.is_empty() && self.version.before.is_empty() && !is_exact_not {
            return false;
        }
        let order = it.order(&self.version);
        let ([major, minor, _], [own_major, own_minor, _]) = (it.numbers, self.version.numbers);
        match self.operator.as_str() {
            "!=" if self.given == 3 => order.is_ne(),
            "!=" => self.differs(it),
            ">" => match self.given {
                3 => order.is_gt(),
                0 | 1 if major == own_major => false,
                2 if major == own_major => minor > own_minor,
                _ => major > own_major,
            },
            "<" => order.is_lt(),
            ">=" | "=>" => order.is_ge(),
            "<=" | "=<" if self.given == 3 => order.is_le(),
            "<=" | "=<" => {
                let is_minor_open = self.given == 1;
                major < own_major || major == own_major && (is_minor_open || minor <= own_minor)
            }
            "^" => order.is_ge() && self.is_compatible(it),
            "" | "=" if self.given == 3 => order.is_eq(),
            _ => order.is_ge() && self.is_near(it),
        }
    }

    fn differs(&self, it: &Version) -> bool {
        let ([major, minor, patch], [own_major, own_minor, own_patch]) = (it.numbers, self.version.numbers);
        match self.given {
            _ if major != own_major => true,
            1 => false,
            _ if minor != own_minor => true,
            2 => words(&it.before, &self.version.before).is_ne(),
            _ => patch != own_patch || it.order(&self.version).is_ne(),
        }
    }

    /// What `~` allows: the same major and minor number, as far as they are given.
    fn is_near(&self, it: &Version) -> bool {
        let is_any = self.version.numbers == [0; 3] && matches!(self.given, 0 | 3);
        let ([major, minor, _], [own_major, own_minor, _]) = (it.numbers, self.version.numbers);
        is_any || major == own_major && (self.given == 1 || minor == own_minor)
    }

    /// What `^` allows: the same first number that is not zero.
    fn is_compatible(&self, it: &Version) -> bool {
        let ([major, minor, patch], [own_major, own_minor, own_patch]) = (it.numbers, self.version.numbers);
        if own_major > 0 || self.given == 1 {
            return major == own_major;
        }
        if major > 0 {
            return false;
        }
        if own_minor > 0 || self.given == 2 {
            return minor == own_minor;
        }
        minor == 0 && patch == own_patch
    }
}

/// Whether a version is what a constraint asks for: conditions side by side all hold, of those around `||` some.
pub(super) fn holds(constraint: &str, version: &str) -> Result<bool> {
    let whole = RANGE.replace_all(constraint, |found: &regex::Captures<'_>| {
        format!(">= {}, <= {} ", found.get(1).map_or("", |it| it.as_str()), found.get(7).map_or("", |it| it.as_str()))
    });
    let version = Version::parse(version);
    let mut any = Vec::new();
    for group in whole.split("||") {
        if !VALID.is_match(group) {
            return Err(ExprError::Run(format!("improper constraint: {group}")));
        }
        any.push(FOUND.find_iter(group).map(|text| Condition::parse(text.as_str())).collect::<Result<Vec<_>>>()?);
    }
    let version = version?;
    Ok(any.iter().any(|all| all.iter().all(|condition| condition.holds(&version))))
}

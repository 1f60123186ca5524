//! Kubernetes quantities: `500m`, `1.5Gi`, `100k`, `1e3`.

use crate::mistake::char_at;
use crate::{Code, Mistake};
use std::cmp::Ordering;

/// A number, exactly: two that mean the same are equal, however they were written.
///
/// Kubernetes rounds up to 10⁻⁹ and caps at 2⁶³-1; neither is done here.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Quantity {
    negative: bool,
    /// Decimal digits, without zeros at either end; none is zero.
    digits: Vec<u8>,
    /// The power of ten of the last digit.
    exponent: i64,
}

const CODE: Code = Code(301);
const ILLEGAL: Code = Code(302);
const HELP: &str = "write a number with a Kubernetes suffix: `500m`, `2`, `1.5Gi`, `100M`";

/// Longer texts are refused: nobody means them, and reading one would take long.
const LONGEST: usize = 256;

/// Reads a quantity. All that Kubernetes reads is read, but for texts without a digit (`Gi`, `.`), which it takes for
/// zero.
pub fn parse(text: &str) -> Result<Quantity, Mistake> {
    if text.is_empty() {
        return Err(Mistake::new(CODE, 0..0, "a quantity is empty").help(HELP));
    }
    if text.len() > LONGEST {
        return Err(Mistake::new(CODE, 0..text.len(), format!("a quantity has more than {LONGEST} characters")));
    }
    let start = usize::from(text.starts_with(['+', '-']));
    let whole = digits(&text[start..]);
    let mut end = start + whole.len();
    let mut fraction = "";
    if text[end..].starts_with('.') {
        fraction = digits(&text[end + 1..]);
        end += 1 + fraction.len();
    }
    if whole.is_empty() && fraction.is_empty() {
        let message = format!("`{text}` is not a quantity: it does not start with a number");
        return Err(Mistake::new(CODE, start..text.len(), message).help(HELP));
    }
    let scale = suffix(&text[end..]).ok_or_else(|| bad_suffix(text, end))?;
    let mut number = Vec::with_capacity(whole.len() + fraction.len());
    number.extend(whole.bytes().chain(fraction.bytes()).map(|b| b - b'0'));
    let decimals = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
    Ok(match scale {
        Scale::Ten(power) => Quantity::new(text.starts_with('-'), number, power - decimals),
        Scale::Kibi(power) => {
            (0..power).for_each(|_| times_1024(&mut number));
            Quantity::new(text.starts_with('-'), number, -decimals)
        }
    })
}

/// Reads a quantity of a resource, and refuses what that resource cannot have: an amount below zero, a fraction of a
/// byte (`memory`, `ephemeral-storage`, `storage`, `hugepages-*`), less than a thousandth of a CPU, a fraction of
/// anything with a `/` in its name (`nvidia.com/gpu`) and of `pods`.
pub fn parse_for(resource: &str, text: &str) -> Result<Quantity, Mistake> {
    let quantity = parse(text)?;
    let illegal = |message: String| Mistake::new(ILLEGAL, 0..text.len(), message);
    if quantity.negative {
        return Err(illegal(format!("`{text}` of `{resource}` is below zero")));
    }
    let bytes = matches!(resource, "memory" | "storage" | "ephemeral-storage") || resource.starts_with("hugepages-");
    let counted = resource.contains('/') || resource == "pods";
    match resource {
        "cpu" if quantity.exponent < -3 => {
            Err(illegal(format!("`{text}` is finer than a thousandth of a CPU")).help("the least is `1m`"))
        }
        _ if bytes && quantity.exponent < 0 => {
            let mistake = illegal(format!("`{text}` of `{resource}` is no whole number of bytes"));
            Err(match text.strip_suffix('m') {
                Some(number) => mistake.help(format!("`m` is a thousandth; write `{number}Mi` or `{number}M`")),
                None => mistake.help("write a whole number of `Mi` or `Gi`"),
            })
        }
        _ if counted && quantity.exponent < 0 => {
            Err(illegal(format!("`{text}` of `{resource}` is no whole number")).help("ask for whole ones: `1`"))
        }
        _ => Ok(quantity),
    }
}

/// What a suffix multiplies with.
enum Scale {
    /// A power of ten.
    Ten(i64),
    /// A power of 1024.
    Kibi(u32),
}

fn suffix(text: &str) -> Option<Scale> {
    Some(match text {
        "" => Scale::Ten(0),
        "n" => Scale::Ten(-9),
        "u" => Scale::Ten(-6),
        "m" => Scale::Ten(-3),
        "k" => Scale::Ten(3),
        "M" => Scale::Ten(6),
        "G" => Scale::Ten(9),
        "T" => Scale::Ten(12),
        "P" => Scale::Ten(15),
        "E" => Scale::Ten(18),
        "Ki" => Scale::Kibi(1),
        "Mi" => Scale::Kibi(2),
        "Gi" => Scale::Kibi(3),
        "Ti" => Scale::Kibi(4),
        "Pi" => Scale::Kibi(5),
        "Ei" => Scale::Kibi(6),
        _ => {
            let power = text.strip_prefix(['e', 'E'])?;
            Scale::Ten(i64::from(power.parse::<i32>().ok()?))
        }
    })
}

fn bad_suffix(text: &str, at: usize) -> Mistake {
    let (number, suffix) = text.split_at(at);
    if suffix.starts_with(char::is_whitespace) {
        let mistake = Mistake::new(CODE, char_at(text, at), format!("`{text}` has a space in it"));
        return mistake.help(format!("write `{number}{}`", suffix.trim()));
    }
    let mistake = Mistake::new(CODE, at..text.len(), format!("`{suffix}` is no suffix of a quantity"));
    let meant = match suffix.to_ascii_lowercase().as_str() {
        "k" | "kb" => "k",
        "kib" | "ki" => "Ki",
        "mb" => "M",
        "mib" | "mi" => "Mi",
        "g" | "gb" => "G",
        "gib" | "gi" => "Gi",
        "t" | "tb" => "T",
        "tib" | "ti" => "Ti",
        "pib" | "pi" => "Pi",
        "p" | "pb" => "P",
        _ => {
            return mistake
                .help("the suffixes are `m`, `k`, `M`, `G`, `T`, `P`, `E` and `Ki`, `Mi`, `Gi`, `Ti`, `Pi`, `Ei`");
        }
    };
    mistake.help(format!("write `{number}{meant}`"))
}

fn digits(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())]
}

fn times_1024(digits: &mut Vec<u8>) {
    let mut carry = 0_u32;
    for digit in digits.iter_mut().rev() {
        let product = u32::from(*digit) * 1024 + carry;
        *digit = (product % 10) as u8;
        carry = product / 10;
    }
    while carry > 0 {
        digits.insert(0, (carry % 10) as u8);
        carry /= 10;
    }
}

impl Quantity {
    fn new(negative: bool, mut digits: Vec<u8>, mut exponent: i64) -> Self {
        let zeros = digits.iter().take_while(|d| **d == 0).count();
        digits.drain(..zeros);
        while digits.last() == Some(&0) {
            digits.pop();
            exponent += 1;
        }
        let zero = digits.is_empty();
        Self { negative: negative && !zero, digits, exponent: if zero { 0 } else { exponent } }
    }

    /// Whether it is nothing.
    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// Whether it is a whole number.
    pub fn is_whole(&self) -> bool {
        self.exponent >= 0
    }

    fn compare_size(&self, other: &Self) -> Ordering {
        let magnitude = |q: &Self| q.exponent.saturating_add(i64::try_from(q.digits.len()).unwrap_or(i64::MAX));
        match (self.is_zero(), other.is_zero()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            // Digits without zeros at either end compare as texts do, once their first digits stand at one place.
            (false, false) => magnitude(self).cmp(&magnitude(other)).then_with(|| self.digits.cmp(&other.digits)),
        }
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.compare_size(other),
            (true, true) => other.compare_size(self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Quantity {
        parse(text).unwrap_or_else(|mistake| panic!("{text}: {mistake}"))
    }

    // From the tables of Kubernetes' own tests: two texts of one meaning.
    const EQUAL: &[(&str, &str)] = &[
        ("0", "0n"),
        ("0", "-0.0Ei"),
        ("0.", "00"),
        ("1", "1."),
        (".5", "500m"),
        ("-.5", "-500m"),
        ("+1", "1"),
        ("1.0", "1000m"),
        ("1Ki", "1024"),
        ("8Ki", "8192"),
        ("7Mi", "7340032"),
        ("6Gi", "6442450944"),
        ("5Ti", "5497558138880"),
        ("4Pi", "4503599627370496"),
        ("3Ei", "3458764513820540928"),
        ("0.025Ti", "27487790694400m"),
        ("128974848000m", "128974848"),
        ("129e6", "129M"),
        ("123Mi", "128974848"),
        ("100k", "1e5"),
        ("1e3", "1E3"),
        ("1e+3", "1k"),
        ("1e-3", "1m"),
        ("1.E", "1000P"),
        ("5E", "5e18"),
        ("1.5Gi", "1536Mi"),
        ("1000000n", "1000u"),
        ("-8Ki", "-8192"),
        ("00001.10k", "1100"),
        ("1234.567e0", "1234567m"),
        ("0e1000000000", "0"),
        ("1e1000000000", "10e999999999"),
        ("9223372036854775807", "9223372036854775807000m"),
    ];

    #[test]
    fn what_kubernetes_reads() {
        for (left, right) in EQUAL {
            assert_eq!(read(left), read(right), "{left} {right}");
        }
    }

    #[test]
    fn what_kubernetes_refuses() {
        for (text, help) in [
            ("1.1.M", "the suffixes"),
            ("1+1.0M", "the suffixes"),
            ("0.1mi", "write `0.1Mi`"),
            ("0.1am", "the suffixes"),
            ("aoeu", "write a number"),
            (".5i", "the suffixes"),
            ("1i", "the suffixes"),
            ("-3.01i", "the suffixes"),
            ("-3.01e-", "the suffixes"),
            (" 1", "write a number"),
            ("1 Gi", "write `1Gi`"),
            ("1 ", "write `1`"),
            ("2GB", "write `2G`"),
            ("2GiB", "write `2Gi`"),
            ("2gi", "write `2Gi`"),
            ("1K", "write `1k`"),
            ("", "write a number"),
            ("Gi", "write a number"),
            (".", "write a number"),
            ("+", "write a number"),
            ("1é", "the suffixes"),
            ("1e99999999999", "the suffixes"),
        ] {
            let mistake = parse(text).expect_err(text);
            assert_eq!(mistake.code, CODE, "{text}");
            let said = mistake.help.clone().unwrap_or_default();
            assert!(said.starts_with(help), "{text}: {said}");
            assert!(text.get(mistake.at).is_some(), "{text}: a place that cuts a character");
        }
        assert!(parse(&"1".repeat(300)).is_err());
    }

    #[test]
    fn compared_exactly() {
        let rising = [
            "-1e30",
            "-2",
            "-1",
            "-1n",
            "0",
            "1n",
            "999n",
            "1u",
            "1m",
            "1",
            "1.000000001",
            "1000",
            "1Ki",
            "1025",
            "1M",
            "1Mi",
            "900Mi",
            "1G",
            "1Gi",
            "1e100",
        ];
        for (i, left) in rising.iter().enumerate() {
            for (j, right) in rising.iter().enumerate() {
                assert_eq!(read(left).cmp(&read(right)), i.cmp(&j), "{left} {right}");
            }
        }
    }

    #[test]
    fn each_resource_has_its_rules() {
        for (resource, text) in [
            ("cpu", "500m"),
            ("cpu", "0"),
            ("cpu", "0.001"),
            ("cpu", "2"),
            ("memory", "1.5Gi"),
            ("memory", "128974848000m"),
            ("memory", "100M"),
            ("nvidia.com/gpu", "1"),
            ("nvidia.com/gpu", "1000m"),
            ("hugepages-2Mi", "4Mi"),
            ("ephemeral-storage", "1e9"),
        ] {
            assert!(parse_for(resource, text).is_ok(), "{resource} {text}");
        }
        for (resource, text, help) in [
            ("cpu", "0.5m", Some("the least is `1m`")),
            ("cpu", "-1", None),
            ("memory", "400m", Some("`m` is a thousandth; write `400Mi` or `400M`")),
            ("memory", "0.3", Some("write a whole number of `Mi` or `Gi`")),
            ("memory", "-1Gi", None),
            ("nvidia.com/gpu", "0.5", Some("ask for whole ones: `1`")),
        ] {
            let mistake = parse_for(resource, text).expect_err(text);
            assert_eq!((mistake.code, mistake.help.as_deref()), (ILLEGAL, help), "{resource} {text}");
        }
        assert_eq!(parse_for("cpu", "two").unwrap_err().code, CODE);
    }
}

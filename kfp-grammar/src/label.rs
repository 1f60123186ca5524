//! Labels and annotations: keys and values as Kubernetes has them.

use crate::mistake::char_at;
use crate::{Code, Mistake, name};

/// A key: an optional prefix, a DNS subdomain such as `app.kubernetes.io`, and a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key<'a> {
    /// What stands before the `/`.
    pub prefix: Option<&'a str>,
    /// What stands after it, or all.
    pub name: &'a str,
}

/// The longest name of a key and the longest label value, in bytes.
pub const MAX: usize = 63;

const KEY: Code = Code(305);
const VALUE: Code = Code(306);

/// Reads the key of a label, also that of a node selector: `app`, `app.kubernetes.io/name`.
pub fn parse(text: &str) -> Result<Key<'_>, Mistake> {
    let Some((prefix, name)) = text.split_once('/') else {
        qualified(text, KEY, "a key")?;
        return Ok(Key { prefix: None, name: text });
    };
    if let Some(second) = name.find('/') {
        let at = prefix.len() + 1 + second;
        return Err(Mistake::new(KEY, at..at + 1, "a key has at most one `/`, between its prefix and its name"));
    }
    name::subdomain(prefix).map_err(|mistake| Mistake {
        code: KEY,
        message: format!("the prefix of a key is a DNS name: {}", mistake.message),
        ..mistake
    })?;
    qualified(name, KEY, "the name of a key").map_err(|mistake| mistake.shifted(prefix.len() + 1))?;
    Ok(Key { prefix: Some(prefix), name })
}

/// Checks the key of an annotation: as a label's, and its prefix may have capitals.
pub fn annotation(text: &str) -> Result<(), Mistake> {
    parse(&text.to_ascii_lowercase()).map(|_| ())
}

/// Checks the value of a label: empty, or at most 63 letters, digits, `-`, `_` and `.`, a letter or digit first and
/// last.
pub fn value(text: &str) -> Result<(), Mistake> {
    if text.is_empty() {
        return Ok(());
    }
    qualified(text, VALUE, "a label's value").map_err(|mistake| match mistake.help {
        None => mistake.help("an annotation takes any text"),
        Some(_) => mistake,
    })
}

fn qualified(text: &str, code: Code, what: &str) -> Result<(), Mistake> {
    if text.is_empty() {
        return Err(Mistake::new(code, 0..0, format!("{what} is empty")));
    }
    if text.len() > MAX {
        let message = format!("{what} has at most {MAX} characters, this one has {}", text.len());
        return Err(Mistake::new(code, 0..text.len(), message));
    }
    for (at, c) in text.char_indices() {
        let inner = c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if !inner {
            let message = format!("{what} cannot hold `{c}`, only letters, digits, `-`, `_` and `.`");
            return Err(Mistake::new(code, char_at(text, at), message));
        }
    }
    let edge = |c: char| matches!(c, '-' | '_' | '.');
    let trimmed = text.trim_matches(edge);
    if trimmed.len() == text.len() {
        return Ok(());
    }
    let at = if text.starts_with(edge) { 0 } else { text.len() - 1 };
    let mistake = Mistake::new(code, at..at + 1, format!("{what} starts and ends with a letter or a digit"));
    Err(if trimmed.is_empty() { mistake } else { mistake.help(format!("write `{trimmed}`")) })
}

#[cfg(test)]
mod tests {
    use super::*;

    // The keys and values that Kubernetes' own tests of its validation accept and refuse.
    const GOOD_KEYS: &[&str] = &[
        "simple",
        "now-with-dashes",
        "1-starts-with-num",
        "1234",
        "simple/simple",
        "now-with-dashes/simple",
        "now-with-dashes/now-with-dashes",
        "now.with.dots/simple",
        "now-with.dashes-and.dots/simple",
        "1-num.2-num/3-num",
        "1234/5678",
        "1.2.3.4/5678",
        "Uppercase_Is_OK_123",
        "example.com/Uppercase_Is_OK_123",
        "requests.storage-foo",
    ];
    const BAD_KEYS: &[(&str, usize)] = &[
        ("nospecialchars%^=@", 14),
        ("cantendwithadash-", 16),
        ("-cantstartwithadash", 0),
        ("only/one/slash", 8),
        ("Example.com/abc", 0),
        ("example_com/abc", 7),
        ("example.com/", 12),
        ("/simple", 0),
        ("", 0),
        ("a b", 1),
        ("ключ", 0),
    ];

    #[test]
    fn keys() {
        for key in GOOD_KEYS {
            let read = parse(key).unwrap_or_else(|mistake| panic!("{key}: {mistake}"));
            let back = read.prefix.map_or_else(|| read.name.to_owned(), |p| format!("{p}/{}", read.name));
            assert_eq!(back, *key);
        }
        for (key, at) in BAD_KEYS {
            let mistake = parse(key).unwrap_err();
            assert_eq!((mistake.code, mistake.at.start), (KEY, *at), "{key}");
            assert!(key.get(mistake.at).is_some(), "{key}: a place that cuts a character");
        }
        let long = "a".repeat(64);
        assert!(parse(&long).is_err() && parse(&long[1..]).is_ok());
        assert!(parse(&format!("{}/a", "a".repeat(254))).is_err());
        assert!(parse(&format!("{}/a", "a".repeat(253))).is_ok());
    }

    #[test]
    fn annotations_may_have_a_prefix_with_capitals() {
        assert!(parse("Example.com/a").is_err());
        assert_eq!(annotation("Example.com/a"), Ok(()));
        assert!(annotation("a b").is_err());
    }

    #[test]
    fn values() {
        for good in ["", "simple", "now-with-dashes", "1.2.3.4", "Uppercase_Is_OK", "on", "1e3", &"a".repeat(63)] {
            assert_eq!(value(good), Ok(()), "{good}");
        }
        for bad in
            ["nospecialchars%^=@", "Tama-nui-te-rā.is.Māori.sun", "\\backslash", "-starts", "ends-", ".", "a b", " "]
        {
            assert_eq!(value(bad).unwrap_err().code, VALUE, "{bad}");
        }
        assert_eq!(value("-x-").unwrap_err().help.as_deref(), Some("write `x`"));
        assert_eq!(value("a b").unwrap_err().help.as_deref(), Some("an annotation takes any text"));
    }
}

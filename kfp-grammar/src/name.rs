//! Names as Kubernetes has them, and how a Rust name becomes one.

use crate::mistake::char_at;
use crate::{Code, Mistake};

/// The longest DNS-1123 label, in bytes.
pub const LABEL_MAX: usize = 63;

/// The longest DNS-1123 subdomain, in bytes.
pub const SUBDOMAIN_MAX: usize = 253;

const CODE: Code = Code(340);

/// Words that Argo's expression language keeps for itself: what waits for a task of such a name cannot be evaluated.
pub const EXPRESSION_WORDS: [&str; 14] = [
    "in",
    "not",
    "and",
    "or",
    "true",
    "false",
    "nil",
    "let",
    "if",
    "else",
    "matches",
    "contains",
    "startsWith",
    "endsWith",
];

/// Checks a DNS-1123 label: lower-case letters, digits and `-`, at most 63 bytes, `-` neither first nor last.
pub fn label(text: &str) -> Result<(), Mistake> {
    within(text, LABEL_MAX)?;
    part(text)
}

/// Checks a DNS-1123 subdomain: labels joined by `.`, at most 253 bytes in all (a label may be longer than 63 here, as
/// in Kubernetes).
pub fn subdomain(text: &str) -> Result<(), Mistake> {
    within(text, SUBDOMAIN_MAX)?;
    let mut start = 0;
    for piece in text.split('.') {
        part(piece).map_err(|mistake| mistake.shifted(start))?;
        start += piece.len() + 1;
    }
    Ok(())
}

fn within(text: &str, max: usize) -> Result<(), Mistake> {
    if text.len() <= max {
        return Ok(());
    }
    let message = format!("a name has at most {max} characters, this one has {}", text.len());
    Err(Mistake::new(CODE, 0..text.len(), message).help("shorten it"))
}

fn part(text: &str) -> Result<(), Mistake> {
    if text.is_empty() {
        return Err(Mistake::new(CODE, 0..0, "a name, or the part of it beside a `.`, is empty")
            .help("write lower-case letters, digits and `-`"));
    }
    for (at, c) in text.char_indices() {
        let legal = c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !legal {
            let mistake = Mistake::new(CODE, char_at(text, at), format!("a name cannot hold `{c}`"));
            let proposal = to_kebab(text);
            return Err(if proposal.is_empty() { mistake } else { mistake.help(format!("write `{proposal}`")) });
        }
    }
    let edge = if text.starts_with('-') { 0 } else { text.len() - 1 };
    if text.as_bytes()[edge] == b'-' {
        let trimmed = text.trim_matches('-');
        let mistake = Mistake::new(CODE, edge..edge + 1, "a name starts and ends with a letter or a digit");
        return Err(if trimmed.is_empty() { mistake } else { mistake.help(format!("write `{trimmed}`")) });
    }
    Ok(())
}

/// A Rust name, or any text, as lower-case words joined by `-`: `split_table` and `SplitTable` give `split-table`,
/// `HTTPServer2` gives `http-server2`. What is no ASCII letter or digit separates words; the result is empty when
/// there is none.
pub fn to_kebab(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut kebab = String::with_capacity(text.len() + 4);
    for (index, &c) in letters.iter().enumerate() {
        if !c.is_ascii_alphanumeric() {
            separate(&mut kebab);
            continue;
        }
        let before = index.checked_sub(1).map_or(' ', |before| letters[before]);
        let after = letters.get(index + 1).copied().unwrap_or(' ');
        let word_starts = c.is_ascii_uppercase()
            && (before.is_ascii_lowercase()
                || before.is_ascii_digit()
                || (before.is_ascii_uppercase() && after.is_ascii_lowercase()));
        if word_starts {
            separate(&mut kebab);
        }
        kebab.push(c.to_ascii_lowercase());
    }
    kebab.truncate(kebab.trim_end_matches('-').len());
    kebab
}

fn separate(kebab: &mut String) {
    if !kebab.is_empty() && !kebab.ends_with('-') {
        kebab.push('-');
    }
}

/// The kebab-case of a name that has to become one.
pub fn parse(text: &str) -> Result<String, Mistake> {
    let kebab = to_kebab(text);
    if kebab.is_empty() {
        let message = format!("no letter or digit of `{text}` is left in a Kubernetes name");
        return Err(Mistake::new(Code(341), 0..text.len(), message).help("use ASCII letters or digits in it"));
    }
    Ok(kebab)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rust_names_become_kebab_case() {
        for (name, kebab) in [
            ("split", "split"),
            ("split_table", "split-table"),
            ("SplitTable", "split-table"),
            ("HTTPServer2", "http-server2"),
            ("to2D", "to2-d"),
            ("_private__x_", "private-x"),
            ("My pipeline (v2)", "my-pipeline-v2"),
            ("café", "caf"),
            ("テスト", ""),
            ("", ""),
        ] {
            assert_eq!(to_kebab(name), kebab, "{name}");
        }
        assert_eq!(parse("テスト").unwrap_err().code, Code(341));
    }

    #[test]
    fn labels() {
        for good in ["a", "1", "a-b", "a--b", "0a", &"x".repeat(63)] {
            assert_eq!(label(good), Ok(()), "{good}");
        }
        for (bad, at, help) in [
            ("", 0..0, "write lower-case letters, digits and `-`"),
            ("A", 0..1, "write `a`"),
            ("a_b", 1..2, "write `a-b`"),
            ("a.b", 1..2, "write `a-b`"),
            ("-a", 0..1, "write `a`"),
            ("a-", 1..2, "write `a`"),
            ("xé", 1..3, "write `x`"),
            (&"x".repeat(64), 0..64, "shorten it"),
        ] {
            let mistake = label(bad).unwrap_err();
            assert_eq!((mistake.at, mistake.help.as_deref()), (at, Some(help)), "{bad}");
        }
    }

    #[test]
    fn subdomains() {
        for good in ["a.b", "argoproj.io", "nvidia.com", &"x".repeat(100), "1.2"] {
            assert_eq!(subdomain(good), Ok(()), "{good}");
        }
        for (bad, at) in [("a..b", 2..2), ("a.", 2..2), ("a.B", 2..3), ("a.-b", 2..3), (".", 0..0)] {
            assert_eq!(subdomain(bad).unwrap_err().at, at, "{bad}");
        }
    }
}

//! Names as Kubernetes has them, and how a Rust name becomes one.

use crate::ascii::ascii;
pub use crate::ascii::fingerprint;
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

/// A name in any script as lower-case words joined by `-`: `split_table` and `SplitTable` give `split-table`,
/// `HTTPServer2` gives `http-server2`, `größe` gives `grosse`. What is neither a letter nor a digit separates words.
///
/// Latin, Greek and Cyrillic letters become those of the English alphabet. Of a name with letters of other scripts the rest
/// is followed by a short hash of the whole, so that names stay apart wherever they stand: `模型_v2` gives `v2-6428cb`,
/// `模型` alone `name-` and its hash. The result is empty if there is nothing but ASCII punctuation.
pub fn to_kebab(text: &str) -> String {
    let ascii = ascii(text);
    with_mark(words(&ascii.text), ascii.mark)
}

/// A name in any script as Argo's parameters and artifacts have it: letters, digits, `_` and `-` stay as they are, all else
/// becomes `-`. Letters of other scripts as in [`to_kebab`]. Empty if nothing is left.
pub fn to_port(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
        return text.to_owned();
    }
    let ascii = ascii(text);
    let mut port = String::with_capacity(ascii.text.len());
    for c in ascii.text.chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            port.push(c);
        } else {
            separate(&mut port);
        }
    }
    port.truncate(port.trim_end_matches('-').len());
    match ascii.mark {
        None => port,
        mark => with_mark(port.trim_matches(['_', '-']).to_owned(), mark),
    }
}

/// Whether it has characters that are not ASCII, so that the name in the manifest differs.
pub fn is_rewritten(text: &str) -> bool {
    !text.is_ascii()
}

fn with_mark(name: String, mark: Option<String>) -> String {
    match mark {
        None => name,
        Some(mark) if name.is_empty() => format!("name-{mark}"),
        Some(mark) => format!("{name}-{mark}"),
    }
}

fn words(text: &str) -> String {
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

fn separate(name: &mut String) {
    if !name.is_empty() && !name.ends_with('-') {
        name.push('-');
    }
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
            ("café", "cafe"),
            ("cafe\u{301}s", "cafes"),
            ("größe", "grosse"),
            ("Größe des Modells", "grosse-des-modells"),
            ("обучить_модель", "obuchit-model"),
            ("Жук", "zhuk"),
            ("Ελλάδα", "ellada"),
            ("Đường", "duong"),
            ("模型", "name-"),
            ("模型_v2", "v2-"),
            ("数据 v2", "v2-"),
            ("テスト", "name-"),
            ("نموذج", "name-"),
            ("🚀", "name-"),
            ("🚀 launch", "launch"),
            ("--", ""),
            ("", ""),
        ] {
            let (found, hash) = unhashed(&to_kebab(name), kebab);
            assert_eq!(found, kebab, "{name}");
            assert_eq!(hash, kebab.ends_with('-'), "{name}");
        }
    }

    /// A name without the hash behind it, where one is expected.
    fn unhashed(name: &str, expected: &str) -> (String, bool) {
        let is_hash = |hash: &str| hash.len() == 6 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        match name.rsplit_once('-') {
            Some((rest, hash)) if expected.ends_with('-') && is_hash(hash) => (format!("{rest}-"), true),
            _ => (name.to_owned(), false),
        }
    }

    #[test]
    fn names_of_other_scripts_stay_apart() {
        let names = ["模型", "数据", "模型_v2", "数据_v2", "テスト", "نموذج", "🚀", "🔥"];
        let kebabs: std::collections::HashSet<String> = names.iter().map(|name| to_kebab(name)).collect();
        assert_eq!(kebabs.len(), names.len());
        for name in names {
            assert_eq!(label(&to_kebab(name)), Ok(()), "{name}");
            assert_eq!(to_kebab(name), to_port(name).replace('_', "-"));
        }
    }

    #[test]
    fn ports_keep_what_argo_allows() {
        for (name, port) in [
            ("test_share", "test_share"),
            ("Out One", "Out-One"),
            ("a--b", "a--b"),
            ("x.y.z", "x-y-z"),
            ("Größe_1", "Grosse_1"),
            ("размер", "razmer"),
            ("..", ""),
        ] {
            assert_eq!(to_port(name), port, "{name}");
        }
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
            ("xé", 1..3, "write `xe`"),
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

//! How a string is written in YAML, so that every parser reads the same string back.
//!
//! YAML 1.1 parsers (Argo's among them) take `on`, `y`, `1_000` or `0x1F` for something else than a string, some do not
//! read a block that begins with a TAB, and some take other characters for line ends. So the rule errs on the safe side:
//! only what begins as a word is plain, only a harmless text is a block, and the rest is double-quoted.

/// How a string is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    /// As it is.
    Plain,
    /// As a block, `|`.
    Block,
    /// In double quotes.
    Quoted,
}

impl Style {
    /// Of the key of a map.
    pub(super) fn of_key(text: &str) -> Self {
        if is_word(text) && !text.contains(':') { Self::Plain } else { Self::Quoted }
    }

    /// Of a value.
    pub(super) fn of_value(text: &str) -> Self {
        if is_word(text) {
            Self::Plain
        } else if is_harmless_block(text) {
            Self::Block
        } else {
            Self::Quoted
        }
    }

    /// Of a value that a person should see to be a string, such as that of a parameter.
    pub(super) fn of_text(text: &str) -> Self {
        if is_harmless_block(text) { Self::Block } else { Self::Quoted }
    }
}

/// Words that some parser takes for a boolean, a null or a number.
const TAKEN: [&str; 11] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"];

/// Whether it is a word, a path or the name of an image: `[A-Za-z/][A-Za-z0-9_./:-]*`, not ending with a colon, nothing
/// that some parser takes for something else.
fn is_word(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'/')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b"_./:-".contains(&b))
        && !text.ends_with(':')
        && !TAKEN.iter().any(|taken| taken.eq_ignore_ascii_case(text))
        && !is_exponent(text)
}

/// Whether it is `e3`, which a parser of JavaScript takes for a number.
fn is_exponent(text: &str) -> bool {
    text.strip_prefix(['e', 'E']).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether it has lines, and nothing about them is subject to indentation, chomping or folding.
fn is_harmless_block(text: &str) -> bool {
    text.contains('\n')
        && !text.starts_with([' ', '\t', '\n'])
        && !text.ends_with("\n\n")
        && !text.lines().any(|line| line.ends_with([' ', '\t']))
        && text.chars().all(|c| c == '\n' || is_printable(c))
}

/// Whether every parser reads the character as it is, and none takes it for a line end.
pub(super) fn is_printable(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{fffd}') && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::Style;

    #[test]
    fn words_are_plain() {
        for text in ["echo", "argoproj.io/v1alpha1", "/tmp/outputs/x/data", "ghcr.io/a/b:1.0", "e3x", "nobody"] {
            assert_eq!(Style::of_value(text), Style::Plain, "{text}");
        }
    }

    #[test]
    fn what_could_be_something_else_is_quoted() {
        for text in ["", "No", "Y", "e3", "1e3", "a:", "a b", "-c", "{{x}}", "~", "\u{85}", "emoji😀"] {
            assert_eq!(Style::of_value(text), Style::Quoted, "{text}");
        }
    }

    #[test]
    fn a_colon_makes_no_plain_key() {
        assert_eq!(Style::of_key("a:b"), Style::Quoted);
    }

    #[test]
    fn scripts_are_blocks() {
        for text in ["set -e\necho\n", "a\n\n  b", "print('é')\nprint(1)\n"] {
            assert_eq!(Style::of_text(text), Style::Block, "{text}");
        }
    }

    #[test]
    fn lines_that_a_block_could_change_are_quoted() {
        for text in
            ["\ta\nb", " a\nb", "\na", "a\n\n", "a \nb", "a\t\nb", "a\r\nb", "a\n\u{2028}", "😀\nb", "\n", "a\tb\nc"]
        {
            assert_eq!(Style::of_text(text), Style::Quoted, "{text:?}");
        }
    }
}

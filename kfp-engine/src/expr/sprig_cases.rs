//! Names in other styles: `snakecase`, `kebabcase` and `camelcase` of sprig.

use regex::Regex;
use std::sync::LazyLock;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    /// Capitals, or a word that begins with one.
    Capital,
    Letters,
    Connector,
    Punctuation,
    Other,
}

fn is_connector(c: char) -> bool {
    matches!(c, '-' | '_') || c.is_whitespace()
}

/// A letter of a script that joins letters to words.
fn is_letter(c: char) -> bool {
    let is_east_asian = matches!(u32::from(c), 0x3034..=0x30fe | 0x3100..=0x312f | 0x31a0..=0x31bf | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x20000..=0x2fa1f);
    c.is_alphabetic() && !is_east_asian
}

fn is_punctuation(c: char) -> bool {
    static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\p{P}$").ok());
    PATTERN.as_ref().is_some_and(|pattern| pattern.is_match(c.encode_utf8(&mut [0; 4])))
}

fn kind(c: char) -> Kind {
    match c {
        c if is_connector(c) => Kind::Connector,
        c if is_punctuation(c) => Kind::Punctuation,
        c if c.is_uppercase() => Kind::Capital,
        c if is_letter(c) => Kind::Letters,
        c if c.is_numeric() => Kind::Number,
        _ => Kind::Other,
    }
}

/// The words of a text, with what each is.
fn words(text: &[char]) -> Vec<(Kind, &[char])> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.first() {
        let of = kind(*first);
        let run =
            |from: usize, holds: &dyn Fn(char) -> bool| from + rest[from..].iter().take_while(|c| holds(**c)).count();
        let small = |c: char| is_letter(c) && !c.is_uppercase();
        let end = match of {
            Kind::Capital => match run(1, &char::is_uppercase) {
                1 => run(1, &small),
                // The last capital belongs to the word after it.
                end if rest.get(end).is_some_and(|next| is_letter(*next)) => end - 1,
                end => end,
            },
            Kind::Letters => run(1, &small),
            Kind::Connector => run(1, &is_connector),
            Kind::Punctuation => run(1, &is_punctuation),
            Kind::Number => run(1, &char::is_numeric),
            Kind::Other => run(1, &|c| kind(c) == Kind::Other || c.is_uppercase() && !is_letter(c)),
        };
        words.push((of, &rest[..end]));
        rest = &rest[end..];
    }
    words
}

/// In small letters, with a connector between words. A number belongs to the word before it, unless small letters follow.
pub(super) fn connected(text: &str, connector: char) -> String {
    let text: Vec<char> = text.chars().collect();
    let mut words = words(&text).into_iter().peekable();
    let mut made = String::new();
    let push = |made: &mut String, (kind, word): (Kind, &[char])| match kind {
        Kind::Capital | Kind::Connector => {
            for c in word {
                if is_connector(*c) { made.push(connector) } else { made.extend(c.to_lowercase()) }
            }
        }
        _ => made.extend(word),
    };
    let is_joined = |kind: Kind| matches!(kind, Kind::Letters | Kind::Number);
    let is_word = |kind: Kind| !matches!(kind, Kind::Connector | Kind::Punctuation);
    while let Some((kind, word)) = words.next() {
        push(&mut made, (kind, word));
        let Some(next) = words.peek().map(|(kind, _)| *kind) else { break };
        match kind {
            Kind::Number => {
                while let Some(next) = words.next_if(|(kind, _)| is_joined(*kind)) {
                    push(&mut made, next);
                }
                if words.peek().is_some_and(|(kind, _)| is_word(*kind)) {
                    made.push(connector);
                }
            }
            Kind::Connector | Kind::Punctuation => {}
            _ if next != Kind::Number => {
                if is_word(next) {
                    made.push(connector);
                }
            }
            _ => {
                let Some(number) = words.next() else { break };
                match words.peek().map(|(kind, _)| *kind) {
                    Some(Kind::Letters) => {
                        made.push(connector);
                        push(&mut made, number);
                        while let Some(next) = words.next_if(|(kind, _)| is_joined(*kind)) {
                            push(&mut made, next);
                        }
                    }
                    _ => push(&mut made, number),
                }
                if words.peek().is_some_and(|(kind, _)| is_word(*kind)) {
                    made.push(connector);
                }
            }
        }
    }
    made
}

/// Words beginning with capitals, without the connectors between them; those at the ends stay.
pub(super) fn camel(text: &str) -> String {
    let start = text.find(|c| !is_connector(c)).unwrap_or(text.len());
    let (mut made, mut letters) = (text[..start].to_owned(), text[start..].chars());
    let Some(first) = letters.next() else { return made };
    let upper = |c: char| c.to_uppercase().next().unwrap_or(c);
    let mut is_shouted = first.is_uppercase();
    let mut last = upper(first);
    for letter in letters {
        let mut letter = letter;
        if is_connector(last) && is_connector(letter) {
            made.push(last);
            last = letter;
            continue;
        }
        if is_connector(last) {
            is_shouted = letter.is_uppercase();
            letter = upper(letter);
        } else {
            if is_shouted && letter.is_uppercase() {
                letter = letter.to_lowercase().next().unwrap_or(letter);
            } else {
                is_shouted = false;
            }
            made.push(last);
        }
        last = letter;
    }
    made.push(last);
    made
}

//! Text to tokens.

use super::{ExprError, Result};
use serde_json::Value;

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Token {
    Value(Value),
    Name(String),
    /// `#`, `#acc`, `#index`.
    Pointer(String),
    /// An operator or a word that is one.
    Operator(&'static str),
    End,
}

/// Longest first.
const SYMBOLS: [&str; 34] = [
    "...", "**", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "..", "?:", "+", "-", "*", "/", "%", "^", "<", ">",
    "!", "?", ":", "|", "(", ")", "[", "]", "{", "}", ",", ".", ";", "=",
];

const WORDS: [&str; 13] =
    ["in", "not", "and", "or", "matches", "contains", "startsWith", "endsWith", "let", "if", "else", "xor", "nil"];

pub(super) fn tokens(text: &str) -> Result<Vec<(Token, usize)>> {
    let mut lexer = Lexer { text, at: 0, found: Vec::new() };
    while lexer.skip_blank() {
        lexer.token()?;
    }
    lexer.found.push((Token::End, text.chars().count()));
    Ok(lexer.found)
}

struct Lexer<'a> {
    text: &'a str,
    /// In bytes.
    at: usize,
    found: Vec<(Token, usize)>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Whether something is left after blanks and comments.
    fn skip_blank(&mut self) -> bool {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            let comment = if trimmed.starts_with("//") {
                trimmed.find('\n').unwrap_or(trimmed.len())
            } else if trimmed.starts_with("/*") {
                trimmed.find("*/").map_or(trimmed.len(), |end| end + 2)
            } else {
                return !trimmed.is_empty();
            };
            self.at += comment;
        }
    }

    fn push(&mut self, token: Token, length: usize) {
        let column = self.text[..self.at].chars().count();
        self.found.push((token, column));
        self.at += length;
    }

    fn token(&mut self) -> Result<()> {
        let rest = self.rest();
        let first = rest.chars().next().unwrap_or_default();
        if first == '"' || first == '\'' || first == '`' {
            return self.string(first);
        }
        let digit_follows = rest[first.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
        if first.is_ascii_digit() || first == '.' && digit_follows && !self.is_after_value() {
            return self.number();
        }
        if first == '#' {
            let word = word(&rest[1..]);
            self.push(Token::Pointer(word.to_owned()), word.len() + 1);
            return Ok(());
        }
        if first.is_alphabetic() || first == '_' || first == '$' {
            self.word();
            return Ok(());
        }
        match SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
            // `a ?.5 : b` is a choice.
            Some(&"?.") if rest[2..].starts_with(|c: char| c.is_ascii_digit()) => self.push(Token::Operator("?"), 1),
            Some(symbol) => self.push(Token::Operator(symbol), symbol.len()),
            None => return self.error(&format!("unrecognized character: {first:?}")),
        }
        Ok(())
    }

    fn is_after_value(&self) -> bool {
        matches!(
            self.found.last(),
            Some((Token::Name(_) | Token::Value(_) | Token::Pointer(_) | Token::Operator(")" | "]"), _))
        )
    }

    fn word(&mut self) {
        let rest = self.rest();
        let text = if let Some(after) = rest.strip_prefix('$') { &rest[..=word(after).len()] } else { word(rest) };
        // After a dot everything is a name.
        let is_member = matches!(self.found.last(), Some((Token::Operator("." | "?."), _)));
        let token = match text {
            _ if is_member => Token::Name(text.to_owned()),
            "true" => Token::Value(true.into()),
            "false" => Token::Value(false.into()),
            _ => match WORDS.iter().find(|known| **known == text) {
                Some(&"nil") => Token::Value(Value::Null),
                Some(known) => Token::Operator(known),
                None => Token::Name(text.to_owned()),
            },
        };
        self.push(token, text.len());
    }

    fn number(&mut self) -> Result<()> {
        let rest = self.rest();
        let prefix = rest.get(..2).unwrap_or_default().to_ascii_lowercase();
        let radix = match prefix.as_str() {
            "0x" => 16,
            "0o" => 8,
            "0b" => 2,
            _ => 10,
        };
        if radix != 10 {
            let digits = &rest[2..];
            let end = digits.find(|c: char| !c.is_digit(radix) && c != '_').unwrap_or(digits.len());
            let number = i64::from_str_radix(&digits[..end].replace('_', ""), radix);
            return match number {
                Ok(number) => {
                    self.push(Token::Value(number.into()), end + 2);
                    Ok(())
                }
                Err(error) => self.error(&format!("invalid integer literal: {error}")),
            };
        }
        let length = decimal_length(rest);
        let text = rest[..length].replace('_', "");
        let value = if text.contains(['.', 'e', 'E']) {
            text.parse::<f64>().map(Value::from).map_err(|error| error.to_string())
        } else {
            text.parse::<i64>().map(Value::from).map_err(|_| format!("\"{text}\": value out of range"))
        };
        match value {
            Ok(value) => {
                self.push(Token::Value(value), length);
                Ok(())
            }
            Err(error) => self.error(&format!("invalid number literal: {error}")),
        }
    }

    fn string(&mut self, quote: char) -> Result<()> {
        let rest = &self.rest()[1..];
        if quote == '`' {
            let Some(end) = rest.find('`') else { return self.error("literal not terminated") };
            self.push(Token::Value(rest[..end].into()), end + 2);
            return Ok(());
        }
        let mut value = String::new();
        let mut chars = rest.char_indices();
        while let Some((at, character)) = chars.next() {
            match character {
                '\\' => match escape(&mut chars, quote) {
                    Some(character) => value.push(character),
                    None => return self.error("invalid escape in a string"),
                },
                '\n' => break,
                _ if character == quote => {
                    self.push(Token::Value(value.into()), at + 2);
                    return Ok(());
                }
                _ => value.push(character),
            }
        }
        self.error("literal not terminated")
    }

    fn error<T>(&self, message: &str) -> Result<T> {
        let column = self.text[..self.at].chars().count() + 1;
        Err(ExprError::Compile(format!("{message} (1:{column})")))
    }
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// The length of a decimal number; `1..3` is a range of two of them.
fn decimal_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |mut at: usize| {
        while bytes.get(at).is_some_and(|b| b.is_ascii_digit() || *b == b'_') {
            at += 1;
        }
        at
    };
    let mut end = digits(0);
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1) != Some(&b'.') {
        end = digits(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(end + 1 + sign);
        if exponent > end + 1 + sign {
            end = exponent;
        }
    }
    end
}

fn escape(chars: &mut std::str::CharIndices<'_>, quote: char) -> Option<char> {
    let (_, character) = chars.next()?;
    let mut code = |length: usize| {
        let digits: String = chars.by_ref().take(length).map(|(_, digit)| digit).collect();
        (digits.len() == length).then(|| u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)).flatten()
    };
    match character {
        'n' => Some('\n'),
        't' => Some('\t'),
        'r' => Some('\r'),
        'a' => Some('\x07'),
        'b' => Some('\x08'),
        'f' => Some('\x0c'),
        'v' => Some('\x0b'),
        '\\' => Some('\\'),
        'x' => code(2),
        'u' => code(4),
        'U' => code(8),
        _ if character == quote || character == '\'' || character == '"' => Some(character),
        _ => None,
    }
}

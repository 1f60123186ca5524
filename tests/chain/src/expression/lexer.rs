//! Text as signs, names and constants.

use crate::Stuck;

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Token {
    Name(String),
    Text(String),
    Number(serde_json::Number),
    Sign(&'static str),
}

const SIGNS: &[&str] =
    &["==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "?", ":", "+", "-", "(", ")", "[", "]", ".", ",", "#"];

pub(super) fn tokens(expression: &str) -> Result<Vec<Token>, Stuck> {
    let mut tokens = Vec::new();
    let mut rest = expression.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '\'' | '"' => text(rest, first)?,
            c if c.is_ascii_digit() => number(rest)?,
            c if c.is_alphabetic() || c == '_' => {
                let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
                (Token::Name(rest[..length].to_owned()), length)
            }
            c => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
                Some(sign) => (Token::Sign(sign), sign.len()),
                None => return Err(Stuck::new(format!("`{expression}`: `{c}` is not known here"))),
            },
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

fn number(rest: &str) -> Result<(Token, usize), Stuck> {
    let length = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
    let number = &rest[..length];
    match number.parse() {
        Ok(number) => Ok((Token::Number(number), length)),
        Err(_) => Err(Stuck::new(format!("`{number}` is no number"))),
    }
}

fn text(rest: &str, quote: char) -> Result<(Token, usize), Stuck> {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, c)) = characters.next() {
        match c {
            c if c == quote => return Ok((Token::Text(text), at + 1)),
            '\\' => {
                let (_, kind) = characters.next().unwrap_or((0, ' '));
                let digits = match kind {
                    'n' => {
                        text.push('\n');
                        continue;
                    }
                    't' => {
                        text.push('\t');
                        continue;
                    }
                    'u' => 4,
                    'U' => 8,
                    other => {
                        text.push(other);
                        continue;
                    }
                };
                let hex: String = characters.by_ref().take(digits).map(|(_, c)| c).collect();
                let escaped = u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32);
                text.push(escaped.ok_or_else(|| Stuck::new(format!("`\\{kind}{hex}` is no character")))?);
            }
            c => text.push(c),
        }
    }
    Err(Stuck::new(format!("the string {rest} is never closed")))
}

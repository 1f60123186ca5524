//! Text to tokens.

use super::{Result, WhenError};

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Token {
    Number(f64),
    Bool(bool),
    Text(String),
    /// A path of names; only one is a value.
    Name(Vec<String>),
    Operator(&'static str),
    End,
}

/// Longest first.
const SYMBOLS: [&str; 27] = [
    "==", "!=", ">=", "<=", "=~", "!~", "&&", "||", "**", "<<", ">>", "??", ">", "<", "+", "-", "*", "/", "%", "&",
    "|", "^", "!", "~", "?", ":", ",",
];

pub(super) fn tokens(text: &str) -> Result<Vec<Token>> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = token(rest, first)?;
        found.push(token);
        rest = rest[length..].trim_start();
    }
    found.push(Token::End);
    Ok(found)
}

fn token(rest: &str, first: char) -> Result<(Token, usize)> {
    match first {
        '0'..='9' => number(rest),
        '\'' | '"' => string(&rest[1..]),
        '(' => Ok((Token::Operator("("), 1)),
        ')' => Ok((Token::Operator(")"), 1)),
        '[' => match rest.find(']') {
            Some(end) => Ok((Token::Name(vec![rest[1..end].to_owned()]), end + 1)),
            None => Err(WhenError::Parse("Unclosed parameter bracket".to_owned())),
        },
        _ if first.is_alphabetic() => name(rest),
        _ => match SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
            Some(symbol) => Ok((Token::Operator(symbol), symbol.len())),
            None => {
                let end = rest.find(|c: char| c.is_alphanumeric() || c.is_whitespace()).unwrap_or(rest.len());
                Err(WhenError::Parse(format!("Invalid token: '{}'", &rest[..end])))
            }
        },
    }
}

fn number(rest: &str) -> Result<(Token, usize)> {
    if let Some(digits) = rest.strip_prefix("0x") {
        let end = digits.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(digits.len());
        #[expect(clippy::cast_precision_loss, reason = "every number is a float here")]
        let value = u64::from_str_radix(&digits[..end], 16).map(|value| value as f64);
        let value = value.map_err(|error| WhenError::Parse(error.to_string()))?;
        return Ok((Token::Number(value), end + 2));
    }
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    match rest[..end].parse() {
        Ok(value) => Ok((Token::Number(value), end)),
        Err(_) => Err(WhenError::Parse(format!("Unable to parse numeric value '{}' to float64", &rest[..end]))),
    }
}

/// Either quote closes it; a backslash takes what follows as it is.
fn string(rest: &str) -> Result<(Token, usize)> {
    let mut value = String::new();
    let mut chars = rest.char_indices();
    while let Some((at, character)) = chars.next() {
        match character {
            '\'' | '"' => return Ok((Token::Text(value), at + 2)),
            '\\' => value.extend(chars.next().map(|(_, escaped)| escaped)),
            _ => value.push(character),
        }
    }
    Err(WhenError::Parse("Unclosed string literal".to_owned()))
}

fn name(rest: &str) -> Result<(Token, usize)> {
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').unwrap_or(rest.len());
    let text = &rest[..end];
    let token = match text {
        "true" => Token::Bool(true),
        "false" => Token::Bool(false),
        "in" | "IN" => Token::Operator("in"),
        _ => {
            let path: Vec<String> = text.split('.').map(str::to_owned).collect();
            let hidden = path.iter().skip(1).find(|field| !starts_as_exported(field));
            if let Some(field) = hidden {
                return Err(WhenError::Parse(format!("Unable to access unexported field '{field}' in token '{text}'")));
            }
            Token::Name(path)
        }
    };
    Ok((token, end))
}

fn starts_as_exported(field: &str) -> bool {
    field.chars().next().is_some_and(|first| !first.is_lowercase())
}

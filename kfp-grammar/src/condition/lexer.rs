//! The words and signs of a condition.

use std::ops::Range;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TokenKind {
    Word,
    In,
    NotIn,
    Not,
    Equals,
    NotEquals,
    Greater,
    Less,
    Open,
    Close,
    Comma,
    End,
}

impl TokenKind {
    /// `in` and `notin` are words like any other where a key or a value stands.
    pub(super) fn is_word(self) -> bool {
        matches!(self, Self::Word | Self::In | Self::NotIn)
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) at: Range<usize>,
}

pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

/// Each sign, a longer one before its start.
const SIGNS: &[(&str, TokenKind)] = &[
    ("==", TokenKind::Equals),
    ("!=", TokenKind::NotEquals),
    ("=", TokenKind::Equals),
    ("!", TokenKind::Not),
    (">", TokenKind::Greater),
    ("<", TokenKind::Less),
    ("(", TokenKind::Open),
    (")", TokenKind::Close),
    (",", TokenKind::Comma),
];

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn next(&mut self) -> Token {
        let token = self.peek();
        self.at = token.at.end;
        token
    }

    pub(super) fn peek(&self) -> Token {
        let rest = self.text[self.at..].trim_start_matches([' ', '\t', '\r', '\n']);
        let start = self.text.len() - rest.len();
        if rest.is_empty() {
            return Token { kind: TokenKind::End, at: start..start };
        }
        if let Some((sign, kind)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            return Token { kind: *kind, at: start..start + sign.len() };
        }
        let ends = [' ', '\t', '\r', '\n', '=', '!', '(', ')', ',', '>', '<'];
        let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
        let kind = match word {
            "in" => TokenKind::In,
            "notin" => TokenKind::NotIn,
            _ => TokenKind::Word,
        };
        Token { kind, at: start..start + word.len() }
    }
}

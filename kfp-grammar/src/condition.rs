//! When a resource has succeeded or failed: `status.succeeded > 0, status.phase in (Running, Succeeded)`.
//!
//! Argo reads it as a Kubernetes label selector whose keys are paths into the resource's JSON. All of a success
//! condition's requirements must hold; of a failure condition, any.

mod lexer;

use crate::{Code, Mistake, label};
use lexer::{Lexer, Token, TokenKind};
use std::ops::Range;

/// One requirement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Requirement<'a> {
    /// A path into the resource's JSON, names and indices joined by `.`.
    pub key: &'a str,
    /// How its value is compared.
    pub operator: Operator,
    /// With what; one for `=`, `!=`, `<` and `>`, any number for `in` and `notin`, else none.
    pub values: Vec<&'a str>,
}

/// How a requirement compares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operator {
    /// `key`
    Exists,
    /// `!key`
    DoesNotExist,
    /// `=`, `==`
    Equals,
    /// `!=`
    NotEquals,
    /// `in (a, b)`
    In,
    /// `notin (a, b)`
    NotIn,
    /// `>` with a whole number
    GreaterThan,
    /// `<` with a whole number
    LessThan,
}

const CODE: Code = Code(330);

/// Reads a condition; none is an empty list.
pub fn parse(text: &str) -> Result<Vec<Requirement<'_>>, Mistake> {
    let mut parser = Parser { lexer: Lexer::new(text), text };
    let mut requirements = Vec::new();
    if parser.lexer.peek().kind == TokenKind::End {
        return Ok(requirements);
    }
    loop {
        requirements.push(parser.requirement()?);
        let token = parser.lexer.next();
        match token.kind {
            TokenKind::End => return Ok(requirements),
            TokenKind::Comma => {}
            _ => return Err(parser.unexpected(&token, "`,` or the end")),
        }
    }
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    text: &'a str,
}

impl<'a> Parser<'a> {
    fn requirement(&mut self) -> Result<Requirement<'a>, Mistake> {
        let mut token = self.lexer.next();
        let negated = token.kind == TokenKind::Not;
        if negated {
            token = self.lexer.next();
        }
        if !token.kind.is_word() {
            return Err(self.unexpected(&token, "a path such as `status.phase`"));
        }
        let key = &self.text[token.at.clone()];
        check_key(key, &token.at)?;
        let next = self.lexer.peek();
        if negated {
            return Ok(Requirement { key, operator: Operator::DoesNotExist, values: Vec::new() });
        }
        if matches!(next.kind, TokenKind::End | TokenKind::Comma) {
            return Ok(Requirement { key, operator: Operator::Exists, values: Vec::new() });
        }
        let operator = self.operator()?;
        let values = match operator {
            Operator::In | Operator::NotIn => self.list()?,
            _ => vec![self.value(operator)?],
        };
        Ok(Requirement { key, operator, values })
    }

    fn operator(&mut self) -> Result<Operator, Mistake> {
        let token = self.lexer.next();
        Ok(match token.kind {
            TokenKind::Equals => Operator::Equals,
            TokenKind::NotEquals => Operator::NotEquals,
            TokenKind::Greater => Operator::GreaterThan,
            TokenKind::Less => Operator::LessThan,
            TokenKind::In => Operator::In,
            TokenKind::NotIn => Operator::NotIn,
            _ => return Err(self.unexpected(&token, "`==`, `!=`, `<`, `>`, `in` or `notin`")),
        })
    }

    fn value(&mut self, operator: Operator) -> Result<&'a str, Mistake> {
        let token = self.lexer.peek();
        let value = match token.kind {
            TokenKind::End | TokenKind::Comma => "",
            kind if kind.is_word() => &self.text[self.lexer.next().at],
            _ => return Err(self.unexpected(&token, "a value")),
        };
        let ordered = matches!(operator, Operator::GreaterThan | Operator::LessThan);
        if ordered && value.parse::<i64>().is_err() {
            let message = format!("`<` and `>` compare with a whole number, not with `{value}`");
            return Err(Mistake::new(CODE, token.at, message));
        }
        check_value(value, &token.at)?;
        Ok(value)
    }

    fn list(&mut self) -> Result<Vec<&'a str>, Mistake> {
        let open = self.lexer.next();
        if open.kind != TokenKind::Open {
            return Err(self.unexpected(&open, "`(` and values"));
        }
        let mut values = Vec::new();
        loop {
            let token = self.lexer.peek();
            // As in Kubernetes, nothing between commas is the empty value.
            values.push(if token.kind.is_word() { &self.text[self.lexer.next().at] } else { "" });
            check_value(values[values.len() - 1], &token.at)?;
            let token = self.lexer.next();
            match token.kind {
                TokenKind::Close => return Ok(values),
                TokenKind::Comma => {}
                _ => return Err(self.unexpected(&token, "`,` or `)`")),
            }
        }
    }

    fn unexpected(&self, token: &Token, expected: &str) -> Mistake {
        let before = self.text[..token.at.start].trim_end();
        let found = &self.text[token.at.clone()];
        let message = match token.kind {
            TokenKind::End => format!("the condition ends where {expected} was expected"),
            _ => format!("the condition has `{found}` where {expected} was expected"),
        };
        let mistake = Mistake::new(CODE, token.at.clone(), message);
        if found.starts_with('=') && before.ends_with(['<', '>']) {
            return mistake.help("there is no `>=` and no `<=`; write `> 2` for `>= 3`");
        }
        if found.starts_with("&&") || found == "and" {
            return mistake.help("`,` stands between requirements that must all hold");
        }
        if found.starts_with("||") || found == "or" {
            return mistake.help("there is no or; write `key in (a, b)`");
        }
        mistake.help("write the path of a field, how it compares, and with what: `status.phase == Succeeded`")
    }
}

fn check_key(key: &str, at: &Range<usize>) -> Result<(), Mistake> {
    label::parse(key).map(|_| ()).map_err(|mistake| {
        let place = at.start + mistake.at.start..at.start + mistake.at.end;
        let found = &key[mistake.at];
        let message = format!("`{key}` cannot be read as a path: it may hold letters, digits, `-`, `_` and `.`");
        let mistake = Mistake::new(CODE, place, message);
        match found {
            "[" | "]" => mistake.help("an index is a name like any other: `status.conditions.0.type`"),
            "{" | "}" | "$" => mistake.help("write the bare path: `status.phase`"),
            "\"" | "'" => mistake.help("nothing is quoted here"),
            _ => mistake,
        }
    })
}

fn check_value(value: &str, at: &Range<usize>) -> Result<(), Mistake> {
    label::value(value).map_err(|mistake| {
        let place = at.start + mistake.at.start..at.start + mistake.at.end;
        let bare = value.trim_matches(['"', '\'']);
        let message = format!("`{value}` cannot be compared with: Argo allows only what a label may hold");
        let found = Mistake::new(CODE, place, message);
        if bare != value && label::value(bare).is_ok() {
            return found.help(format!("nothing is quoted here; write `{bare}`"));
        }
        found.help("a value has at most 63 letters, digits, `-`, `_` and `.`")
    })
}

#[cfg(test)]
mod tests;

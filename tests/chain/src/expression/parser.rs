//! Signs, names and constants as a tree.

use super::lexer::{Token, tokens};
use crate::Stuck;
use serde_json::Value;

#[derive(Debug)]
pub(super) enum Node {
    Constant(Value),
    /// A variable.
    Name(String),
    /// `#`, the element that `map` is at.
    Item,
    List(Vec<Node>),
    Member(Box<Node>, Box<Node>),
    Call(String, Vec<Node>),
    Not(Box<Node>),
    Minus(Box<Node>),
    Binary(&'static str, Box<Node>, Box<Node>),
    Choice(Box<Node>, Box<Node>, Box<Node>),
}

/// Operators from the loosest to the tightest.
const LEVELS: &[&[&str]] = &[&["||"], &["&&"], &["==", "!=", "<=", ">=", "<", ">"], &["+", "-"]];

pub(super) fn parse(expression: &str) -> Result<Node, Stuck> {
    let mut parser = Parser { tokens: tokens(expression)?, at: 0 };
    let node = parser.choice();
    let node = node.map_err(|stuck| stuck.at(&format!("`{expression}`")))?;
    match parser.tokens.get(parser.at) {
        None => Ok(node),
        Some(token) => Err(Stuck::new(format!("`{expression}` does not go on with {token:?}"))),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn takes(&mut self, sign: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Sign(next)) if *next == sign);
        self.at += usize::from(found);
        found
    }

    fn needs(&mut self, sign: &str) -> Result<(), Stuck> {
        if self.takes(sign) { Ok(()) } else { Err(Stuck::new(format!("`{sign}` is missing"))) }
    }

    fn choice(&mut self) -> Result<Node, Stuck> {
        let condition = self.binary(0)?;
        if !self.takes("?") {
            return Ok(condition);
        }
        let yes = self.choice()?;
        self.needs(":")?;
        Ok(Node::Choice(Box::new(condition), Box::new(yes), Box::new(self.choice()?)))
    }

    fn binary(&mut self, level: usize) -> Result<Node, Stuck> {
        let Some(signs) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.binary(level + 1)?;
        while let Some(&sign) = signs.iter().find(|sign| self.takes(sign)) {
            left = Node::Binary(sign, Box::new(left), Box::new(self.binary(level + 1)?));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Node, Stuck> {
        if self.takes("!") {
            return Ok(Node::Not(Box::new(self.unary()?)));
        }
        if self.takes("-") {
            return Ok(Node::Minus(Box::new(self.unary()?)));
        }
        let mut node = self.atom()?;
        loop {
            if self.takes(".") {
                let Some(Token::Name(name)) = self.tokens.get(self.at).cloned() else {
                    return Err(Stuck::new("a name is missing after `.`"));
                };
                self.at += 1;
                node = Node::Member(Box::new(node), Box::new(Node::Constant(name.into())));
            } else if self.takes("[") {
                let index = self.choice()?;
                self.needs("]")?;
                node = Node::Member(Box::new(node), Box::new(index));
            } else {
                return Ok(node);
            }
        }
    }

    fn atom(&mut self) -> Result<Node, Stuck> {
        let token = self.tokens.get(self.at).cloned().ok_or_else(|| Stuck::new("it ends too early"))?;
        self.at += 1;
        Ok(match token {
            Token::Text(text) => Node::Constant(text.into()),
            Token::Number(number) => Node::Constant(number.into()),
            Token::Name(name) if name == "true" => Node::Constant(true.into()),
            Token::Name(name) if name == "false" => Node::Constant(false.into()),
            Token::Name(name) if name == "nil" => Node::Constant(Value::Null),
            Token::Name(name) if self.takes("(") => Node::Call(name, self.list(")")?),
            Token::Name(name) => Node::Name(name),
            Token::Sign("#") => Node::Item,
            Token::Sign("[") => Node::List(self.list("]")?),
            Token::Sign("(") => {
                let inner = self.choice()?;
                self.needs(")")?;
                inner
            }
            Token::Sign(sign) => return Err(Stuck::new(format!("`{sign}` cannot stand there"))),
        })
    }

    fn list(&mut self, close: &str) -> Result<Vec<Node>, Stuck> {
        let mut nodes = Vec::new();
        while !self.takes(close) {
            if !nodes.is_empty() {
                self.needs(",")?;
            }
            nodes.push(self.choice()?);
        }
        Ok(nodes)
    }
}

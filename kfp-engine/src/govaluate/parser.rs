//! Tokens to a tree, by precedence.

use super::lexer::{Token, tokens};
use super::{Result, WhenError};

#[derive(Clone, Debug)]
pub(super) enum Node {
    Number(f64),
    Bool(bool),
    Text(String),
    /// Names with fields, which nothing has here.
    Path(Vec<String>),
    Prefix(&'static str, Box<Node>),
    Binary(&'static str, Box<Node>, Box<Node>),
    List(Vec<Node>),
}

/// Deeper than anybody writes, and shallow enough for the stack.
const DEEPEST: usize = 200;

/// From loose to tight.
const LEVELS: [&[&str]; 8] = [
    &["?", ":", "??"],
    &["||"],
    &["&&"],
    &["==", "!=", ">", "<", ">=", "<=", "=~", "!~", "in"],
    &["&", "|", "^"],
    &["<<", ">>"],
    &["+", "-"],
    &["*", "/", "%"],
];

pub(super) fn parse(text: &str) -> Result<Node> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, depth: 0 };
    if parser.tokens.len() == 1 {
        return Err(WhenError::Parse("Unexpected end of expression".to_owned()));
    }
    let node = parser.level(0)?;
    match parser.peek() {
        Token::End => Ok(node),
        _ => parser.unexpected(),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.at]
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        token
    }

    fn unexpected<T>(&self) -> Result<T> {
        Err(WhenError::Parse(match self.peek() {
            Token::End => "Unexpected end of expression".to_owned(),
            found => {
                let before = self.at.checked_sub(1).map_or("the beginning".to_owned(), |at| show(&self.tokens[at]));
                format!("Cannot transition token types from {before} to {}", show(found))
            }
        }))
    }

    fn level(&mut self, level: usize) -> Result<Node> {
        let Some(operators) = LEVELS.get(level) else { return self.power() };
        let mut left = self.level(level + 1)?;
        while let Token::Operator(operator) = self.peek() {
            let Some(operator) = operators.iter().find(|known| *known == operator) else { break };
            self.next();
            let right = self.level(level + 1)?;
            left = Node::Binary(operator, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn power(&mut self) -> Result<Node> {
        let left = self.value()?;
        if *self.peek() != Token::Operator("**") {
            return Ok(left);
        }
        self.next();
        Ok(Node::Binary("**", Box::new(left), Box::new(self.power()?)))
    }

    fn value(&mut self) -> Result<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(WhenError::Parse("the condition nests too deep".to_owned()));
        }
        let node = match self.peek().clone() {
            Token::Number(number) => self.taken(Node::Number(number)),
            Token::Bool(value) => self.taken(Node::Bool(value)),
            Token::Text(text) => self.taken(Node::Text(text)),
            Token::Name(mut path) if path.len() == 1 => self.taken(Node::Text(path.remove(0))),
            Token::Name(path) => self.taken(Node::Path(path)),
            Token::Operator(operator @ ("!" | "-" | "~")) => {
                self.next();
                Node::Prefix(operator, Box::new(self.value()?))
            }
            Token::Operator("(") => {
                self.next();
                self.clause()?
            }
            _ => return self.unexpected(),
        };
        self.depth -= 1;
        Ok(node)
    }

    fn taken(&mut self, node: Node) -> Node {
        self.next();
        node
    }

    fn clause(&mut self) -> Result<Node> {
        let first = self.level(0)?;
        let mut items = vec![first];
        while *self.peek() == Token::Operator(",") {
            self.next();
            items.push(self.level(0)?);
        }
        if *self.peek() != Token::Operator(")") {
            return Err(WhenError::Parse("Unbalanced parenthesis".to_owned()));
        }
        self.next();
        Ok(if items.len() == 1 { items.remove(0) } else { Node::List(items) })
    }
}

fn show(token: &Token) -> String {
    match token {
        Token::Number(number) => format!("NUMERIC [{number}]"),
        Token::Bool(value) => format!("BOOLEAN [{value}]"),
        Token::Text(text) => format!("STRING [{text}]"),
        Token::Name(path) => format!("VARIABLE [{}]", path.join(".")),
        Token::Operator(operator) => format!("[{operator}]"),
        Token::End => "the end".to_owned(),
    }
}

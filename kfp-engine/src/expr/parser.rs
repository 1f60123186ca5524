//! Tokens to a tree, by precedence.

use super::ast::Node;
use super::lexer::{Token, tokens};
use super::{ExprError, Result, builtins, closures};
use serde_json::Value;

/// Deeper than anybody writes, and shallow enough for the stack.
const DEEPEST: usize = 200;

pub(super) fn parse(text: &str) -> Result<Node> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, depth: 0, closures: 0 };
    let node = parser.expression(0)?;
    match parser.peek() {
        Token::End => Ok(node),
        _ => parser.unexpected(),
    }
}

struct Parser {
    tokens: Vec<(Token, usize)>,
    at: usize,
    depth: usize,
    closures: usize,
}

/// How tight an operator between two operands binds.
fn binding(operator: &str) -> Option<u32> {
    Some(match operator {
        "|" => 0,
        "||" | "or" => 10,
        "&&" | "and" => 15,
        "==" | "!=" | "<" | ">" | "<=" | ">=" | "in" | "matches" | "contains" | "startsWith" | "endsWith" | "not" => 20,
        ".." => 25,
        "+" | "-" => 30,
        "*" | "/" | "%" => 60,
        "**" | "^" => 100,
        "??" => 500,
        _ => return None,
    })
}

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.at].0
    }

    fn column(&self) -> usize {
        self.tokens[self.at].1
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        token
    }

    fn takes(&mut self, operator: &str) -> bool {
        let is_there = matches!(self.peek(), Token::Operator(found) if *found == operator);
        if is_there {
            self.next();
        }
        is_there
    }

    fn expect(&mut self, operator: &str) -> Result<()> {
        if self.takes(operator) { Ok(()) } else { self.unexpected() }
    }

    fn unexpected<T>(&self) -> Result<T> {
        let what = match self.peek() {
            Token::End => "end of the expression".to_owned(),
            Token::Operator(operator) => format!("Operator(\"{operator}\")"),
            Token::Name(name) => format!("Identifier(\"{name}\")"),
            Token::Pointer(name) => format!("Pointer(\"#{name}\")"),
            Token::Value(value) => format!("Literal({value})"),
        };
        Err(ExprError::Compile(format!("unexpected token {what} (1:{})", self.column() + 1)))
    }

    /// `let a = 1; b`, after the first word.
    fn variable(&mut self) -> Result<Node> {
        let Token::Name(name) = self.next() else {
            self.at -= 1;
            return self.unexpected();
        };
        self.expect("=")?;
        let value = self.expression(0)?;
        self.expect(";")?;
        Ok(Node::Let(name, Box::new(value), Box::new(self.expression(0)?)))
    }

    fn expression(&mut self, weakest: u32) -> Result<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(ExprError::Compile("the expression nests too deep".to_owned()));
        }
        let node = if weakest == 0 && self.takes("let") { self.variable() } else { self.binary(weakest) };
        self.depth -= 1;
        node
    }

    fn binary(&mut self, weakest: u32) -> Result<Node> {
        let mut left = self.unary()?;
        let mut before = "";
        while let &Token::Operator(operator) = self.peek() {
            let Some(strength) = binding(operator).filter(|strength| *strength >= weakest) else { break };
            let at = self.column();
            self.next();
            if operator == "|" {
                left = self.pipe(left)?;
                before = operator;
                continue;
            }
            if before == "??" && operator != "??" {
                let why = format!("Operator ({operator}) and coalesce expressions (??) cannot be mixed");
                return Err(ExprError::Compile(format!("{why}. Wrap either by parentheses. (1:{})", at + 1)));
            }
            before = operator;
            let mut operator = operator;
            let negated = operator == "not";
            if negated {
                match self.next() {
                    Token::Operator(word @ ("in" | "matches" | "contains" | "startsWith" | "endsWith")) => {
                        operator = word;
                    }
                    _ => {
                        self.at -= 1;
                        return self.unexpected();
                    }
                }
            }
            if let ("<" | "<=" | ">" | ">=", false) = (operator, negated) {
                left = self.comparisons(left, operator, at)?;
                continue;
            }
            let is_right = matches!(operator, "**" | "^");
            let right = self.expression(if is_right { strength } else { strength + 1 })?;
            left = Node::Binary { operator, left: Box::new(left), right: Box::new(right), at };
            if negated {
                left = Node::Unary("!", Box::new(left), at);
            }
        }
        if weakest == 0 { self.choice(left) } else { Ok(left) }
    }

    /// `a < b <= c` is `a < b && b <= c`.
    fn comparisons(&mut self, first: Node, operator: &'static str, at: usize) -> Result<Node> {
        let strength = binding(operator).unwrap_or_default();
        let (mut left, mut operator, mut at) = (first, operator, at);
        let mut whole: Option<Node> = None;
        loop {
            let right = self.expression(strength + 1)?;
            let one = Node::Binary { operator, left: Box::new(left), right: Box::new(right.clone()), at };
            let joined = match whole {
                Some(before) => Node::Binary { operator: "&&", left: Box::new(before), right: Box::new(one), at },
                None => one,
            };
            let &Token::Operator(next @ ("<" | "<=" | ">" | ">=")) = self.peek() else { return Ok(joined) };
            (left, operator, at, whole) = (right, next, self.column(), Some(joined));
            self.next();
        }
    }

    fn choice(&mut self, condition: Node) -> Result<Node> {
        if self.takes("?:") {
            let other = self.expression(0)?;
            return Ok(Node::Conditional(Box::new([condition.clone(), condition, other])));
        }
        if !self.takes("?") {
            return Ok(condition);
        }
        let then = self.expression(0)?;
        self.expect(":")?;
        Ok(Node::Conditional(Box::new([condition, then, self.expression(0)?])))
    }

    /// `value | function(more)`.
    fn pipe(&mut self, first: Node) -> Result<Node> {
        let mut called = self.postfix()?;
        match &mut called {
            Node::Call { arguments, .. } => arguments.insert(0, first),
            _ => return self.unexpected(),
        }
        Ok(called)
    }

    fn unary(&mut self) -> Result<Node> {
        let at = self.column();
        let (operator, strength) = match self.peek() {
            Token::Operator("not") => ("!", 50),
            Token::Operator("!") => ("!", 1000),
            Token::Operator("-") => ("-", 90),
            Token::Operator("+") => ("+", 90),
            _ => return self.postfix(),
        };
        self.next();
        let node = self.expression(strength)?;
        Ok(Node::Unary(operator, Box::new(node), at))
    }

    fn postfix(&mut self) -> Result<Node> {
        let mut node = self.primary()?;
        if let Node::Literal(Value::Null | Value::Bool(_) | Value::Number(_)) = node {
            return Ok(node);
        }
        loop {
            let at = self.column();
            let optional = self.takes("?.");
            if optional || self.takes(".") {
                if optional && self.takes("[") {
                    let key = self.expression(0)?;
                    self.expect("]")?;
                    node = Node::Member { base: Box::new(node), key: Box::new(key), optional };
                    continue;
                }
                let Token::Name(name) = self.peek().clone() else { return self.unexpected() };
                self.next();
                node = self.member(node, name, optional, at)?;
            } else if self.takes("[") {
                node = self.index(node)?;
            } else {
                return Ok(node);
            }
        }
    }

    fn member(&mut self, base: Node, name: String, optional: bool, at: usize) -> Result<Node> {
        if matches!(self.peek(), Token::Operator("(")) {
            if matches!(&base, Node::Name(space, _) if space == "sprig") {
                return self.call(format!("sprig.{name}"), at);
            }
            self.next();
            return Ok(Node::Method { base: Box::new(base), name, arguments: self.items(")")? });
        }
        Ok(Node::Member { base: Box::new(base), key: Box::new(Node::Literal(name.into())), optional })
    }

    fn index(&mut self, base: Node) -> Result<Node> {
        let base = Box::new(base);
        let from = if matches!(self.peek(), Token::Operator(":")) { None } else { Some(self.expression(0)?) };
        if self.takes(":") {
            let to = if matches!(self.peek(), Token::Operator("]")) { None } else { Some(self.expression(0)?) };
            self.expect("]")?;
            return Ok(Node::Slice { base, from: from.map(Box::new), to: to.map(Box::new) });
        }
        self.expect("]")?;
        let Some(key) = from else { return self.unexpected() };
        Ok(Node::Member { base, key: Box::new(key), optional: false })
    }

    fn primary(&mut self) -> Result<Node> {
        let at = self.column();
        match self.peek().clone() {
            Token::Value(value) => {
                self.next();
                Ok(Node::Literal(value))
            }
            Token::Name(name) => {
                self.next();
                if matches!(self.peek(), Token::Operator("(")) { self.call(name, at) } else { Ok(Node::Name(name, at)) }
            }
            Token::Pointer(name) => {
                self.next();
                Ok(Node::Pointer(name))
            }
            // `.name` in a closure is `#.name`.
            Token::Operator(".") if self.closures > 0 => {
                self.next();
                let Token::Name(name) = self.peek().clone() else { return self.unexpected() };
                self.next();
                self.member(Node::Pointer(String::new()), name, false, at)
            }
            Token::Operator("(") => {
                self.next();
                let node = self.expression(0)?;
                self.expect(")")?;
                Ok(node)
            }
            Token::Operator("[") => {
                self.next();
                self.items("]").map(Node::List)
            }
            Token::Operator("{") => {
                self.next();
                self.map()
            }
            Token::Operator("if") => {
                self.next();
                self.if_else()
            }
            _ => self.unexpected(),
        }
    }

    fn if_else(&mut self) -> Result<Node> {
        let condition = self.expression(0)?;
        self.expect("{")?;
        let then = self.expression(0)?;
        self.expect("}")?;
        self.expect("else")?;
        if self.takes("if") {
            let other = self.if_else()?;
            return Ok(Node::Conditional(Box::new([condition, then, other])));
        }
        self.expect("{")?;
        let other = self.expression(0)?;
        self.expect("}")?;
        Ok(Node::Conditional(Box::new([condition, then, other])))
    }

    fn items(&mut self, end: &str) -> Result<Vec<Node>> {
        let mut items = Vec::new();
        while !self.takes(end) {
            if !items.is_empty() {
                self.expect(",")?;
                if self.takes(end) {
                    break;
                }
            }
            items.push(self.expression(0)?);
        }
        Ok(items)
    }

    fn map(&mut self) -> Result<Node> {
        let mut pairs = Vec::new();
        while !self.takes("}") {
            if !pairs.is_empty() {
                self.expect(",")?;
                if self.takes("}") {
                    break;
                }
            }
            let key = match self.peek().clone() {
                Token::Name(name) => {
                    self.next();
                    Node::Literal(name.into())
                }
                Token::Value(Value::String(text)) => {
                    self.next();
                    Node::Literal(text.into())
                }
                Token::Value(Value::Number(number)) => {
                    self.next();
                    Node::Literal(number.to_string().into())
                }
                Token::Operator("(") => {
                    self.next();
                    let key = self.expression(0)?;
                    self.expect(")")?;
                    key
                }
                _ => return self.unexpected(),
            };
            self.expect(":")?;
            pairs.push((key, self.expression(0)?));
        }
        Ok(Node::Map(pairs))
    }

    fn call(&mut self, name: String, at: usize) -> Result<Node> {
        if !closures::is_known(&name) && !builtins::is_known(&name) {
            return Err(ExprError::Unknown(format!("unknown name {name} (1:{})", at + 1)));
        }
        self.expect("(")?;
        let mut arguments = Vec::new();
        while !self.takes(")") {
            if !arguments.is_empty() {
                self.expect(",")?;
                if self.takes(")") {
                    break;
                }
            }
            let second = arguments.len() == 1;
            arguments.push(if closures::is_known(&name) && second { self.closure()? } else { self.expression(0)? });
        }
        Ok(Node::Call { name, arguments })
    }

    fn closure(&mut self) -> Result<Node> {
        self.closures += 1;
        let node = if self.takes("{") {
            let body = self.expression(0)?;
            self.expect("}")?;
            body
        } else {
            self.expression(0)?
        };
        self.closures -= 1;
        Ok(Node::Closure(Box::new(node)))
    }
}

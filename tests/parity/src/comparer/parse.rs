//! Reads the two languages of conditions, which agree in all that a manifest of ours or of the SDK holds.

use super::text::Text;
use super::{Expr, Result, cannot};

/// Stands for a text that was put into a source before it is parsed: the number of the text is between the two.
pub(super) const MARK: (char, char) = ('\u{e000}', '\u{e001}');

/// From loose to tight.
const LEVELS: [&[&str]; 7] =
    [&["||"], &["&&"], &["==", "!=", "<=", ">=", "<", ">", "in"], &[".."], &["+", "-"], &["*", "/", "%"], &["??"]];

/// Finds the text of a variable, and how many of the names are its own: the rest are fields.
pub(super) type Lookup<'a> = dyn Fn(&[String]) -> Result<(Text, usize)> + 'a;

/// Reads an expression in which texts are marked.
pub(super) fn parse(source: &str, marked: &[Text], lookup: &Lookup<'_>) -> Result<Expr> {
    let mut parser = Parser { rest: source, marked, lookup };
    let expression = parser.conditional()?;
    parser.space();
    if parser.rest.is_empty() {
        Ok(expression)
    } else {
        cannot(format!("`{source}`: not understood at `{}`", parser.rest))
    }
}

/// A text in which others are marked.
pub(super) fn unmark(source: &str, marked: &[Text]) -> Text {
    let mut text = Text::default();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once(MARK.0) {
        let (number, after) = after.split_once(MARK.1).unwrap_or((after, ""));
        text.push(Text::constant(before));
        text.push(number.parse::<usize>().ok().and_then(|at| marked.get(at).cloned()).unwrap_or_default());
        rest = after;
    }
    text.push(Text::constant(rest));
    text
}

struct Parser<'a> {
    rest: &'a str,
    marked: &'a [Text],
    lookup: &'a Lookup<'a>,
}

impl Parser<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, token: &str) -> bool {
        self.space();
        let Some(rest) = self.rest.strip_prefix(token) else { return false };
        if token.ends_with(|c: char| c.is_alphanumeric()) && rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        {
            return false;
        }
        self.rest = rest;
        true
    }

    fn expect(&mut self, token: &str) -> Result<()> {
        if self.take(token) { Ok(()) } else { cannot(format!("`{token}` is missing before `{}`", self.rest)) }
    }

    fn conditional(&mut self) -> Result<Expr> {
        let test = self.level(0)?;
        if !self.take("?") {
            return Ok(test);
        }
        let yes = self.conditional()?;
        self.expect(":")?;
        let no = self.conditional()?;
        Ok(Expr::Conditional(Box::new([test, yes, no])))
    }

    fn level(&mut self, level: usize) -> Result<Expr> {
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.level(level + 1)?;
        while let Some(operator) = operators.iter().find(|operator| self.take(operator)) {
            left = Expr::Binary(operator, Box::new(left), Box::new(self.level(level + 1)?));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Expr> {
        if self.take("!") {
            return Ok(Expr::Not(Box::new(self.unary()?)));
        }
        if self.take("-") {
            return match self.unary()? {
                Expr::Number(number) => Ok(Expr::Number(format!("-{number}"))),
                other => Ok(Expr::Call("-".to_owned(), vec![other])),
            };
        }
        let mut value = self.primary()?;
        loop {
            if self.take("[") {
                value = match self.conditional()? {
                    Expr::Text(text) if text.as_constant().is_some() => {
                        value.member(text.as_constant().unwrap_or_default().to_owned())
                    }
                    index => Expr::Call("[]".to_owned(), vec![value, index]),
                };
                self.expect("]")?;
            } else if self.take("?.") || !self.rest.trim_start().starts_with("..") && self.take(".") {
                let name = self.word();
                value = value.member(name);
            } else {
                return Ok(value);
            }
        }
    }

    fn primary(&mut self) -> Result<Expr> {
        self.space();
        let Some(first) = self.rest.chars().next() else { return cannot("an expression ends too early") };
        match first {
            '(' => {
                self.take("(");
                let inner = self.conditional()?;
                self.expect(")")?;
                Ok(inner)
            }
            '[' => {
                self.take("[");
                Ok(Expr::List(self.list("]")?))
            }
            '{' => self.map(),
            '#' => {
                self.take("#");
                Ok(Expr::Word("#".to_owned()))
            }
            '\'' | '"' => Ok(Expr::Text(self.string(first)?)),
            c if c == MARK.0 => {
                let end = self.rest.find(MARK.1).map_or(self.rest.len(), |at| at + MARK.1.len_utf8());
                let text = unmark(&self.rest[..end], self.marked);
                self.rest = &self.rest[end..];
                // Without quotes it is a number wherever it looks like one.
                Ok(Expr::Decoded(text))
            }
            c if c.is_ascii_digit() => {
                let end = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(self.rest.len());
                let end = self.rest.find("..").map_or(end, |range| range.min(end));
                let number = self.rest[..end].to_owned();
                self.rest = &self.rest[end..];
                Ok(Expr::Number(number))
            }
            c if c.is_alphabetic() || c == '_' => self.name(),
            other => cannot(format!("`{other}` is not understood in an expression")),
        }
    }

    fn list(&mut self, end: &str) -> Result<Vec<Expr>> {
        let mut items = Vec::new();
        while !self.take(end) {
            items.push(self.conditional()?);
            if !self.take(",") {
                self.expect(end)?;
                break;
            }
        }
        Ok(items)
    }

    fn map(&mut self) -> Result<Expr> {
        let mut pairs = Vec::new();
        self.take("{");
        while !self.take("}") {
            let key = self.primary_or_word()?;
            self.expect(":")?;
            pairs.push((key, self.conditional()?));
            if !self.take(",") {
                self.expect("}")?;
                break;
            }
        }
        Ok(Expr::Map(pairs))
    }

    fn primary_or_word(&mut self) -> Result<Expr> {
        self.space();
        match self.rest.starts_with(['\'', '"']) {
            true => self.primary(),
            false => Ok(Expr::Text(Text::constant(self.word()))),
        }
    }

    fn word(&mut self) -> String {
        let end = self.rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(self.rest.len());
        let word = self.rest[..end].to_owned();
        self.rest = &self.rest[end..];
        word
    }

    /// A word, a call, or a variable with all of its names.
    fn name(&mut self) -> Result<Expr> {
        let mut path = vec![self.word()];
        if matches!(path[0].as_str(), "true" | "false" | "nil") {
            return Ok(Expr::Word(path.remove(0)));
        }
        loop {
            if self.rest.starts_with('(') {
                self.take("(");
                return Ok(Expr::call(&path.join("."), self.list(")")?));
            } else if self.rest.starts_with('.') {
                self.take(".");
                path.push(self.word());
            } else if self.rest.starts_with("['") || self.rest.starts_with("[\"") {
                self.take("[");
                let quote = if self.rest.starts_with('\'') { '\'' } else { '"' };
                path.push(self.string(quote)?.as_constant().unwrap_or_default().to_owned());
                self.expect("]")?;
            } else {
                break;
            }
        }
        let (text, own) = (self.lookup)(&path)?;
        Ok(path.drain(own..).fold(Expr::Text(text), Expr::member))
    }

    fn string(&mut self, quote: char) -> Result<Text> {
        let mut text = String::new();
        let mut rest = self.rest[1..].char_indices();
        while let Some((at, c)) = rest.next() {
            match c {
                c if c == quote => {
                    self.rest = &self.rest[at + 2..];
                    return Ok(unmark(&text, self.marked));
                }
                '\\' => match rest.next().map(|(_, escaped)| escaped) {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some('r') => text.push('\r'),
                    Some('u') => {
                        let code: String = rest.by_ref().take(4).map(|(_, digit)| digit).collect();
                        text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                    }
                    Some(other) => text.push(other),
                    None => break,
                },
                other => text.push(other),
            }
        }
        cannot(format!("a string does not end: {}", self.rest))
    }
}

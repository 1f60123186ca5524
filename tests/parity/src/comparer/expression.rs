//! Expressions with their variables followed back.

use super::{Id, Text};

/// An expression of `{{=..}}`, of `when` or of `depends`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A string.
    Text(Text),
    /// The value that a text is the JSON of.
    Decoded(Text),
    /// A number.
    Number(String),
    /// `true`, `false` or `nil`.
    Word(String),
    /// A call of a function.
    Call(String, Vec<Expr>),
    /// `!`.
    Not(Box<Expr>),
    /// An operator between two.
    Binary(&'static str, Box<Expr>, Box<Expr>),
    /// `a ? b : c`.
    Conditional(Box<[Expr; 3]>),
    /// A list.
    List(Vec<Expr>),
    /// A map.
    Map(Vec<(Expr, Expr)>),
    /// A field.
    Member(Box<Expr>, String),
}

impl Expr {
    /// What is left of a call once conversions that keep the text are taken away.
    pub fn call(name: &str, mut arguments: Vec<Expr>) -> Self {
        if let [argument] = &arguments[..] {
            match (name, argument) {
                ("fromJSON" | "fromJson", Expr::Text(text)) => return Expr::Decoded(text.clone()),
                ("toJson" | "toJSON" | "string", Expr::Decoded(text)) => return Expr::Text(text.clone()),
                ("string", Expr::Text(_) | Expr::Number(_)) => return arguments.remove(0),
                _ => {}
            }
        }
        Expr::Call(name.to_owned(), arguments)
    }

    /// A field, of a decoded value if it can be.
    pub fn member(self, name: String) -> Self {
        match &self {
            Expr::Decoded(text) | Expr::Text(text) => {
                text.field(&name).map_or_else(|| Expr::Member(Box::new(self.clone()), name), Expr::Decoded)
            }
            _ => Expr::Member(Box::new(self), name),
        }
    }

    /// The text that it gives.
    pub fn into_text(self) -> Text {
        match self {
            Expr::Text(text) | Expr::Decoded(text) => text,
            Expr::Number(number) => Text::constant(number),
            Expr::Word(word) => Text::constant(word),
            Expr::Call(name, mut arguments) if arguments.len() == 1 && is_conversion(&name) => {
                arguments.remove(0).into_text()
            }
            Expr::Binary("+", left, right) if left.is_text() || right.is_text() => {
                let mut text = left.into_text();
                text.push(right.into_text());
                text
            }
            other => Text::computed(other),
        }
    }

    fn is_text(&self) -> bool {
        match self {
            Expr::Text(_) => true,
            Expr::Binary("+", left, right) => left.is_text() || right.is_text(),
            _ => false,
        }
    }

    /// Puts a text in the place of each argument of a repeated part for which there is one.
    pub fn replace(&self, put: &impl Fn(Id) -> Option<Text>) -> Self {
        let all = |of: &[Expr]| of.iter().map(|part| part.replace(put)).collect::<Vec<_>>();
        match self {
            Expr::Text(text) => Expr::Text(text.replace(put)),
            Expr::Decoded(text) => Expr::Decoded(text.replace(put)),
            Expr::Number(_) | Expr::Word(_) => self.clone(),
            Expr::Call(name, arguments) => Expr::Call(name.clone(), all(arguments)),
            Expr::Not(part) => Expr::Not(Box::new(part.replace(put))),
            Expr::Binary(operator, left, right) => {
                Expr::Binary(operator, Box::new(left.replace(put)), Box::new(right.replace(put)))
            }
            Expr::Conditional(parts) => {
                let [test, yes, no] = &**parts;
                Expr::Conditional(Box::new([test.replace(put), yes.replace(put), no.replace(put)]))
            }
            Expr::List(items) => Expr::List(all(items)),
            Expr::Map(pairs) => {
                Expr::Map(pairs.iter().map(|(key, value)| (key.replace(put), value.replace(put))).collect())
            }
            Expr::Member(base, name) => base.replace(put).member(name.clone()),
        }
    }

    /// The entities that it refers to.
    pub fn entities(&self, found: &mut Vec<Id>) {
        match self {
            Expr::Text(text) | Expr::Decoded(text) => text.entities(found),
            Expr::Number(_) | Expr::Word(_) => {}
            Expr::Call(_, parts) | Expr::List(parts) => parts.iter().for_each(|part| part.entities(found)),
            Expr::Not(part) | Expr::Member(part, _) => part.entities(found),
            Expr::Binary(_, left, right) => [left, right].into_iter().for_each(|part| part.entities(found)),
            Expr::Conditional(parts) => parts.iter().for_each(|part| part.entities(found)),
            Expr::Map(pairs) => {
                pairs.iter().flat_map(|(key, value)| [key, value]).for_each(|part| part.entities(found));
            }
        }
    }
}

/// A function that changes the type and keeps the text.
pub(super) fn is_conversion(name: &str) -> bool {
    matches!(name, "int" | "float" | "asInt" | "asFloat" | "lower" | "string")
}

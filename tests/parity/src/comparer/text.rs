//! Texts whose parts are followed back to where they come from.

use super::{Expr, Id};
use std::collections::BTreeSet;

/// A text in pieces; constants are never neighbours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Vec<Piece>);

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// What stands in the manifest.
    Constant(String),
    /// What is known when the workflow runs.
    Source(Source),
    /// What is calculated when the workflow runs.
    Computed(Box<Expr>),
}

/// Something that is known when the workflow runs, or a field of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What it is.
    pub origin: Origin,
    /// The names of the fields, from outside.
    pub fields: Vec<String>,
}

/// Where a text comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A parameter of the workflow.
    Parameter(String),
    /// A variable of Argo's, such as `workflow.name`.
    Variable(String),
    /// What a task gives.
    Output {
        /// The task.
        task: Id,
        /// The path of the file, or the path into the resource.
        place: String,
        /// Whether it is passed as a file.
        by_file: bool,
    },
    /// The item of a loop.
    Item(Id),
    /// An argument of a part that repeats itself.
    Argument(Id),
    /// How tasks ended.
    State(BTreeSet<Id>, String),
    /// What the rounds of a loop gave, as a list.
    Collected(Id, Box<Text>),
}

impl Text {
    /// A constant.
    pub fn constant(text: impl Into<String>) -> Self {
        let text = text.into();
        Self(if text.is_empty() { Vec::new() } else { vec![Piece::Constant(text)] })
    }

    /// A text that is one source.
    pub fn of(origin: Origin) -> Self {
        Self(vec![Piece::Source(Source { origin, fields: Vec::new() })])
    }

    /// A text that is calculated.
    pub fn computed(expression: Expr) -> Self {
        Self(vec![Piece::Computed(Box::new(expression))])
    }

    /// A text of one piece.
    pub fn piece(piece: Piece) -> Self {
        Self(vec![piece])
    }

    /// Its pieces.
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// The text, if nothing in it has to wait for the run.
    pub fn as_constant(&self) -> Option<&str> {
        match &self.0[..] {
            [] => Some(""),
            [Piece::Constant(text)] => Some(text),
            _ => None,
        }
    }

    /// Adds another text.
    pub fn push(&mut self, other: Self) {
        for piece in other.0 {
            match (self.0.last_mut(), piece) {
                (Some(Piece::Constant(last)), Piece::Constant(text)) => last.push_str(&text),
                (_, piece) => self.0.push(piece),
            }
        }
    }

    /// A field of it, if it is one source.
    pub fn field(&self, name: &str) -> Option<Self> {
        let [Piece::Source(source)] = &self.0[..] else { return None };
        let mut source = source.clone();
        source.fields.push(name.to_owned());
        Some(Self(vec![Piece::Source(source)]))
    }

    /// Puts a text in the place of each argument of a repeated part for which there is one.
    pub fn replace(&self, put: &impl Fn(Id) -> Option<Self>) -> Self {
        let mut replaced = Self::default();
        for piece in &self.0 {
            replaced.push(match piece {
                Piece::Constant(text) => Self::constant(text),
                Piece::Computed(expression) => expression.replace(put).into_text(),
                Piece::Source(source) => source.replace(put),
            });
        }
        replaced
    }

    /// The entities that it refers to.
    pub fn entities(&self, found: &mut Vec<Id>) {
        for piece in &self.0 {
            match piece {
                Piece::Constant(_) => {}
                Piece::Computed(expression) => expression.entities(found),
                Piece::Source(source) => match &source.origin {
                    Origin::Parameter(_) | Origin::Variable(_) => {}
                    Origin::Output { task: id, .. } | Origin::Item(id) | Origin::Argument(id) => found.push(*id),
                    Origin::State(tasks, _) => found.extend(tasks),
                    Origin::Collected(id, text) => {
                        found.push(*id);
                        text.entities(found);
                    }
                },
            }
        }
    }
}

impl Source {
    fn replace(&self, put: &impl Fn(Id) -> Option<Text>) -> Text {
        let origin = match &self.origin {
            Origin::Argument(id) => match put(*id) {
                Some(text) => {
                    let field = |text: Text, name: &String| {
                        let member = |text| Expr::Member(Box::new(Expr::Decoded(text)), name.clone()).into_text();
                        text.field(name).unwrap_or_else(|| member(text))
                    };
                    return self.fields.iter().fold(text, field);
                }
                None => self.origin.clone(),
            },
            Origin::Collected(id, text) => Origin::Collected(*id, Box::new(text.replace(put))),
            origin => origin.clone(),
        };
        Text(vec![Piece::Source(Self { origin, fields: self.fields.clone() })])
    }
}

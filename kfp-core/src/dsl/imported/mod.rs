//! Imported components: those of KFP's component files, which `import_component!` makes operations of.
//!
//! What a call gives decides on the command line (`isPresent`, `if`), as in KFP. So each combination of given inputs that
//! a pipeline has is an operation of its own, entered once.

mod container;
mod graph;
mod input;
mod output;

pub use input::{AsImported, Declared, InputType, IntoElement, IntoImported, Json, Object, TextOf, TextType};
pub use output::OneContent;

use super::task::Args;
use super::{Builder, Target};
use crate::diagnostic::Place;
use crate::graph::{Operand, Shape, Source};
use kfp_grammar::component::{self, Component, Implementation, Kind};
use std::sync::OnceLock;

/// A component file.
#[derive(Debug)]
pub struct Imported {
    name: &'static str,
    place: Place,
    text: &'static str,
    files: &'static [(&'static str, &'static Imported)],
    component: OnceLock<Component>,
}

impl Imported {
    /// A file: the name where it has none, the place of its import, its text, and the files that it refers to.
    pub const fn new(
        name: &'static str,
        place: Place,
        text: &'static str,
        files: &'static [(&'static str, &'static Imported)],
    ) -> Self {
        Self { name, place, text, files, component: OnceLock::new() }
    }

    /// What a call with these arguments runs, and what is passed to that.
    pub fn instance(&'static self, builder: &Builder, args: Args, place: Place) -> (Target, Args) {
        self.piece().instance(builder, args, place)
    }

    fn piece(&'static self) -> Piece {
        let parse = || component::parse(self.text).expect("the macro has read it");
        let component = self.component.get_or_init(parse);
        Piece { component, name: self.name, place: self.place, files: self.files }
    }
}

/// A component of a file, the whole or a part of its graph.
#[derive(Clone, Copy)]
struct Piece {
    component: &'static Component,
    name: &'static str,
    place: Place,
    files: &'static [(&'static str, &'static Imported)],
}

impl Piece {
    fn instance(self, builder: &Builder, args: Args, place: Place) -> (Target, Args) {
        let args = self.component.inputs.iter().zip(args).map(|(input, arg)| {
            // As in KFP, a default is passed like any other argument, and `isPresent` sees it.
            arg.or_else(|| self.default(input).map(Operand::Literal))
        });
        let args: Args = args.collect();
        match &self.component.implementation {
            Implementation::Container(container) => container::instance(self, container, builder, args, place),
            Implementation::Graph(graph) => graph::instance(self, graph, builder, args, place),
        }
    }

    /// The default of an input. A container gets a number as KFP writes it: `0` as `0.0` where a `Float` is declared.
    fn default(self, input: &component::Input) -> Option<String> {
        let text = input.default.clone()?;
        let float = match (&self.component.implementation, &input.kind) {
            (Implementation::Container(_), Some(Kind::Float)) => text.parse::<f64>().ok(),
            _ => None,
        };
        Some(float.map_or(text, |number| format!("{number:?}")))
    }

    fn name(self) -> String {
        self.component.name.clone().unwrap_or_else(|| self.name.to_owned())
    }

    /// A name for what this is where so much of it is given.
    fn key(self, given: String) -> (usize, String) {
        (std::ptr::from_ref(self.component) as usize, given)
    }

    fn find(self, url: &str) -> Option<&'static Imported> {
        self.files.iter().find(|(known, _)| *known == url).map(|(_, file)| *file)
    }
}

/// The shape of the texts of a type; none is any text.
fn shape(kind: Option<&Kind>) -> Shape {
    match kind {
        Some(Kind::Integer) => Shape::Integer,
        Some(Kind::Float) => Shape::Float,
        Some(Kind::Boolean) => Shape::Bool,
        Some(Kind::List(_)) => Shape::List,
        Some(Kind::Map(_)) => Shape::Map,
        Some(Kind::Text | Kind::Typed(_) | Kind::Named(_)) | None => Shape::Text,
    }
}

/// The name that KFP shows of the type of a file.
fn file_kind(kind: Option<&'static Kind>) -> &'static str {
    match kind {
        Some(Kind::Integer) => "Integer",
        Some(Kind::Float) => "Float",
        Some(Kind::Boolean) => "Boolean",
        Some(Kind::Text) => "String",
        Some(Kind::List(_)) => "JsonArray",
        Some(Kind::Map(_)) => "JsonObject",
        Some(Kind::Typed(name) | Kind::Named(name)) => &name.name,
        None => "Artifact",
    }
}

fn is_file(builder: &Builder, operand: &Operand) -> bool {
    matches!(operand, Operand::Value(value) if matches!(builder.shape(*value), Shape::Artifact(_)))
}

/// What is passed to an input that takes text: of a file, its text.
fn by_value(builder: &Builder, operand: Operand, shape: Shape) -> Operand {
    match operand {
        Operand::Value(file) if is_file(builder, &operand) => {
            Operand::Value(builder.value(Source::Content(file), shape))
        }
        other => other,
    }
}

//! KFP's component files, `component.yaml`: what a component takes and gives, and the container or the graph behind it.
//!
//! [`parse`] reads the format of KFP v1 and says everything that is wrong with a file at once, each at its place.

mod check;
mod container;
mod graph;
mod interface;
mod naming;
mod reader;
mod type_name;
mod usage;
mod yaml;

pub use naming::{graph_names, snake_names};
pub use type_name::TypeName;
pub use usage::Usage;

use crate::{Code, Mistake};
use std::ops::Range;

/// A component file.
#[derive(Clone, PartialEq, Debug)]
pub struct Component {
    /// Its name as people read it: `Xgboost train`.
    pub name: Option<String>,
    /// What it does.
    pub description: Option<String>,
    /// Annotations of its pods, in order.
    pub annotations: Vec<(String, String)>,
    /// Labels of its pods, in order.
    pub labels: Vec<(String, String)>,
    /// Its inputs, in order.
    pub inputs: Vec<Input>,
    /// Its outputs, in order.
    pub outputs: Vec<Output>,
    /// What runs.
    pub implementation: Implementation,
}

/// An input.
#[derive(Clone, PartialEq, Debug)]
pub struct Input {
    /// Its name, which may be any text: `Training data`.
    pub name: String,
    /// Its type; none takes anything.
    pub kind: Option<Kind>,
    /// What it is.
    pub description: Option<String>,
    /// The text that it has where nothing is passed.
    pub default: Option<String>,
    /// Whether it may be left out.
    pub optional: bool,
}

/// An output.
#[derive(Clone, PartialEq, Debug)]
pub struct Output {
    /// Its name, which may be any text.
    pub name: String,
    /// Its type.
    pub kind: Option<Kind>,
    /// What it is.
    pub description: Option<String>,
}

/// A type: one whose texts are known, or the name of a type of files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `Integer`
    Integer,
    /// `Float`
    Float,
    /// `Boolean`, `Bool`
    Boolean,
    /// `String`
    Text,
    /// `JsonArray`, `List`; with the type of its elements where the name says it: `typing.List[int]`.
    List(Option<Box<Kind>>),
    /// `JsonObject`, `Dict`; with the type of its values where the name says it: `typing.Dict[str, float]`.
    Map(Option<Box<Kind>>),
    /// A text whose type KFP names: `GCSPath`, `GCPRegion`, `{GCSPath: {data_type: CSV}}`.
    Typed(TypeName),
    /// Any other name: `CSV`, `XGBoostModel`.
    Named(TypeName),
}

/// What runs.
#[derive(Clone, PartialEq, Debug)]
pub enum Implementation {
    /// A container.
    Container(Container),
    /// A graph of other components.
    Graph(Graph),
}

/// A container.
#[derive(Clone, PartialEq, Debug)]
pub struct Container {
    /// Its image.
    pub image: String,
    /// Its command; empty for that of the image.
    pub command: Vec<Argument>,
    /// The arguments behind it.
    pub args: Vec<Argument>,
    /// Environment variables, in order.
    pub env: Vec<(String, String)>,
    /// Outputs at paths that the program has by itself.
    pub file_outputs: Vec<(String, String)>,
}

/// A part of a command line.
#[derive(Clone, PartialEq, Debug)]
pub enum Argument {
    /// Text as it is.
    Text(String),
    /// `{inputValue: ..}`: the text that the input got.
    InputValue(String),
    /// `{inputPath: ..}`: the file that holds what the input got.
    InputPath(String),
    /// `{outputPath: ..}`: the file to write the output to.
    OutputPath(String),
    /// `{concat: [..]}`: one text.
    Concat(Vec<Argument>),
    /// `{isPresent: ..}`: `True` or `False`.
    IsPresent(String),
    /// `{if: {cond: .., then: .., else: ..}}`
    If {
        /// Which of both.
        condition: Condition,
        /// The arguments if it holds.
        then: Vec<Argument>,
        /// The arguments if it does not.
        otherwise: Vec<Argument>,
    },
}

/// The condition of an `if`.
#[derive(Clone, PartialEq, Debug)]
pub enum Condition {
    /// Whether the input got anything.
    IsPresent(String),
    /// Whether the input is `true`.
    InputValue(String),
    /// Settled by the file itself.
    Constant(bool),
}

/// A graph of other components.
#[derive(Clone, PartialEq, Debug)]
pub struct Graph {
    /// Its tasks by their ids, each after those whose outputs it takes.
    pub tasks: Vec<(String, Task)>,
    /// Its outputs: the name, the task, and the output of that task.
    pub outputs: Vec<(String, TaskOutput)>,
}

/// A task of a graph.
#[derive(Clone, PartialEq, Debug)]
pub struct Task {
    /// What it runs.
    pub component: Reference,
    /// What it passes, by the name of the input.
    pub arguments: Vec<(String, Value)>,
    /// How often a failed attempt is tried again.
    pub retries: Option<u32>,
    /// How old a reused result may be, an ISO-8601 duration.
    pub max_cache_staleness: Option<String>,
    /// Where it stands in the file.
    pub at: Range<usize>,
}

/// A component inside of a graph.
#[derive(Clone, PartialEq, Debug)]
pub enum Reference {
    /// Written in the same file.
    Inline(Box<Component>),
    /// In another file, or somewhere on the network.
    Url {
        /// Where.
        url: String,
        /// Where that stands in the file.
        at: Range<usize>,
    },
}

/// What a task of a graph passes.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// A constant.
    Text(String),
    /// What the input of the graph got.
    GraphInput(String),
    /// What another task gave.
    TaskOutput(TaskOutput),
}

/// An output of a task of a graph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TaskOutput {
    /// The id of the task.
    pub task: String,
    /// The name of its output.
    pub output: String,
    /// Where that stands in the file.
    pub at: Range<usize>,
}

/// Reads a component file.
pub fn parse(text: &str) -> Result<Component, Vec<Mistake>> {
    match read(text) {
        (Some(component), mistakes) if mistakes.is_empty() => Ok(component),
        (_, mistakes) => Err(mistakes),
    }
}

/// Reads a component file as far as that is possible: what it is in spite of its mistakes, and these, in their order.
pub fn read(text: &str) -> (Option<Component>, Vec<Mistake>) {
    let document = match yaml::parse(text) {
        Ok(document) => document,
        Err(mistake) => return (None, vec![mistake]),
    };
    let mut reader = reader::Reader::default();
    let component = reader.component(&document);
    reader.mistakes.sort_by_key(|mistake| mistake.at.start);
    (component, reader.mistakes)
}

/// The line and the column of a place in a text, both from 1.
pub fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

impl Component {
    /// Whether KFP is to take no result from an earlier run: the annotation `volatile_component`.
    pub fn is_volatile(&self) -> bool {
        self.annotations.iter().any(|(key, value)| key == "volatile_component" && value == "true")
    }
}

impl Kind {
    /// Whether its values are texts that a parameter holds.
    pub fn is_parameter(&self) -> bool {
        !matches!(self, Self::Named(_))
    }
}

/// Whether a text is true, as KFP reads the condition of an `if`; none if it is neither.
pub fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "y" | "yes" | "t" | "true" | "on" | "1" => Some(true),
        "n" | "no" | "f" | "false" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// A file that is no YAML.
const YAML: Code = Code(360);
/// A key that there is not.
const KEY: Code = Code(361);
/// Something of another form.
const FORM: Code = Code(362);
/// A key that has to be there.
const MISSING: Code = Code(363);
/// Two inputs or outputs of one name.
const SAME_NAME: Code = Code(364);
/// A placeholder that there is not.
const PLACEHOLDER: Code = Code(365);
/// An input or output that is not declared.
const UNDECLARED: Code = Code(366);
/// Two paths for one output.
const TWO_PATHS: Code = Code(367);
/// A graph that does not hang together.
const GRAPH: Code = Code(368);
/// A default that is no value of its type.
const DEFAULT: Code = Code(369);
/// An output that nothing writes.
const UNWRITTEN: Code = Code(371);

#[cfg(test)]
mod tests;

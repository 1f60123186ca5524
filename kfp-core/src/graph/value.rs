//! Values that exist when the pipeline runs.

use super::{Condition, Location, NodeId, PipelineId, Placeholder, ValueId};

/// What a value's text looks like on the wire.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Shape {
    /// Any text as it is: strings, characters, unit enums.
    Text,
    /// `true` or `false`; Python components also write `True` and `False`.
    Bool,
    /// A whole number.
    Integer,
    /// A number.
    Float,
    /// JSON that may be anything: `Option`s, enums with data.
    Json,
    /// JSON that is a list.
    List,
    /// JSON that is an object: maps, structs.
    Map,
    /// An artifact of this type (`Dataset`, `Model`, ..): a file or a folder, passed by reference.
    Artifact(&'static str),
}

impl Shape {
    /// Whether it is JSON, of whatever form.
    pub fn is_json(&self) -> bool {
        matches!(self, Self::Json | Self::List | Self::Map)
    }

    /// Whether its texts are those of the other.
    pub fn reads_as(&self, other: &Self) -> bool {
        self == other || (self.is_json() && other.is_json())
    }
}

/// A value and where it comes from.
#[derive(Clone, PartialEq, Debug)]
pub struct Value {
    /// Where it comes from.
    pub source: Source,
    /// What its text looks like.
    pub shape: Shape,
}

/// Where a value comes from.
#[derive(Clone, PartialEq, Debug)]
pub enum Source {
    /// A parameter of the pipeline that the value is used in.
    Param {
        /// The pipeline.
        pipeline: PipelineId,
        /// Its index in the pipeline's parameters.
        index: u32,
    },
    /// An output of a node.
    Output {
        /// A task, a call, a branch, a collecting loop or a guard.
        node: NodeId,
        /// Its index in the outputs of the operation or of the called pipeline; 0 for the others.
        index: u32,
    },
    /// The item of the loop that this is the node of.
    Item(NodeId),
    /// A field of a value whose text is a JSON object.
    Field {
        /// The value.
        of: ValueId,
        /// The field's name in JSON.
        name: String,
    },
    /// The whole numbers from the first to before the second, as a JSON list; none if the second is not greater.
    Range(Box<[Operand; 2]>),
    /// Text with values in it.
    Text(Vec<Operand>),
    /// The text of a file: of an artifact that a task gives.
    Content(ValueId),
    /// How a node ended (`Succeeded`, `Failed`, `Error`): a guard, a task that is caught or has hooks, or none for the whole
    /// run.
    Status(Option<NodeId>),
    /// The exit code of a task's container, `null` where there is none: of one that is caught or has hooks.
    ExitCode(NodeId),
    /// The address of the pod of a daemon.
    Address(NodeId),
    /// One of two.
    Choice(Box<Choice>),
    /// What failed in the run, as a JSON list of objects.
    Failures,
}

/// What can be given to an input.
#[derive(Clone, PartialEq, Debug)]
pub enum Operand {
    /// A constant, as its text on the wire.
    Literal(String),
    /// What Argo knows of the run or of the pod.
    Placeholder(Placeholder),
    /// A value.
    Value(ValueId),
    /// A JSON list of elements, each with its shape.
    List(Vec<(Operand, Shape)>),
    /// The JSON of something whose text has this shape: a string in quotes, all else as it is. An `Option` takes it.
    Json(Box<Operand>, Shape),
    /// A file in a store, for an input that takes an artifact.
    Location(Box<Location>),
}

/// One of two, by a condition.
#[derive(Clone, PartialEq, Debug)]
pub struct Choice {
    /// What decides.
    pub condition: Condition,
    /// What it is where that holds.
    pub then: Operand,
    /// What it is otherwise.
    pub otherwise: Operand,
}

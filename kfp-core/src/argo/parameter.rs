//! Parameters, and what holds them.

use super::field::model;
use super::{AnyString, Artifact};
use serde_json::Value;

model! {
    /// What is passed (`Arguments`).
    pub struct Arguments {
        /// The parameters.
        pub parameters: Vec<Parameter>,
        /// The artifacts.
        pub artifacts: Vec<Artifact>,
    }

    /// What a template takes (`Inputs`).
    pub struct Inputs {
        /// The parameters.
        pub parameters: Vec<Parameter>,
        /// The artifacts.
        pub artifacts: Vec<Artifact>,
    }

    /// What a template gives (`Outputs`).
    pub struct Outputs {
        /// The parameters.
        pub parameters: Vec<Parameter>,
        /// The artifacts.
        pub artifacts: Vec<Artifact>,
        /// The standard output of the main container; only in a status.
        pub result: Option<String>,
        /// The exit code of the main container; only in a status.
        pub exit_code: Option<String>,
    }

    /// A parameter (`Parameter`): declared, passed or given, after where it stands.
    pub struct Parameter {
        /// The name: `[-a-zA-Z0-9_]+`.
        pub name: String,
        /// The text it has where nothing is passed.
        pub default: Option<AnyString>,
        /// The text.
        pub value: Option<AnyString>,
        /// Where the text comes from.
        pub value_from: Option<Box<ValueFrom>>,
        /// The texts that it may be.
        pub choices as "enum": Vec<AnyString>,
        /// The name under which it is a `workflow.outputs.parameters.NAME`.
        pub global_name: Option<String>,
        /// For people.
        pub description: Option<AnyString>,
    }

    /// Where the text of a parameter comes from (`ValueFrom`); one of its fields, and perhaps a default.
    pub struct ValueFrom {
        /// A file in the container.
        pub path: Option<String>,
        /// A JSONPath into the resource, as kubectl has them.
        pub json_path: Option<String>,
        /// A jq filter over the resource.
        pub jq_filter: Option<String>,
        /// A reference, `{{tasks.NAME.outputs.parameters.NAME}}`.
        pub parameter: Option<String>,
        /// An expression, without the braces.
        pub expression: Option<String>,
        /// A selector of the event that started the workflow.
        pub event: Option<String>,
        /// Given by hand, while the workflow is suspended: `{}`.
        pub supplied: Option<Value>,
        /// A key of a ConfigMap.
        pub config_map_key_ref: Option<Value>,
        /// What it is where the source gives nothing.
        pub default: Option<AnyString>,
    }
}

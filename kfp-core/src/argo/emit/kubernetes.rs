//! JSON of Kubernetes' API with inputs in it: what Argo inserts in place, and what only a patch of the pod can.
//!
//! Argo inserts text into strings. A number or a boolean with an input in it would be no number to whoever reads the
//! manifest before; neither would a quantity. They go into `podSpecPatch`, which is text until everything is inserted.

use super::Emitter;
use super::leaf::op_text;
use super::naming::port;
use super::text::{Expr, Reference, Text};
use crate::diagnostic::Place;
use crate::graph::kubernetes::{Fields, as_hole, has_holes, has_inputs, is_named_late};
use crate::graph::{Input, InputKind, OpText, Shape, as_of_run};
use kfp_grammar::substitution::Use;
use serde_json::Value;

/// The inputs of the operation that is being written.
#[derive(Clone, Copy)]
pub(super) struct Inputs<'i> {
    pub(super) inputs: &'i [&'i Input],
    /// The parameters of the main pipeline.
    pub(super) run: &'i [Input],
    pub(super) place: Place,
}

impl Inputs<'_> {
    /// An input with its type, in JSON.
    pub(super) fn typed(&self, name: &str) -> String {
        let (input, reference) = match as_of_run(name) {
            Some(name) => (
                self.run.iter().find(|input| input.name == name),
                Reference::new(["workflow", "parameters", &port(name)]),
            ),
            None => (
                self.inputs.iter().find(|input| port(&input.name) == port(name)).copied(),
                Reference::new(["inputs", "parameters", &port(name)]),
            ),
        };
        match input.map(|input| &input.kind) {
            Some(InputKind::Parameter { shape, .. })
                if matches!(shape, Shape::Integer | Shape::Float) || shape.is_json() =>
            {
                reference.tag()
            }
            Some(InputKind::Parameter { shape: Shape::Bool, .. }) => {
                Expr::call("lower", &Expr::atom(reference.expression())).tag()
            }
            _ => Expr::call("toJson", &Expr::atom(reference.expression())).tag(),
        }
    }
}

/// What is said in place, and what in a patch.
#[derive(Default)]
pub(super) struct Split {
    pub(super) in_place: Fields,
    pub(super) late: Fields,
}

/// Lists whose items a patch finds by a key, so that each can be in place or in the patch.
const KEYED: &[&str] = &["env", "volumeMounts", "volumeDevices", "ports"];

/// Objects none of whose fields is required, so that each can be in place or in the patch.
const LOOSE: &[&str] = &["resources", "limits", "requests", "securityContext", "emptyDir", "secret", "configMap"];

/// Whether a field under this name is a quantity.
fn is_quantity(parent: &str, name: &str) -> bool {
    matches!(parent, "limits" | "requests") || matches!(name, "sizeLimit" | "divisor")
}

/// Whether a field is a resource that only a value names.
fn is_resource(parent: &str, name: &str) -> bool {
    matches!(parent, "limits" | "requests") && is_named_late(name)
}

/// Whether a value cannot be inserted in place.
fn is_late(parent: &str, name: &str, value: &Value) -> bool {
    match value {
        Value::Object(fields) => {
            fields.iter().any(|(field, value)| is_late(name, field, value) || is_resource(name, field))
        }
        Value::Array(items) => items.iter().any(|item| is_late(parent, name, item)),
        value => has_holes(value) || (is_quantity(parent, name) && has_inputs(value)),
    }
}

impl Emitter<'_> {
    /// Fields, as far as they can be said in place, and the others for a patch.
    pub(super) fn split(&mut self, parent: &str, fields: &Fields, inputs: Inputs<'_>) -> Split {
        let mut split = Split::default();
        for (name, value) in fields {
            match value {
                value if !is_late(parent, name, value) && !is_resource(parent, name) => {
                    split.in_place.insert(name.clone(), self.in_place(value, inputs));
                }
                Value::Object(inner) if LOOSE.contains(&&**name) => {
                    let inner = self.split(name, inner, inputs);
                    if !inner.in_place.is_empty() {
                        split.in_place.insert(name.clone(), inner.in_place.into());
                    }
                    split.late.insert(name.clone(), inner.late.into());
                }
                Value::Array(items) if KEYED.contains(&&**name) => {
                    let (late, now): (Vec<&Value>, Vec<&Value>) =
                        items.iter().partition(|item| is_late(parent, name, item));
                    let now: Vec<Value> = now.into_iter().map(|item| self.in_place(item, inputs)).collect();
                    if !now.is_empty() {
                        split.in_place.insert(name.clone(), now.into());
                    }
                    let late: Vec<Value> = late.into_iter().cloned().collect();
                    split.late.insert(name.clone(), late.into());
                }
                value => {
                    split.late.insert(name.clone(), value.clone());
                }
            }
        }
        split
    }

    /// A value whose texts have tags for the inputs in them.
    pub(super) fn in_place(&mut self, value: &Value, inputs: Inputs<'_>) -> Value {
        match value {
            Value::String(text) => match as_hole(text) {
                Some(name) => inputs.typed(name).into(),
                None => self.op_text(&OpText::from(text.as_str()), inputs.place).into(),
            },
            Value::Array(items) => items.iter().map(|item| self.in_place(item, inputs)).collect(),
            Value::Object(fields) => {
                let mut field = |(name, value): (&String, &Value)| {
                    (self.op_text(&OpText::from(name.as_str()), inputs.place), self.in_place(value, inputs))
                };
                fields.iter().map(&mut field).collect()
            }
            other => other.clone(),
        }
    }

    /// A value as JSON in which inputs stand as what they are.
    pub(super) fn late(&mut self, value: &Value, inputs: Inputs<'_>) -> String {
        self.late_field("", "", value, inputs)
    }

    fn late_field(&mut self, parent: &str, name: &str, value: &Value, inputs: Inputs<'_>) -> String {
        match value {
            Value::String(text) => self.late_text(is_quantity(parent, name), text, inputs),
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| self.late_field(parent, name, item, inputs)).collect();
                format!("[{}]", items.join(","))
            }
            Value::Object(fields) => {
                let field = |(field, value): (&String, &Value)| {
                    format!("{}:{}", self.late_text(true, field, inputs), self.late_field(name, field, value, inputs))
                };
                let fields: Vec<String> = fields.iter().map(field).collect();
                format!("{{{}}}", fields.join(","))
            }
            other => other.to_string(),
        }
    }

    /// A text; one that is `plain` has nothing in it that JSON would write otherwise.
    fn late_text(&mut self, plain: bool, text: &str, inputs: Inputs<'_>) -> String {
        if let Some(name) = as_hole(text) {
            return inputs.typed(name);
        }
        let text = op_text(&OpText::from(text));
        self.require_plain(&text.constant(), Use::Template, inputs.place);
        match &text {
            Text::Literal(text) => Value::String(text.clone()).to_string(),
            text if plain => format!("\"{}\"", text.field()),
            text => Expr::call("toJson", &text.expr()).tag(),
        }
    }
}

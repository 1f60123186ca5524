//! Values of the pipeline in what a task says: each becomes an input of the task.

use super::Kube;
use super::text::BoundText;
use crate::graph::{self, Input, InputKind, NodeId, OpText, Operand, Options, Shape};

/// Options while they are being changed; values in them become inputs.
#[derive(Debug)]
pub struct Editor<'e> {
    /// The options.
    pub options: &'e mut Options,
    /// The inputs of the operation.
    pub inputs: &'e [Input],
    /// The inputs that options refer to besides.
    pub extra: &'e mut Vec<(Input, Operand)>,
    /// The task that they are of, with the values of its graph; none for an operation by itself.
    pub own: Option<(NodeId, &'e [graph::Value])>,
}

impl Editor<'_> {
    /// A text; a value in it becomes an input.
    pub fn text(&mut self, text: BoundText) -> OpText {
        text.unwrap_or_else(|value| OpText::from(OpText::marker(&input(self.inputs, self.extra, value))))
    }

    /// JSON; the values in it become inputs.
    pub fn kube(&mut self, kube: Kube<'_>) -> serde_json::Value {
        kube.bind(|value| input(self.inputs, self.extra, value))
    }
}

/// A text of an operation without inputs of its own.
pub(super) fn bind(extra: &mut Vec<(Input, Operand)>, text: BoundText) -> OpText {
    text.unwrap_or_else(|value| OpText::from(OpText::marker(&input(&[], extra, value))))
}

/// The name of the input that a value becomes: `value`, `value_2`, ..
pub(super) fn input(taken: &[Input], extra: &mut Vec<(Input, Operand)>, (operand, shape): (Operand, Shape)) -> String {
    if let Some((input, _)) = extra.iter().find(|(_, bound)| *bound == operand) {
        return input.name.clone();
    }
    let candidates = (extra.len() + 1..).map(|n| if n == 1 { "value".to_owned() } else { format!("value_{n}") });
    let is_free =
        |name: &String| taken.iter().chain(extra.iter().map(|(input, _)| input)).all(|input| input.name != *name);
    let name = candidates.into_iter().find(is_free).unwrap_or_default();
    extra.push((
        Input {
            name: name.clone(),
            kind: InputKind::Parameter { shape, default: None },
            description: None,
            choices: Vec::new(),
        },
        operand,
    ));
    name
}

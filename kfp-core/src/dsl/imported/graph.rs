//! A component that is a graph of others, for what is given to it: a pipeline.

use super::{Piece, by_value, file_kind, shape};
use crate::diagnostic::Place;
use crate::dsl::task::Args;
use crate::dsl::{Builder, Target};
use crate::graph::{BlockId, Input, InputKind, NodeId, NodeKind, OpText, Operand, PipelineId, Shape, Source};
use kfp_grammar::component::{self, Component, Graph, Reference, Task, TaskOutput, Usage, Value};
use std::fmt::Write;

pub(super) fn instance(
    piece: Piece,
    graph: &'static Graph,
    builder: &Builder,
    args: Args,
    place: Place,
) -> (Target, Args) {
    let find = |url: &'static str| piece.find(url).map(|file| file.piece().component);
    let inputs = &piece.component.inputs;
    let uses: Vec<Usage> = inputs.iter().map(|input| piece.component.usage(&input.name, &find)).collect();
    let mut key = String::new();
    let mut passed = Vec::new();
    let mut given = Vec::new();
    for (index, (arg, usage)) in args.iter().zip(&uses).enumerate() {
        let constant = match arg {
            Some(Operand::Literal(text)) if usage.decides => Some(text),
            _ => None,
        };
        match (arg, constant) {
            (None, _) => key.push('0'),
            (Some(_), None) => key.push('1'),
            (Some(_), Some(text)) => {
                let _ = write!(key, "{text:?}");
            }
        }
        given.push(match (arg, constant) {
            (None, _) => Given::Nothing,
            (Some(_), Some(text)) => Given::Constant(text.clone()),
            (Some(_), None) => {
                passed.push(index);
                Given::Param(passed.len() - 1)
            }
        });
    }
    let params = params(piece, &passed, &uses);
    let target = builder.variant(piece.key(key), |builder| {
        let (pipeline, body) =
            builder.open(piece.name(), piece.component.description.clone(), piece.place, params.clone());
        let mut build = Build { piece, graph, builder, pipeline, body, given: &given, params: &params, place };
        build.tasks();
        Target::Pipeline(pipeline)
    });
    let pass = |(&index, param): (&usize, &Input)| {
        let operand = args[index].clone()?;
        Some(match &param.kind {
            InputKind::Parameter { shape, .. } => by_value(builder, operand, shape.clone()),
            InputKind::Artifact(_) => operand,
        })
    };
    let args = passed.iter().zip(&params).map(pass).collect();
    (target, args)
}

/// What is given to an input of the graph.
enum Given {
    Nothing,
    /// A constant that chooses between arguments.
    Constant(String),
    /// What the parameter of this index has.
    Param(usize),
}

/// What only goes into files is passed as a file, all else as text.
fn params(piece: Piece, passed: &[usize], uses: &[Usage]) -> Vec<Input> {
    let inputs = &piece.component.inputs;
    let names: Vec<&str> = passed.iter().map(|&index| inputs[index].name.as_str()).collect();
    let names = component::graph_names(&names, "input");
    let param = |(&index, name): (&usize, String)| {
        let input = &inputs[index];
        let kind = match uses[index] {
            Usage { by_path: true, by_value: false, .. } => InputKind::Artifact(file_kind(input.kind.as_ref())),
            _ => InputKind::Parameter { shape: shape(input.kind.as_ref()), default: None },
        };
        Input { name, kind, description: input.description.clone(), choices: Vec::new() }
    };
    passed.iter().zip(names).map(param).collect()
}

struct Build<'a> {
    piece: Piece,
    graph: &'static Graph,
    builder: &'a Builder,
    pipeline: PipelineId,
    body: BlockId,
    given: &'a [Given],
    params: &'a [Input],
    place: Place,
}

impl Build<'_> {
    fn tasks(&mut self) {
        let mut nodes: Vec<(&str, NodeId, &'static Component)> = Vec::new();
        for (id, task) in &self.graph.tasks {
            let Some(piece) = self.component(task) else { continue };
            let args = piece.component.inputs.iter().map(|input| {
                let (_, value) = task.arguments.iter().find(|(name, _)| *name == input.name)?;
                self.value(&nodes, value)
            });
            let args = args.collect();
            let (target, args) = piece.instance(self.builder, args, self.place);
            let node = self.builder.call(self.body, target, args, self.place);
            self.options(node, task);
            nodes.push((id, node, piece.component));
        }
        let outputs = self.piece.component.outputs.iter().zip(self.names()).filter_map(|(output, name)| {
            let (_, from) = self.graph.outputs.iter().find(|(name, _)| *name == output.name)?;
            Some((name, Shape::Artifact(file_kind(output.kind.as_ref())), self.output(&nodes, from)?))
        });
        let outputs = outputs.collect();
        self.builder.edit(|graph| graph[self.pipeline].outputs = outputs);
    }

    fn names(&self) -> Vec<String> {
        let names: Vec<&str> = self.piece.component.outputs.iter().map(|output| output.name.as_str()).collect();
        component::graph_names(&names, "output")
    }

    fn component(&self, task: &'static Task) -> Option<Piece> {
        match &task.component {
            Reference::Inline(component) => Some(Piece { component, ..self.piece }),
            Reference::Url { url, .. } => self.piece.find(url).map(super::Imported::piece),
        }
    }

    fn value(&self, nodes: &[(&str, NodeId, &'static Component)], value: &Value) -> Option<Operand> {
        match value {
            Value::Text(text) => Some(Operand::Literal(text.clone())),
            Value::TaskOutput(output) => self.output(nodes, output),
            Value::GraphInput(name) => {
                let index = self.piece.component.inputs.iter().position(|input| input.name == *name)?;
                match &self.given[index] {
                    Given::Nothing => None,
                    Given::Constant(text) => Some(Operand::Literal(text.clone())),
                    Given::Param(index) => {
                        let (shape, index) =
                            (self.params[*index].kind.shape(), u32::try_from(*index).unwrap_or(u32::MAX));
                        let source = Source::Param { pipeline: self.pipeline, index };
                        Some(Operand::Value(self.builder.value(source, shape)))
                    }
                }
            }
        }
    }

    fn output(&self, nodes: &[(&str, NodeId, &'static Component)], from: &TaskOutput) -> Option<Operand> {
        let (_, node, component) = nodes.iter().find(|(id, ..)| *id == from.task)?;
        let index = component.outputs.iter().position(|output| output.name == from.output)?;
        let shape = Shape::Artifact(file_kind(component.outputs[index].kind.as_ref()));
        let source = Source::Output { node: *node, index: u32::try_from(index).unwrap_or(u32::MAX) };
        Some(Operand::Value(self.builder.value(source, shape)))
    }

    fn options(&self, node: NodeId, task: &Task) {
        self.builder.edit(|graph| {
            let NodeKind::Task(entered) = &mut graph[node].kind else { return };
            if task.retries.is_some() || task.max_cache_staleness.is_some() {
                let options = entered.options.get_or_insert_default();
                options.retry = task.retries.map(|limit| serde_json::json!({ "limit": limit.to_string() }));
                options.max_cache_staleness = task.max_cache_staleness.as_deref().map(OpText::from);
            }
        });
    }
}

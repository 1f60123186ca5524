//! Graphs by hand, for the tests of what reads them.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod flatten;
pub(crate) mod outline;
pub(crate) mod random;
pub(crate) mod wild;

use kfp_core::diagnostic::Place;
use kfp_core::graph::{
    Arm, Block, BlockId, Branch, Call, Comparison, Condition, Conf, Container, Ending, Graph, Guard, Hook, Input,
    InputKind, Loop, Node, NodeId, NodeKind, Op, OpBody, OpId, OpText, Operand, Options, Output, OutputKind, Pipeline,
    PipelineId, Shape, Source, Task, Trigger, Value, ValueId,
};

/// A graph that is being built.
#[derive(Default)]
pub(crate) struct Builder {
    pub(crate) graph: Graph,
    line: u32,
}

impl Builder {
    /// Goes on with a graph.
    pub(crate) fn of(graph: Graph) -> Self {
        Self { graph, line: 1000 }
    }

    /// A graph with a main pipeline; gives its body.
    pub(crate) fn main(params: &[(&str, Shape, Option<&str>)]) -> (Self, BlockId) {
        let mut builder = Self::default();
        let (_, body) = builder.pipeline("main_pipeline", params);
        (builder, body)
    }

    pub(crate) fn place(&mut self) -> Place {
        self.line += 1;
        Place { file: "src/pipelines.rs", line: self.line, column: 5 }
    }

    pub(crate) fn pipeline(&mut self, name: &str, params: &[(&str, Shape, Option<&str>)]) -> (PipelineId, BlockId) {
        let place = self.place();
        let id = self.graph.pipelines(Pipeline {
            name: name.to_owned(),
            description: None,
            place,
            params: params.iter().map(|(name, shape, default)| input(name, shape, *default)).collect(),
            outputs: Vec::new(),
            body: BlockId(0),
            exit_handlers: Vec::new(),
            conf: Conf::default(),
        });
        let body = self.graph.blocks(Block { pipeline: id, parent: None, nodes: Vec::new() });
        self.graph[id].body = body;
        (id, body)
    }

    pub(crate) fn block(&mut self, parent: BlockId) -> BlockId {
        let pipeline = self.graph[parent].pipeline;
        self.graph.blocks(Block { pipeline, parent: Some(parent), nodes: Vec::new() })
    }

    pub(crate) fn exit_handler(&mut self, pipeline: PipelineId) -> BlockId {
        let block = self.graph.blocks(Block { pipeline, parent: None, nodes: Vec::new() });
        self.graph[pipeline].exit_handlers.push(block);
        block
    }

    /// A container that gets its inputs as arguments.
    pub(crate) fn op(&mut self, name: &str, inputs: &[(&str, Shape)], outputs: &[(&str, Shape)]) -> OpId {
        let mut args = Vec::new();
        for (name, shape) in inputs {
            args.push(OpText::from(format!("--{name}")));
            args.push(match shape {
                Shape::Artifact(_) => OpText::from(format!("/tmp/inputs/{name}/data")),
                _ => OpText::from(OpText::marker(name)),
            });
        }
        let container = Container {
            image: "example.org/steps:1".into(),
            command: vec!["program".into(), name.into()],
            args,
            ..Container::default()
        };
        let place = self.place();
        self.graph.ops(Op {
            name: name.to_owned(),
            description: None,
            place,
            inputs: inputs.iter().map(|(name, shape)| input(name, shape, None)).collect(),
            outputs: outputs.iter().map(|(name, shape)| output(name, shape)).collect(),
            body: OpBody::Container(container),
            options: Options::default(),
        })
    }

    pub(crate) fn node(&mut self, block: BlockId, name: &str, kind: NodeKind) -> NodeId {
        let place = self.place();
        let id = self.graph.nodes(Node {
            name: name.to_owned(),
            block,
            place,
            after: Vec::new(),
            ending: Ending::default(),
            kind,
        });
        self.graph[block].nodes.push(id);
        id
    }

    pub(crate) fn task(&mut self, block: BlockId, op: OpId, args: &[Operand]) -> NodeId {
        let args = args.iter().cloned().map(Some).collect();
        let name = self.graph[op].name.clone();
        self.node(block, &name, NodeKind::Task(Task { op, args, options: None, extra: Vec::new() }))
    }

    pub(crate) fn call(&mut self, block: BlockId, pipeline: PipelineId, args: &[Operand]) -> NodeId {
        let args = args.iter().cloned().map(Some).collect();
        let name = self.graph[pipeline].name.clone();
        self.node(block, &name, NodeKind::Call(Call { pipeline, args }))
    }

    pub(crate) fn options(&mut self, node: NodeId, options: Options) {
        if let NodeKind::Task(task) = &mut self.graph[node].kind {
            task.options = Some(Box::new(options));
        }
    }

    pub(crate) fn value(&mut self, source: Source, shape: Shape) -> ValueId {
        self.graph.values(Value { source, shape })
    }

    pub(crate) fn param(&mut self, pipeline: u32, index: u32) -> Operand {
        let pipeline = PipelineId(pipeline);
        let shape = match &self.graph[pipeline].params[index as usize].kind {
            InputKind::Parameter { shape, .. } => shape.clone(),
            InputKind::Artifact(kind) => Shape::Artifact(kind),
        };
        Operand::Value(self.value(Source::Param { pipeline, index }, shape))
    }

    /// An output of a node.
    pub(crate) fn output(&mut self, node: NodeId, index: u32) -> Operand {
        let shape = match &self.graph[node].kind {
            NodeKind::Task(task) => match &self.graph[task.op].outputs[index as usize].kind {
                OutputKind::File { shape, .. }
                | OutputKind::JsonPath { shape, .. }
                | OutputKind::Supplied { shape, .. }
                | OutputKind::Answer { shape } => shape.clone(),
                OutputKind::Artifact { kind, .. } => Shape::Artifact(kind),
            },
            NodeKind::Call(call) => self.graph[call.pipeline].outputs[index as usize].1.clone(),
            NodeKind::Branch(branch) => branch.output.clone().unwrap(),
            NodeKind::Loop(_) => Shape::Json,
            NodeKind::Guard(guard) => guard.output.clone().unwrap().0,
        };
        Operand::Value(self.value(Source::Output { node, index }, shape))
    }

    pub(crate) fn text(&mut self, parts: &[Operand]) -> Operand {
        Operand::Value(self.value(Source::Text(parts.to_vec()), Shape::Text))
    }

    pub(crate) fn field(&mut self, of: &Operand, name: &str, shape: Shape) -> Operand {
        let source = Source::Field { of: id(of), name: name.to_owned() };
        Operand::Value(self.value(source, shape))
    }

    pub(crate) fn branch(&mut self, block: BlockId, conditions: &[Option<Condition>]) -> (NodeId, Vec<BlockId>) {
        let blocks: Vec<_> = conditions.iter().map(|_| self.block(block)).collect();
        let arms = conditions.iter().zip(&blocks);
        let arms = arms.map(|(condition, block)| Arm { condition: condition.clone(), block: *block, result: None });
        let branch = Branch { arms: arms.collect(), output: None };
        (self.node(block, "", NodeKind::Branch(branch)), blocks)
    }

    pub(crate) fn results(&mut self, node: NodeId, shape: Shape, results: &[Operand]) {
        if let NodeKind::Branch(branch) = &mut self.graph[node].kind {
            branch.output = Some(shape);
            for (arm, result) in branch.arms.iter_mut().zip(results) {
                arm.result = Some(result.clone());
            }
        }
    }

    /// A loop; gives its node, its body and its item.
    pub(crate) fn each(&mut self, block: BlockId, items: Operand, item: Shape) -> (NodeId, BlockId, Operand) {
        let body = self.block(block);
        let each = Loop { items, item: item.clone(), parallelism: None, fail_fast: false, body, collects: None };
        let node = self.node(block, "", NodeKind::Loop(each));
        let item = Operand::Value(self.value(Source::Item(node), item));
        (node, body, item)
    }

    pub(crate) fn collect(&mut self, node: NodeId, shape: Shape, operand: Operand) {
        if let NodeKind::Loop(each) = &mut self.graph[node].kind {
            each.collects = Some((shape, operand));
        }
    }

    pub(crate) fn parallel(&mut self, node: NodeId, limit: u32) {
        if let NodeKind::Loop(each) = &mut self.graph[node].kind {
            each.parallelism = Some(limit);
        }
    }

    /// A block with one exit handler; gives the node, the body and the handler.
    pub(crate) fn guard(&mut self, block: BlockId) -> (NodeId, BlockId, BlockId) {
        let (body, handler) = (self.block(block), self.block(block));
        let handlers = vec![Hook { on: Trigger::Exit, block: handler }];
        let guard = Guard { handlers, ..Guard::new(body) };
        (self.node(block, "", NodeKind::Guard(guard)), body, handler)
    }

    pub(crate) fn status(&mut self, of: Option<NodeId>) -> Operand {
        Operand::Value(self.value(Source::Status(of), Shape::Text))
    }
}

pub(crate) fn id(operand: &Operand) -> ValueId {
    match operand {
        Operand::Value(id) => *id,
        other => panic!("no value: {other:?}"),
    }
}

pub(crate) fn lit(text: &str) -> Operand {
    Operand::Literal(text.to_owned())
}

pub(crate) fn compare(left: &Operand, comparison: Comparison, right: &Operand, shape: Shape) -> Condition {
    Condition::Compare { left: left.clone(), comparison, right: right.clone(), shape }
}

pub(crate) fn input(name: &str, shape: &Shape, default: Option<&str>) -> Input {
    let kind = match shape {
        Shape::Artifact(kind) => InputKind::Artifact(kind),
        shape => InputKind::Parameter { shape: shape.clone(), default: default.map(str::to_owned) },
    };
    Input { name: name.to_owned(), kind, description: None, choices: Vec::new() }
}

pub(crate) fn output(name: &str, shape: &Shape) -> Output {
    let path = format!("/tmp/outputs/{name}/data");
    let kind = match shape {
        Shape::Artifact(kind) => OutputKind::Artifact { kind, path },
        shape => OutputKind::File { shape: shape.clone(), path },
    };
    Output { name: name.to_owned(), kind }
}
